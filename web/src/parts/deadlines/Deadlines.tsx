/** The deadlines of a case, one after the other; and those that the law sets, short, at the head of a task. */
import type { DeadlineDetails } from '../../api/types';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Countdown, StatutoryClock } from '../../ui/Countdown';
import './deadlines.css';
import { DeadlineStory } from './DeadlineStory';
import { TONE, useDeadlineState } from './state';

export function Deadlines({ deadlines }: { deadlines: readonly DeadlineDetails[] }) {
  const { t } = useI18n();
  if (deadlines.length === 0) return <p className="muted">{t('deadline.none')}</p>;
  return (
    <ul className="plain-list deadlines">
      {deadlines.map((deadline) => (
        <li key={deadline.deadlineKey}>
          <DeadlineItem deadline={deadline} />
        </li>
      ))}
    </ul>
  );
}

function DeadlineItem({ deadline }: { deadline: DeadlineDetails }) {
  const { pick, t } = useI18n();
  const { state, open } = useDeadlineState(deadline);
  const statutory = deadline.kind === 'statutory';
  return (
    <>
      <div className="row">
        <strong>{pick(deadline.text.th, deadline.text.en)}</strong>
        <span className={`badge ${TONE[state]}`}>{t(`deadline.${state}`)}</span>
        {open && <Countdown to={deadline.dueAt} statutory={statutory} />}
        {!open && statutory && <span className="muted small">{t('deadline.statutory')}</span>}
      </div>
      <div className="muted small">{pick(deadline.legalBasis.th, deadline.legalBasis.en)}</div>
      <DeadlineStory deadline={deadline} />
    </>
  );
}

/** The statutory deadlines that still wait for their step. */
export function StatutoryStrip({ deadlines }: { deadlines: readonly DeadlineDetails[] }) {
  const { language, pick, t } = useI18n();
  const waiting = deadlines.filter(({ kind, stoppedAt }) => kind === 'statutory' && stoppedAt === null);
  if (waiting.length === 0) return null;
  return (
    <ul className="plain-list statutory-strip">
      {waiting.map((deadline) => (
        <li key={deadline.deadlineKey}>
          <StatutoryClock />
          <span>{pick(deadline.text.th, deadline.text.en)}</span>
          <Countdown to={deadline.dueAt} />
          <span className="small">{t('time.due', { date: formatMoment(deadline.dueAt, language, 'long') })}</span>
        </li>
      ))}
    </ul>
  );
}
