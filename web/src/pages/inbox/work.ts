/** What may be done to tasks out of the list, one or many: which tasks each action fits, and doing it one by one. */
import { assignTask, claimTask, completeTask, unclaimTask } from '../../api/userTasks';
import type { Me, UserTask } from '../../api/types';
import { inTheNameOf } from '../../app/session';
import { isClaimable } from '../../ui/taskNames';

export const ACTIONS = ['claim', 'release', 'complete', 'assign'] as const;
export type Action = (typeof ACTIONS)[number];

/** Whether the action makes sense for this task and this person. The server has the last word. */
export function fits(action: Action, task: UserTask, me: Me): boolean {
  if (task.state !== 'CREATED' || task.delegationState === 'PENDING') return false;
  const mine = task.assignee === inTheNameOf(me);
  switch (action) {
    case 'claim':
      return isClaimable(task, me);
    case 'release':
      return mine;
    case 'complete': // a form is read and answered on the task's own page
      return mine && task.formKey === null && task.externalFormReference === null;
    case 'assign':
      return me.onBehalfOf === null && assigns(me, task.processDefinitionId);
  }
}

/** Only owners of the process give tasks to whom they want. */
function assigns(me: Me, process: string): boolean {
  return me.roles.includes('process-owner') && me.ownedProcesses.some((id) => id === '*' || id === process);
}

/** `to` is whom the task is assigned to. A task that changed since it was shown is not completed. */
export async function carryOut(action: Action, task: UserTask, me: Me, to: string | null): Promise<void> {
  const key = task.userTaskKey;
  if (action === 'claim') await claimTask(key, inTheNameOf(me));
  else if (action === 'release') await unclaimTask(key);
  else if (action === 'complete') await completeTask(key, {}, `"${task.rev}"`);
  else if (to !== null) await assignTask(key, to);
}
