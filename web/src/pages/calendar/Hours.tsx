/** The hours of the office's weeks: those that hold now, those that are set for later. */
import { useCallback, useState } from 'react';
import { officeHours, withdrawHours } from '../../api/officeCalendar';
import type { OfficeHours } from '../../api/types';
import { formatDay } from '../../dates/day';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { By } from '../../ui/Person';
import { useResource } from '../../ui/useResource';
import { HoursDialog, MONDAY, USUAL_WEEK } from './HoursDialog';
import { sessionsText } from './kindOf';
import { WithdrawDialog } from './WithdrawDialog';

interface Props {
  calendar: string;
  mayChange: boolean;
  onChange: () => void;
}

export function Hours({ calendar, mayChange, onChange }: Props) {
  const { t } = useI18n();
  const found = useResource(useCallback((signal: AbortSignal) => officeHours(calendar, signal), [calendar]));
  const [adding, setAdding] = useState(false);
  const changed = () => {
    found.reload();
    onChange();
  };
  return (
    <section className="card" aria-labelledby="office-hours">
      <h2 id="office-hours">{t('hours.title')}</h2>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data?.length === 0 && <p>{t(calendar ? 'hours.asOrganisation' : 'hours.usual')}</p>}
      <ul className="plain-list entries" aria-labelledby="office-hours">
        {found.data?.map((hours) => (
          <li key={hours.officeHoursKey}>
            <Line hours={hours} mayChange={mayChange} onChange={changed} />
          </li>
        ))}
      </ul>
      {mayChange && <Button onPress={() => setAdding(true)}>{t('hours.add')}</Button>}
      {adding && (
        <HoursDialog
          calendar={calendar}
          week={found.data?.[0]?.week ?? USUAL_WEEK}
          onClose={(done) => {
            setAdding(false);
            if (done) changed();
          }}
        />
      )}
    </section>
  );
}

function Line({ hours, mayChange, onChange }: { hours: OfficeHours } & Omit<Props, 'calendar'>) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const from = t('hours.from', { day: formatDay(hours.validFrom, language) });
  return (
    <>
      <h3>{from}</h3>
      <dl className="facts">
        {hours.week.map((sessions, day) => (
          // the days of a week stay in their order
          <div key={day} className="facts-line">
            <dt>{formatDay(`${MONDAY}${day + 1}`, language, 'weekday')}</dt>
            <dd>{sessions.length > 0 ? sessionsText(sessions, language) : t('office.closed')}</dd>
          </div>
        ))}
      </dl>
      <div className="small">
        {t('office.source')}: {hours.source}
      </div>
      <By username={hours.enteredBy} at={hours.enteredAt} />
      {mayChange && (
        <Button small aria-label={`${t('office.withdraw')}: ${from}`} onPress={() => setAsking(true)}>
          {t('office.withdraw')}
        </Button>
      )}
      {asking && (
        <WithdrawDialog
          title={t('office.withdrawing', { what: from })}
          withdraw={(source) => withdrawHours(hours.officeHoursKey, source)}
          onClose={(done) => {
            setAsking(false);
            if (!done) return;
            announce(t('office.withdrawn'));
            onChange();
          }}
        />
      )}
    </>
  );
}
