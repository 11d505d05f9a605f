/** The steps that may follow, in words: who, how long, and what has to hold for it. */
import { useCallback } from 'react';
import { getNextSteps } from '../../api/course';
import type { NextStep, UserTaskKey } from '../../api/types';
import { lengthText } from '../../dates/lengths';
import { localDigits } from '../../dates/format';
import { isMessageKey, useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { GroupList, Person } from '../../ui/Person';
import { useResource } from '../../ui/useResource';

export function NextSteps({ taskKey }: { taskKey: UserTaskKey }) {
  const { t } = useI18n();
  const steps = useResource(useCallback((signal: AbortSignal) => getNextSteps(taskKey, signal), [taskKey]));
  if (steps.error) return <Failure error={steps.error} retry={steps.reload} />;
  if (!steps.data?.length) return null;
  return (
    <>
      <h3>{t('next.title')}</h3>
      <p className="muted small">{t('next.hint')}</p>
      <ol className="plain-list next-steps">
        {steps.data.map((step) => (
          <Step key={step.elementId} step={step} />
        ))}
      </ol>
    </>
  );
}

function Step({ step }: { step: NextStep }) {
  const { language, pick, t } = useI18n();
  const kind = `next.kind.${step.elementType}`;
  const what = pick(step.name?.th, step.name?.en) || (isMessageKey(kind) ? t(kind) : step.elementId);
  const conditions = step.conditions.map((way) => conditionText(way, pick, t)).filter(Boolean);
  return (
    <li>
      <div>
        {step.stepNumber && <span className="muted">{localDigits(step.stepNumber, language)} </span>}
        <strong>{what}</strong>
        {isMessageKey(kind) && step.name && <span className="muted small"> ({t(kind)})</span>}
      </div>
      {conditions.length > 0 && <div className="small">{t('next.when', { conditions: conditions.join(' · ') })}</div>}
      <div className="muted small">
        <Who step={step} />
        {step.standardTime && (
          <span>{t('next.time', { time: lengthText(step.standardTime, step.calendar, language, t) })}</span>
        )}
      </div>
    </li>
  );
}

function Who({ step }: { step: NextStep }) {
  const { t } = useI18n();
  if (step.candidateGroups.length === 0 && !step.assignee && !step.decidedLater) return null;
  return (
    <span className="next-who">
      {t('next.who')} {step.assignee && <Person username={step.assignee} />}
      {!step.assignee && step.candidateGroups.length > 0 && <GroupList groups={step.candidateGroups} />}
      {step.decidedLater && ` ${t('next.later')}`}
    </span>
  );
}

/** A question and its answer; without an answer, what happens. */
function conditionText(
  { question, answer, otherwise }: NextStep['conditions'][number],
  pick: ReturnType<typeof useI18n>['pick'],
  t: ReturnType<typeof useI18n>['t'],
): string {
  const asked = pick(question?.th, question?.en);
  const said = answer ?? (otherwise ? t('next.otherwise') : '');
  return [asked, said].filter(Boolean).join(': ');
}
