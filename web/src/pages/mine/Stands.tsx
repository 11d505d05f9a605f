/** Where a case stands: each step in which it waits, whose turn it is there, and since when. */
import { Link } from 'react-router-dom';
import type { StandingStep } from '../../api/myCases';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useGroupNames, usePersonName } from '../../ui/names';
import './mine.css';

export function Stands({ steps }: { steps: readonly StandingStep[] }) {
  return (
    <ul className="plain-list mine-steps">
      {steps.map((step) => (
        <li key={`${step.elementId}/${step.since}`}>
          <Step step={step} />
        </li>
      ))}
    </ul>
  );
}

function Step({ step }: { step: StandingStep }) {
  const { language, pick, t } = useI18n();
  const name = pick(step.name.th, step.name.en) || t('mine.waitsForEvent');
  return (
    <>
      {step.mine && step.userTaskKey ? (
        <Link to={`/tasks/${step.userTaskKey}`} aria-label={t('mine.open', { name })}>
          {name}
        </Link>
      ) : (
        name
      )}
      <div className="muted small">
        {step.mine ? <span className="badge warn">{t('mine.yourTurn')}</span> : <Turn step={step} />}{' '}
        {t('mine.since', { date: formatMoment(step.since, language, 'date') })}
      </div>
    </>
  );
}

function Turn({ step: { assignee, candidateGroups, userTaskKey } }: { step: StandingStep }) {
  const { t } = useI18n();
  const groupName = useGroupNames(candidateGroups);
  const person = usePersonName(assignee);
  if (!userTaskKey) return null;
  const name = assignee ? person : candidateGroups.map(groupName).join(', ');
  return name ? t('mine.turnOf', { name }) : null;
}
