/** What may be done to tasks out of the list, one or many: which tasks each action fits, and doing it one by one. */
import { markTask } from '../../api/inbox';
import { assignTask, claimTask, completeTask, unclaimTask } from '../../api/userTasks';
import type { Me, UserTask } from '../../api/types';
import { inTheNameOf } from '../../app/session';
import { now } from '../../dates/clock';
import { isClaimable, isOpen } from '../../ui/taskNames';

export const ACTIONS = ['claim', 'release', 'complete', 'assign', 'snooze', 'wake', 'read', 'unread'] as const;
export type Action = (typeof ACTIONS)[number];

/** Put off by who looks, until a moment to come. */
export function isSnoozed(task: UserTask): boolean {
  return task.snoozedUntil !== null && Date.parse(task.snoozedUntil) > now();
}

/** The same, or by the follow-up date that it has for everybody. */
export function isPutOff(task: UserTask): boolean {
  return isSnoozed(task) || (task.followUpDate !== null && Date.parse(task.followUpDate) > now());
}

/** Whether the action makes sense for this task and this person. The server has the last word. */
export function fits(action: Action, task: UserTask, me: Me): boolean {
  switch (action) {
    case 'snooze':
      return isOpen(task) && !isSnoozed(task);
    case 'wake':
      return isOpen(task) && isSnoozed(task);
    case 'read':
      return !task.read;
    case 'unread':
      return task.read;
    default:
      return task.state === 'CREATED' && task.delegationState !== 'PENDING' && changes(action, task, me);
  }
}

function changes(action: 'claim' | 'release' | 'complete' | 'assign', task: UserTask, me: Me): boolean {
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

/**
 * `to` is whom the task is assigned to, or until when it is put off. A task that changed since it was shown is not
 * completed.
 */
export async function carryOut(action: Action, task: UserTask, me: Me, to: string | null): Promise<void> {
  const key = task.userTaskKey;
  if (action === 'claim') await claimTask(key, inTheNameOf(me));
  else if (action === 'release') await unclaimTask(key);
  else if (action === 'complete') await completeTask(key, {}, `"${task.rev}"`);
  else if (action === 'snooze') await markTask(key, { snoozedUntil: to });
  else if (action === 'wake') await markTask(key, { snoozedUntil: null });
  else if (action === 'read' || action === 'unread') await markTask(key, { read: action === 'read' });
  else if (to !== null) await assignTask(key, to);
}
