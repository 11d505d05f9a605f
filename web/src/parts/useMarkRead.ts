/** Whoever opens a task has read it. */
import { useEffect } from 'react';
import { markTask } from '../api/inbox';
import type { UserTask } from '../api/types';
import { isOpen } from '../ui/taskNames';

/** Says so to the server, once; nothing without a task, for who has no list of tasks. Should that fail, the task only stays among the unread ones. */
export function useMarkRead(task: UserTask | undefined): void {
  const unread = task && !task.read && isOpen(task) ? task.userTaskKey : null;
  useEffect(() => {
    if (unread !== null) void markTask(unread, { read: true }).catch(() => undefined);
  }, [unread]);
}
