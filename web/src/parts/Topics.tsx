/** What people are told about, by the names of the API. */
import { isMessageKey, useI18n } from '../i18n';

export const TOPICS = [
  'task-assigned',
  'task-open',
  'task-returned',
  'help-asked',
  'signature-asked',
  'decision-asked',
  'reminder',
  'escalation',
  'statutory',
  'message',
  'substitution',
  'mention',
] as const;

/** A topic that this page does not know yet is shown by its name. */
export function useTopicName(): (topic: string) => string {
  const { t } = useI18n();
  return (topic) => {
    const key = `topic.${topic}`;
    return isMessageKey(key) ? t(key) : topic;
  };
}
