/** Says who else has the task open, before two people do the same work. */
import type { UserTask } from '../../api/types';
import { readsOnly, useMe } from '../../app/session';
import { useI18n } from '../../i18n';
import { usePersonNames } from '../../ui/names';
import { isOpen } from '../../ui/taskNames';
import { usePresence } from './usePresence';

export function AlsoHere({ task }: { task: UserTask }) {
  const { t } = useI18n();
  const me = useMe();
  // who only reads works on nothing that somebody else might do at the same time
  const others = usePresence(task.userTaskKey, isOpen(task) && !readsOnly(me));
  const nameOf = usePersonNames(others);
  return (
    <p role="status" className="also-here small">
      {others.length > 0 && (
        <span className="badge warn">{t('presence.also', { names: others.map(nameOf).join(', ') })}</span>
      )}
    </p>
  );
}
