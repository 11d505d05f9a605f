/** One user task and what is done with it. */
import { get, post, request } from './client';
import type {
  ControlPoint,
  Draft,
  DraftSaved,
  FormDefinition,
  Judged,
  SearchResult,
  UserTask,
  UserTaskKey,
  Variable,
  Variables,
} from './types';

export interface Versioned<T> {
  value: T;
  etag: string | null;
}

export async function getTask(key: UserTaskKey, signal?: AbortSignal): Promise<Versioned<UserTask>> {
  const { data, etag } = await request<UserTask>(`/user-tasks/${key}`, signal ? { signal } : {});
  return { value: data, etag };
}

/** Refused with 409 when somebody else was quicker. */
export async function claimTask(key: UserTaskKey, assignee: string): Promise<void> {
  await post(`/user-tasks/${key}/assignment`, { assignee, allowOverride: false });
}

/** To whom one wants, also when somebody else has it: for owners of the process. */
export async function assignTask(key: UserTaskKey, assignee: string): Promise<void> {
  await post(`/user-tasks/${key}/assignment`, { assignee });
}

export async function unclaimTask(key: UserTaskKey): Promise<void> {
  await request(`/user-tasks/${key}/assignee`, { method: 'DELETE' });
}

/** Without an etag the revision is not checked. */
export async function completeTask(key: UserTaskKey, variables: Variables, etag: string | null): Promise<void> {
  await request(`/user-tasks/${key}/completion`, {
    method: 'POST',
    body: { variables },
    ...(etag && { headers: { 'If-Match': etag } }),
  });
}

/** Null: the task has no form. */
export async function getTaskForm(key: UserTaskKey, signal?: AbortSignal): Promise<FormDefinition | null> {
  const { status, data } = await request<FormDefinition>(`/user-tasks/${key}/form`, signal ? { signal } : {});
  return status === 204 ? null : data;
}

/** The variables that the task sees; where several scopes have the name, the innermost wins. */
export async function getTaskVariables(task: UserTask, signal?: AbortSignal): Promise<Variables> {
  const found = await post<SearchResult<Variable>>(
    `/user-tasks/${task.userTaskKey}/variables/search?truncateValues=false`,
    { page: { limit: 10_000 } },
    signal,
  );
  const inner = (variable: Variable) => Number(variable.scopeKey === task.elementInstanceKey);
  return Object.fromEntries(
    found.items.toSorted((a, b) => inner(a) - inner(b)).map(({ name, value }) => [name, JSON.parse(value) as unknown]),
  );
}

export async function getDraft(key: UserTaskKey, signal?: AbortSignal): Promise<Draft | null> {
  const { status, data } = await request<Draft | null>(`/user-tasks/${key}/draft`, signal ? { signal } : {});
  return status === 204 ? null : data;
}

/**
 * Replaces the draft that was saved at `basedOn` (null: there is none yet); refused with 409 when there is another by
 * now. Resolves to when it was saved, which names it from now on.
 */
export async function saveDraft(key: UserTaskKey, variables: Variables, basedOn: string | null): Promise<string> {
  const body = { variables, basedOn };
  return (await request<DraftSaved>(`/user-tasks/${key}/draft`, { method: 'PUT', body })).data.savedAt;
}

export async function discardDraft(key: UserTaskKey): Promise<void> {
  await request(`/user-tasks/${key}/draft`, { method: 'DELETE' });
}

export async function getTaskControlPoints(key: UserTaskKey, signal?: AbortSignal): Promise<ControlPoint[]> {
  return (await get<{ items: ControlPoint[] }>(`/user-tasks/${key}/control-points`, signal)).items;
}

/** Which control points hold with what is filled in so far; nothing is recorded. */
export async function judgeTask(key: UserTaskKey, variables: Variables, signal?: AbortSignal): Promise<Judged[]> {
  const path = `/user-tasks/${key}/control-points/judgement`;
  return (await post<{ items: Judged[] }>(path, { variables }, signal)).items;
}
