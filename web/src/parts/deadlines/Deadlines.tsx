/** The deadlines of a case: how long they run yet, whether they were kept, who was warned, and why one was missed. */
import type { Deadline, DeadlineState } from '../api/types';
import { formatMoment } from '../dates/format';
import { useI18n } from '../i18n';
import { Countdown, StatutoryClock, usePassed } from '../ui/Countdown';
import { useGroupNames } from '../ui/names';
import './deadlines.css';

const TONE: Record<DeadlineState, string> = {
  RUNNING: '',
  KEPT: 'good',
  MISSED: 'bad',
  LATE: 'warn',
  OUT_OF_TERM: 'bad',
  CANCELLED: '',
};

export function Deadlines({ deadlines }: { deadlines: readonly Deadline[] }) {
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

function DeadlineItem({ deadline }: { deadline: Deadline }) {
  const { language, pick, t } = useI18n();
  const passed = usePassed(deadline.dueAt);
  const state = deadline.state === 'RUNNING' && passed ? 'MISSED' : deadline.state;
  const waiting = deadline.stoppedAt === null && (state === 'RUNNING' || state === 'MISSED');
  const date = (moment: string) => ({ date: formatMoment(moment, language) });
  const statutory = deadline.kind === 'statutory';
  return (
    <>
      <div className="row">
        <strong>{pick(deadline.text.th, deadline.text.en)}</strong>
        <span className={`badge ${TONE[state]}`}>{t(`deadline.${state}`)}</span>
        {waiting && <Countdown to={deadline.dueAt} statutory={statutory} />}
        {!waiting && statutory && <span className="muted small">{t('deadline.statutory')}</span>}
      </div>
      {deadline.legalBasis && <div className="muted small">{pick(deadline.legalBasis.th, deadline.legalBasis.en)}</div>}
      <ul className="plain-list small deadline-facts">
        {deadline.startedAt && <li>{t('deadline.started', date(deadline.startedAt))}</li>}
        <li>{t('deadline.due', date(deadline.dueAt))}</li>
        {deadline.stoppedAt && <li>{t('deadline.stopped', date(deadline.stoppedAt))}</li>}
        {deadline.lateUntil && state !== 'KEPT' && passed && (
          <li>{t('deadline.lateUntil', date(deadline.lateUntil))}</li>
        )}
        {deadline.warnings.map((warning) => (
          <Warned key={`${warning.at}${String(warning.to)}`} {...warning} />
        ))}
        {deadline.lateReasons && <li>{t('deadline.reasons', { text: deadline.lateReasons })}</li>}
      </ul>
    </>
  );
}

function Warned({ at, to }: Deadline['warnings'][number]) {
  const { language, t } = useI18n();
  const groups = Array.isArray(to) ? to : [to];
  const nameOf = useGroupNames(groups);
  return <li>{t('deadline.warned', { to: groups.map(nameOf).join(', '), date: formatMoment(at, language) })}</li>;
}

/** The statutory deadlines that still wait for their step, large, at the head of a page. */
export function StatutoryStrip({ deadlines }: { deadlines: readonly Deadline[] }) {
  const { language, pick, t } = useI18n();
  const waiting = deadlines.filter(
    ({ kind, state, stoppedAt }) => kind === 'statutory' && !stoppedAt && (state === 'RUNNING' || state === 'MISSED'),
  );
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
