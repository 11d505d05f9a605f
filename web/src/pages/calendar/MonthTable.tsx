/** A month as a table, Monday first; days that differ say so in words, not by their colour alone. */
import type { WorkingDay } from '../../api/types';
import { now } from '../../dates/clock';
import { formatDay, todayAt, weeksOf } from '../../dates/day';
import { useI18n } from '../../i18n';
import { kindOf, sessionsText } from './kindOf';

interface Props {
  month: string;
  days: ReadonlyMap<string, WorkingDay>;
  /** one of twelve: numbers alone, what they mean is told to screen readers and on hovering */
  small: boolean;
}

export function MonthTable({ month, days, small }: Props) {
  const { language } = useI18n();
  const weeks = weeksOf(month);
  const week = weeks[1] ?? [];
  return (
    <table className={`month ${small ? 'small-month' : ''}`}>
      <caption className={small ? undefined : 'visually-hidden'}>{formatDay(`${month}-01`, language, 'month')}</caption>
      <thead>
        <tr>
          {week.map((day) => (
            <th key={day} scope="col">
              <abbr title={formatDay(day ?? '', language, 'weekday')}>
                {formatDay(day ?? '', language, 'shortWeekday')}
              </abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((days7) => (
          <tr key={days7.find((day) => day !== null)}>
            {days7.map((day, column) =>
              day === null ? (
                <td key={`none-${column}`} className="no-day" />
              ) : (
                <Day key={day} day={day} found={days.get(day)} small={small} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, found, small }: { day: string; found: WorkingDay | undefined; small: boolean }) {
  const { language, pick, t } = useI18n();
  const kind = found ? kindOf(found) : 'usual';
  const today = day === todayAt(now());
  const differs = found && kind !== 'usual' && kind !== 'weekend';
  const name = differs ? pick(found.th, found.en) : '';
  const hours = differs && found.sessions.length > 0 ? sessionsText(found.sessions, language) : '';
  const told = differs ? [t(`office.${kind}`), name, hours].filter(Boolean).join(' · ') : '';
  return (
    <td className={`day ${kind}`} title={small && told ? told : undefined} aria-current={today ? 'date' : undefined}>
      <span className="day-number">{formatDay(day, language, 'day')}</span>
      {differs && (
        <span className={small ? 'visually-hidden' : 'day-told'}>
          <strong>{t(`office.${kind}`)}</strong>{' '}
          <span className={small ? undefined : 'wide-only'}>
            {name} {hours}
          </span>
        </span>
      )}
    </td>
  );
}
