/** What people do with a task besides completing it: have others help, have others sign, send it back, take it back. */
import { get, post } from './client';
import type { CoSignatures, SearchResult, TaskActions, UserTaskKey, Variables } from './types';

/** The task stays one's own and comes back. */
export async function delegateTask(key: UserTaskKey, to: string, note: string): Promise<void> {
  await post(`/user-tasks/${key}/delegation`, { to, note: note || null });
}

/** Gives back what one helps with, or takes back what one had others help with. */
export async function resolveTask(key: UserTaskKey, variables: Variables | null, note: string): Promise<void> {
  await post(`/user-tasks/${key}/resolution`, { variables, note: note || null });
}

export async function returnTask(key: UserTaskKey, to: string, reason: string): Promise<void> {
  await post(`/user-tasks/${key}/return`, { to, reason });
}

export async function recallTask(key: UserTaskKey, reason: string): Promise<void> {
  await post(`/user-tasks/${key}/recall`, { reason });
}

/** What the diagram allows. */
export function getTaskActions(key: UserTaskKey, signal?: AbortSignal): Promise<TaskActions> {
  return get(`/user-tasks/${key}/actions`, signal);
}

export function getCoSignatures(key: UserTaskKey, signal?: AbortSignal): Promise<CoSignatures> {
  return get(`/user-tasks/${key}/co-signatures`, signal);
}

/** Whom the diagram names is asked, too; nobody at all withdraws what was asked. */
export async function askCoSignatures(key: UserTaskKey, users: readonly string[], variables: Variables): Promise<void> {
  await post(`/user-tasks/${key}/co-signatures`, { users, variables });
}

/** The digest says what was read; a refusal needs a reason. */
export async function coSign(key: UserTaskKey, agree: boolean, digest: string, reason: string): Promise<void> {
  await post(`/user-tasks/${key}/co-signature`, { agree, digest, reason: reason || null });
}

/** Some people whose name or user name has this in it. */
export async function findPeople(text: string, signal?: AbortSignal): Promise<{ username: string; name: string }[]> {
  const like = { $like: `*${text.replaceAll(/[\\*?]/g, '\\$&')}*` };
  const search = (field: 'name' | 'username') =>
    post<SearchResult<{ username: string; name: string | null }>>(
      '/users/search',
      { filter: { [field]: like }, page: { limit: 20 } },
      signal,
    );
  const found = await Promise.all([search('name'), search('username')]);
  const people = found.flatMap((each) => each.items).map(({ username, name }) => [username, name ?? username] as const);
  return [...new Map(people)].map(([username, name]) => ({ username, name }));
}
