/** Names of tasks and processes in the present language. */
import type { UserTask } from '../api/types';
import type { Translate } from '../i18n';

type Pick = (thai: string | null | undefined, english: string | null | undefined) => string;

export function taskName(task: UserTask, pick: Pick, t: Translate): string {
  return pick(task.name, task.nameEn) || task.elementId || t('common.unnamed');
}

export function processName(task: UserTask, pick: Pick): string {
  return pick(task.processName, task.processNameEn) || task.processDefinitionId;
}

/** Nobody has it yet; whether this person may take it is the server's to say. */
export function isClaimable(task: UserTask): boolean {
  return task.assignee === null && task.state === 'CREATED';
}

export function isOpen(task: UserTask): boolean {
  return task.state !== 'COMPLETED' && task.state !== 'CANCELED' && task.state !== 'FAILED';
}
