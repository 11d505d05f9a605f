/** The tasks that were open at a moment, and the one that was completed with it, each with its form as it was seen. */
import { useState } from 'react';
import type { PastVariable } from '../../../api/cases';
import type { HistoryEvent, ProcessInstanceKey } from '../../../api/types';
import { formatMoment } from '../../../dates/format';
import { nameOf, type Names } from '../../../diagram/names';
import { useI18n } from '../../../i18n';
import { Button } from '../../../ui/Button';
import { usePersonName } from '../../../ui/names';
import { scopesOf, type OpenTask } from './caseAt';
import { isInternal } from './eventText';
import { PastForm } from './PastForm';
import type { Replayed } from './useReplay';

interface Props {
  instance: ProcessInstanceKey;
  names: Names;
  events: readonly HistoryEvent[];
  replayed: Replayed;
  /** null until they are read */
  variables: PastVariable[] | null;
}

export function PastTasks({ instance, names, events, replayed, variables }: Props) {
  const { t } = useI18n();
  const { at, count } = replayed;
  const done = completed(events, count);
  const tasks: { key: string; task: OpenTask | null; elementId: string }[] = [
    ...(done ? [{ ...done, task: null }] : []),
    ...[...at.tasks].map(([key, task]) => ({ key, task, elementId: task.elementId })),
  ];
  return (
    <>
      <h4>{t('replay.tasks')}</h4>
      {tasks.length === 0 && <p className="muted">{t('replay.noTasks')}</p>}
      <ul className="plain-list past-tasks">
        {tasks.map(({ key, task, elementId }) => (
          <PastTask
            key={key}
            taskKey={key}
            elementId={elementId}
            task={task}
            names={names}
            scopes={[instance, ...scopesOf(at, key)]}
            variables={variables}
          />
        ))}
      </ul>
    </>
  );
}

/** The task whose completion is what happened last. */
function completed(events: readonly HistoryEvent[], count: number) {
  const last = events.slice(0, count).findLast((event) => !isInternal(event));
  if (last?.type !== 'user-task-completed' || !last.elementInstanceKey || !last.elementId) return null;
  return { key: last.elementInstanceKey, elementId: last.elementId };
}

interface TaskProps extends Pick<Props, 'names' | 'variables'> {
  taskKey: string;
  elementId: string;
  /** null: it was just completed */
  task: OpenTask | null;
  scopes: readonly string[];
}

function PastTask({ taskKey, elementId, task, names, scopes, variables }: TaskProps) {
  const { language, pick, t } = useI18n();
  const [open, setOpen] = useState(false);
  const assignee = usePersonName(task?.assignee);
  const name = nameOf(names, elementId, pick);
  return (
    <li>
      <div>
        <strong>{name}</strong>{' '}
        <span className="badge">
          {task === null ? t('replay.done') : task.assignee ? assignee : t('replay.unclaimed')}
        </span>
      </div>
      {task && <div className="muted small">{t('replay.since', { date: formatMoment(task.since, language) })}</div>}
      <Button
        small
        kind="quiet"
        aria-expanded={open}
        aria-label={`${t('replay.form')}: ${name}`}
        onPress={() => setOpen(!open)}
      >
        {t('replay.form')}
      </Button>
      {open && <PastForm taskKey={taskKey} scopes={scopes} variables={variables} />}
    </li>
  );
}
