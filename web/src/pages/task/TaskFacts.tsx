import { useCallback } from 'react';
import { getTimeLeft } from '../../api/reports';
import type { UserTask, UserTaskKey } from '../../api/types';
import { formatMoment, formatPercent, localDigits } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Countdown } from '../../ui/Countdown';
import { Kept } from '../../ui/Kept';
import { usePersonName } from '../../ui/names';
import { GroupList, Person } from '../../ui/Person';
import { isOpen } from '../../ui/taskNames';
import { useResource } from '../../ui/useResource';

export function TaskFacts({ task }: { task: UserTask }) {
  const { language, t } = useI18n();
  return (
    <section className="card" aria-labelledby="facts-title">
      <h2 id="facts-title">{t('task.details')}</h2>
      <dl className="facts">
        {task.stepNumber && (
          <>
            <dt>{t('task.step')}</dt>
            <dd>{localDigits(task.stepNumber, language)}</dd>
          </>
        )}
        <dt>{t('task.assignee')}</dt>
        <dd>{task.assignee ? <Person username={task.assignee} /> : t('inbox.unassigned')}</dd>
        {task.candidateGroups.length > 0 && (
          <>
            <dt>{t('task.groups')}</dt>
            <dd>
              <GroupList groups={task.candidateGroups} />
            </dd>
          </>
        )}
        {task.createdBy && (
          <>
            <dt>{t('task.createdBy')}</dt>
            <dd>
              <Person username={task.createdBy} />
            </dd>
          </>
        )}
        <dt>{t('task.created')}</dt>
        <dd>{formatMoment(task.creationDate, language)}</dd>
        {task.completionDate ? (
          <>
            <dt>{t('task.completedAt')}</dt>
            <dd>
              {formatMoment(task.completionDate, language)}{' '}
              {task.state === 'COMPLETED' && <Kept due={task.standardDueDate} done={task.completionDate} />}
            </dd>
            {task.completedBy && (
              <>
                <dt>{t('task.completedBy')}</dt>
                <dd>
                  <CompletedBy person={task.completedBy} through={task.completedThrough} />
                </dd>
              </>
            )}
          </>
        ) : (
          <>
            <dt>{t('task.due')}</dt>
            <dd>
              <Due task={task} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** Both names, where a substitute did it. */
function CompletedBy({ person, through }: { person: string; through: string | null }) {
  const { t } = useI18n();
  const name = usePersonName(person);
  const actor = usePersonName(through);
  return through && through !== person ? t('common.onBehalfOf', { actor, person: name }) : name;
}

/** When the step is due; without a time of its own it is bound by the statutory deadline of its case. */
function Due({ task }: { task: UserTask }) {
  const { language, t } = useI18n();
  const due = task.dueDate ?? task.statutoryDueDate;
  if (!due) return t('time.none');
  return (
    <>
      {formatMoment(due, language)}
      {isOpen(task) && (
        <div>
          <Countdown to={due} statutory={task.dueDate === null} />
          {task.standardDueDate && <OfficeTimeLeft task={task.userTaskKey} />}
        </div>
      )}
    </>
  );
}

const HOUR = 3600;

/** What is left of a standard time that is counted in working days: nights and holidays take nothing of it. */
function OfficeTimeLeft({ task }: { task: UserTaskKey }) {
  const { language, t } = useI18n();
  const { data } = useResource(useCallback((signal: AbortSignal) => getTimeLeft(task, signal), [task]));
  const left = data?.workingSecondsLeft ?? null;
  if (left === null || left <= 0) return null;
  return <div className="muted small">{t('time.officeLeft', { n: formatPercent(left / HOUR, language) })}</div>;
}
