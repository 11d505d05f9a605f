/** Handing over the tasks of somebody who leaves. */
import { post } from './client';
import type { HandedOver, SearchResult, UserTask } from './types';

/** How many open tasks the person has claimed, as far as one may see them. */
export async function countClaimed(username: string, signal?: AbortSignal): Promise<number> {
  const body = { filter: { assignee: username, state: 'CREATED' }, page: { limit: 1 } };
  return (await post<SearchResult<UserTask>>('/user-tasks/search', body, signal)).page.totalItems;
}

/** To another person; null: back to the candidates. */
export function handOver(username: string, to: string | null, reason: string): Promise<HandedOver> {
  return post(`/users/${encodeURIComponent(username)}/hand-over`, { to, reason });
}
