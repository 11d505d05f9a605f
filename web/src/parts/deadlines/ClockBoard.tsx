/** The deadlines that the law sets for a case, large: what is left of each, or how it ended, and all that led there. */
import type { DeadlineDetails } from '../../api/types';
import { spanText } from '../../dates/countdown';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { StatutoryClock } from '../../ui/Countdown';
import { BigCountdown } from './BigCountdown';
import './deadlines.css';
import { DeadlineActions } from './DeadlineActions';
import { DeadlineStory } from './DeadlineStory';
import { TONE, useDeadlineState } from './state';

interface Props {
  deadlines: readonly DeadlineDetails[];
  reload: () => void;
}

export function ClockBoard({ deadlines, reload }: Props) {
  const shown = latest(deadlines.filter(({ kind }) => kind === 'statutory'));
  return shown.map((deadline) => <Clock key={deadline.deadlineKey} deadline={deadline} reload={reload} />);
}

/** All that are open; of those that ended, the last round of each. */
function latest(deadlines: readonly DeadlineDetails[]): DeadlineDetails[] {
  const last = new Map(deadlines.map((deadline) => [deadline.deadlineId, deadline.deadlineKey]));
  return deadlines.filter(
    ({ deadlineId, deadlineKey, stoppedAt }) => stoppedAt === null || last.get(deadlineId) === deadlineKey,
  );
}

function Clock({ deadline, reload }: { deadline: DeadlineDetails; reload: () => void }) {
  const { language, pick, t } = useI18n();
  const { state, open } = useDeadlineState(deadline);
  const name = pick(deadline.text.th, deadline.text.en) || deadline.deadlineId;
  const id = `clock-${deadline.deadlineKey}`;
  const act = pick(deadline.act.th, deadline.act.en);
  return (
    <section className={`card clock-board ${TONE[state]}`} aria-labelledby={id}>
      <div className="row">
        {open && <StatutoryClock />}
        <h2 id={id}>{name}</h2>
        <span className={`badge ${TONE[state]}`}>{t(`deadline.${state}`)}</span>
      </div>
      <div className="clock-board-body">
        <div>
          {open ? <BigCountdown to={deadline.dueAt} /> : <Ended deadline={deadline} />}
          <p className="clock-board-due">
            {t('deadline.due', { date: formatMoment(deadline.dueAt, language, 'long') })}
          </p>
          {open && act && <p className="small">{t('deadline.awaited', { act })}</p>}
          <p className="muted small">{pick(deadline.legalBasis.th, deadline.legalBasis.en)}</p>
          <DeadlineActions deadline={deadline} name={name} reload={reload} />
        </div>
        <details open={open}>
          <summary>{t('deadline.story')}</summary>
          <DeadlineStory deadline={deadline} />
        </details>
      </div>
    </section>
  );
}

/** How far from its end it was stopped. */
function Ended({ deadline: { state, dueAt, stoppedAt } }: { deadline: DeadlineDetails }) {
  const { t } = useI18n();
  if (stoppedAt === null || state === 'CANCELLED' || state === 'MISSED') return null;
  const left = Date.parse(dueAt) - Date.parse(stoppedAt);
  return (
    <p className={`clock-board-ended ${left < 0 ? 'over' : ''}`}>
      {t(left < 0 ? 'deadline.after' : 'deadline.before', { span: spanText(left, t) })}
    </p>
  );
}
