/** The times of one day at which the office is open: none, one or several spans. */
import type { Sessions } from '../../api/types';
import { localDigits } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';

interface Props {
  label: string;
  sessions: Sessions;
  onChange: (sessions: Sessions) => void;
}

const MOST = 6;

export function SessionFields({ label, sessions, onChange }: Props) {
  const { t } = useI18n();
  const put = (at: number, next: string[]) => onChange(sessions.map((one, n) => (n === at ? next : one)));
  return (
    <fieldset className="session-fields">
      <legend>{label}</legend>
      {sessions.length === 0 && <p className="muted">{t('office.closed')}</p>}
      {sessions.map(([from = '', until = ''], at) => (
        // spans are known by their place alone
        <div key={at} className="row">
          <TextInput
            label={t('office.from')}
            aria-label={`${label} ${t('office.from')}`}
            value={from}
            onChange={(next) => put(at, [clock(next), until])}
            maxLength={5}
          />
          <TextInput
            label={t('office.until')}
            aria-label={`${label} ${t('office.until')}`}
            value={until}
            onChange={(next) => put(at, [from, clock(next)])}
            maxLength={5}
          />
          <Button
            small
            aria-label={`${t('common.remove')}: ${label} ${from}`}
            onPress={() => onChange(sessions.filter((_, n) => n !== at))}
          >
            {t('common.remove')}
          </Button>
        </div>
      ))}
      {sessions.length < MOST && (
        <Button
          small
          aria-label={`${t('office.addSpan')}: ${label}`}
          onPress={() => onChange([...sessions, sessions.length === 0 ? ['08:30', '12:00'] : ['13:00', '16:30']])}
        >
          {t('office.addSpan')}
        </Button>
      )}
    </fieldset>
  );
}

/** As it is typed: Thai digits and the full stop of Thai times do as well. */
function clock(typed: string): string {
  return localDigits(typed, 'en').replace('.', ':');
}

/** Whether every span is whole: on a clock of 24 hours, as offices write times. */
export function isWhole(sessions: Sessions): boolean {
  return sessions.every((span) => span.length === 2 && span.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time)));
}
