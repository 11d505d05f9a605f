/** What the system told the person, or a group of the person: reminders, warnings, escalations. */
import { post } from './client';
import type { Notification, SearchResult } from './types';

export function searchNotifications(
  { unread, limit, after }: { unread: boolean; limit: number; after?: string | undefined },
  signal?: AbortSignal,
): Promise<SearchResult<Notification>> {
  const filter = unread ? { readAt: { $exists: false } } : {};
  const sort = [{ field: 'createdAt', order: 'DESC' }];
  return post('/notifications/search', { filter, sort, page: { limit, ...(after && { after }) } }, signal);
}

export async function countUnread(signal?: AbortSignal): Promise<number> {
  return (await searchNotifications({ unread: true, limit: 1 }, signal)).page.totalItems;
}

export async function markRead(notificationKey: string): Promise<void> {
  await post(`/notifications/${notificationKey}/read`);
}
