/** What an event says, in the present language. */
import type { HistoryEvent } from '../../../api/types';
import { nameOf, type Names } from '../../../diagram/names';
import { isMessageKey, useI18n } from '../../../i18n';
import { usePersonName } from '../../../ui/names';

/** What the engine notes of its own working; an auditor asks for it only when in doubt. */
const INTERNAL =
  /^(element|flow|job|timer-started|timer-moved|variable-set|assignee-set|user-task-created|user-task-changed|[a-z]+-awaited)\b/;

export function isInternal({ type }: HistoryEvent): boolean {
  return INTERNAL.test(type);
}

export interface EventText {
  what: string;
  /** the step, empty where the event has none */
  where: string;
  /** who acted, and in whose name */
  who: string;
}

export function useEventText(event: HistoryEvent, names: Names): EventText {
  const { pick, t } = useI18n();
  const actor = usePersonName(event.actor);
  const person = usePersonName(event.onBehalfOf);
  const key = `event.${event.type}`;
  return {
    what: isMessageKey(key) ? t(key) : event.type,
    where: event.elementId ? nameOf(names, event.elementId, pick, event.elementName) : '',
    who: event.onBehalfOf ? t('common.onBehalfOf', { actor, person }) : actor,
  };
}
