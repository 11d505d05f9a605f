/** Everything the task page shows of a task; kept current by events without disturbing what is being filled in. */
import { useCallback, useMemo } from 'react';
import { getDeadlines } from '../../api/cases';
import { useLive } from '../../api/events';
import { pendingWaivers } from '../../api/interventions';
import type { Draft, FormDefinition, UserTaskKey, Variables } from '../../api/types';
import { getDraft, getTask, getTaskControlPoints, getTaskForm, getTaskVariables } from '../../api/userTasks';
import { parseSchema, type Schema } from '../../forms/schema';
import { isOpen } from '../../ui/taskNames';
import { useResource } from '../../ui/useResource';

export interface TaskContent {
  form: FormDefinition | null;
  schema: Schema | null;
  variables: Variables;
  draft: Draft | null;
}

/** The form and the data in it, read once: what a person fills in must not change under the hands. Drafts are their writers' own. */
export function useTaskContent(key: UserTaskKey, reader: string) {
  return useResource(
    useCallback(
      async (signal: AbortSignal): Promise<TaskContent> => {
        const { value: task } = await getTask(key, signal);
        const [form, variables, draft] = await Promise.all([
          getTaskForm(key, signal),
          getTaskVariables(task, signal),
          isOpen(task) && task.assignee === reader ? getDraft(key, signal).catch(() => null) : null,
        ]);
        return { form, schema: form && parseSchema(form.schema), variables, draft };
      },
      [key, reader],
    ),
  );
}

/** The task's state, read again whenever an event concerns it or its case. */
export function useTask(key: UserTaskKey) {
  const task = useResource(useCallback((signal: AbortSignal) => getTask(key, signal), [key]));
  const instance = task.data?.value.processInstanceKey;
  const points = useResource(useCallback((signal: AbortSignal) => getTaskControlPoints(key, signal), [key]));
  const waivers = useResource(useCallback((signal: AbortSignal) => pendingWaivers(key, signal), [key]));
  const deadlines = useResource(
    useCallback((signal: AbortSignal) => (instance ? getDeadlines(instance, signal) : Promise.resolve([])), [instance]),
  );
  const { reload: reloadTask } = task;
  const { reload: reloadPoints } = points;
  const { reload: reloadWaivers } = waivers;
  const { reload: reloadDeadlines } = deadlines;
  const reload = useCallback(() => {
    reloadTask();
    reloadPoints();
    reloadWaivers();
    reloadDeadlines();
  }, [reloadTask, reloadPoints, reloadWaivers, reloadDeadlines]);

  useLive(
    (event) =>
      (event.kind === 'user-task' && event.userTaskKey === key) ||
      (event.kind === 'process-instance' && event.processInstanceKey === instance),
    reload,
  );
  return useMemo(() => ({ task, points, waivers, deadlines, reload }), [task, points, waivers, deadlines, reload]);
}
