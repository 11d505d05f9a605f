/** Everything the task page shows of a task; kept current by events without disturbing what is being filled in. */
import { useCallback, useMemo } from 'react';
import { getDeadlines } from '../../api/cases';
import { useLive } from '../../api/events';
import { pendingWaivers } from '../../api/interventions';
import { getCoSignatures, getTaskActions } from '../../api/taskActions';
import type { CoSignatures, Draft, FormDefinition, TaskActions, UserTaskKey, Variables } from '../../api/types';
import { getDraft, getTask, getTaskControlPoints, getTaskForm, getTaskVariables } from '../../api/userTasks';
import { keptHere, type KeptDraft } from '../../app/keptDrafts';
import { parseSchema, type Schema } from '../../forms/schema';
import { isOpen } from '../../ui/taskNames';
import { useResource } from '../../ui/useResource';
import { sameValues } from './sameValues';

export interface TaskContent {
  form: FormDefinition | null;
  schema: Schema | null;
  variables: Variables;
  draft: Draft | null;
  /** what one typed and the server has not got, out of this browser */
  unsent: KeptDraft | null;
  /**
   * What becomes of `unsent`: the form goes on with it; or the server has another draft than it goes on from, and one
   * of the two must be chosen; or the form is not this person's to fill in.
   */
  unsentIs: 'opened' | 'asked' | 'left';
  /** when one's own draft was saved on the server; null: there is none */
  base: string | null;
  /** what is laid before co-signers, as it was when the form was filled with it */
  signing: CoSignatures;
  actions: TaskActions;
}

/** The form and the data in it, read once: what a person fills in must not change under the hands. Drafts are their writers' own. */
export function useTaskContent(key: UserTaskKey, username: string, reader: string) {
  return useResource(
    useCallback(
      async (signal: AbortSignal): Promise<TaskContent> => {
        const { value: task } = await getTask(key, signal);
        const mine = isOpen(task) && task.assignee === reader;
        const [form, variables, own, signing, actions, unsent] = await Promise.all([
          getTaskForm(key, signal),
          getTaskVariables(task, signal),
          mine ? getDraft(key, signal).catch(() => null) : null,
          getCoSignatures(key, signal),
          getTaskActions(key, signal),
          keptHere({ username, inNameOf: reader, taskKey: key }),
        ]);
        // whoever does not fill it in sees what is laid before the co-signers
        const laid = mine || !signing.variables ? own : { variables: signing.variables, savedAt: task.creationDate };
        const unsentIs = !mine || !unsent ? 'left' : goesOn(unsent, own) ? 'opened' : 'asked';
        const base = own?.savedAt ?? null;
        return {
          form,
          schema: form && parseSchema(form.schema),
          variables,
          draft: laid,
          unsent,
          unsentIs,
          base,
          signing,
          actions,
        };
      },
      [key, username, reader],
    ),
  );
}

/** What the form shows at first: the data of the case, over it the draft of the server, over it what only is here. */
export function openedWith({ variables, draft, unsent, unsentIs }: TaskContent): Variables {
  return { ...variables, ...draft?.variables, ...(unsentIs === 'opened' && unsent?.values) };
}

/** Whether what was typed here goes on from the draft of the server, also from one whose answer was lost. */
function goesOn(unsent: KeptDraft, own: Draft | null): boolean {
  if (unsent.base === (own?.savedAt ?? null)) return true;
  if (own === null) return false;
  return [unsent.values, unsent.sent].some((values) => values !== null && sameValues(values, own.variables));
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
  const signing = useResource(useCallback((signal: AbortSignal) => getCoSignatures(key, signal), [key]));
  const { reload: reloadTask } = task;
  const { reload: reloadSigning } = signing;
  const { reload: reloadPoints } = points;
  const { reload: reloadWaivers } = waivers;
  const { reload: reloadDeadlines } = deadlines;
  const reload = useCallback(() => {
    reloadTask();
    reloadPoints();
    reloadWaivers();
    reloadDeadlines();
    reloadSigning();
  }, [reloadTask, reloadPoints, reloadWaivers, reloadDeadlines, reloadSigning]);

  useLive(
    (event) =>
      (event.kind === 'user-task' && event.userTaskKey === key) ||
      (event.kind === 'process-instance' && event.processInstanceKey === instance),
    reload,
  );
  return useMemo(
    () => ({ task, points, waivers, deadlines, signing, reload }),
    [task, points, waivers, deadlines, signing, reload],
  );
}
