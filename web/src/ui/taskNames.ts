/** Names of tasks and processes in the present language. */
import type { Me, UserTask } from '../api/types';
import { inTheNameOf, mayOwn } from '../app/session';
import type { Translate } from '../i18n';

type Pick = (thai: string | null | undefined, english: string | null | undefined) => string;

export function taskName(task: UserTask, pick: Pick, t: Translate): string {
  return pick(task.name, task.nameEn) || task.elementId || t('common.unnamed');
}

export function processName(task: UserTask, pick: Pick): string {
  return pick(task.processName, task.processNameEn) || task.processDefinitionId;
}

/** Nobody has it yet, and this person is one of those it waits for. The server has the last word. */
export function isClaimable(task: UserTask, me: Me): boolean {
  return isFree(task) && (isCandidate(task, me) || mayOwn(me, task.processDefinitionId));
}

export function isFree(task: UserTask): boolean {
  return task.assignee === null && task.state === 'CREATED';
}

function isCandidate(task: UserTask, me: Me): boolean {
  return (
    task.candidateUsers.includes(inTheNameOf(me)) || task.candidateGroups.some((group) => me.groups.includes(group))
  );
}

export function isOpen(task: UserTask): boolean {
  return task.state !== 'COMPLETED' && task.state !== 'CANCELED' && task.state !== 'FAILED';
}
