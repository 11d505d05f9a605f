/** The entries behind the days that are shown, each with the document that says so. */
import { useState } from 'react';
import { withdrawDay } from '../../api/officeCalendar';
import type { CalendarDay } from '../../api/types';
import { formatDay } from '../../dates/day';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { By } from '../../ui/Person';
import { kindOf, sessionsText } from './kindOf';
import { WithdrawDialog } from './WithdrawDialog';

interface Props {
  entries: readonly CalendarDay[];
  ofUnit: boolean;
  mayChange: boolean;
  onChange: () => void;
}

export function Entries({ entries, ofUnit, mayChange, onChange }: Props) {
  const { t } = useI18n();
  return (
    <section className="card" aria-labelledby="calendar-entries">
      <h2 id="calendar-entries">{t('office.entries')}</h2>
      {ofUnit && <p className="muted small">{t('office.ofUnit')}</p>}
      {entries.length === 0 && <p>{t('office.noEntries')}</p>}
      <ul className="plain-list entries" aria-labelledby="calendar-entries">
        {entries.map((entry) => (
          <li key={entry.calendarDayKey}>
            <Entry entry={entry} mayChange={mayChange} onChange={onChange} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry, mayChange, onChange }: { entry: CalendarDay } & Pick<Props, 'mayChange' | 'onChange'>) {
  const { language, pick, t } = useI18n();
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const kind = entry.sessions === null ? 'worked' : kindOf({ ...entry, sessions: entry.sessions });
  const day = formatDay(entry.day, language, 'long');
  const name = pick(entry.th, entry.en);
  return (
    <>
      <div className="row">
        <strong>{day}</strong>
        <span className={`badge ${kind === 'closed' ? 'bad' : 'warn'}`}>{t(`office.${kind}`)}</span>
        {name}
        {entry.sessions && entry.sessions.length > 0 && <span>{sessionsText(entry.sessions, language)}</span>}
      </div>
      <div className="small">
        {t('office.source')}: {entry.source}
      </div>
      <By username={entry.enteredBy} at={entry.enteredAt} />
      {mayChange && (
        <Button small aria-label={`${t('office.withdraw')}: ${day}`} onPress={() => setAsking(true)}>
          {t('office.withdraw')}
        </Button>
      )}
      {asking && (
        <WithdrawDialog
          title={t('office.withdrawing', { what: `${day} ${name}` })}
          withdraw={(source) => withdrawDay(entry.calendarDayKey, source)}
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
