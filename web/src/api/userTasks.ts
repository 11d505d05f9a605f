/** User tasks: the inbox and one task. */
import { now } from '../dates/clock';
import { todayAt } from '../dates/day';
import { get, post, request } from './client';
import type {
  ControlPoint,
  Draft,
  DraftSaved,
  FormDefinition,
  InboxView,
  SearchRequest,
  SearchResult,
  UserTask,
  UserTaskKey,
  Variable,
  Variables,
} from './types';

export interface InboxQuery {
  view: InboxView;
  text: string;
  /** of this process alone; empty: of any */
  process: string;
  /** due on this day of the office, or within seven days from it; empty: whenever */
  due: '' | 'today' | 'week';
  /** with more than the usual priority alone */
  urgent: boolean;
}

const USUAL_PRIORITY = 50;
const DAYS = { today: 1, week: 7 };

function filterOf({ view, text, process, due, urgent }: InboxQuery): Record<string, unknown> {
  const from = due && Date.parse(`${todayAt(now())}T00:00:00+07:00`);
  const until = due && from && from + DAYS[due] * 86_400_000;
  return {
    view,
    ...(text && { text }),
    ...(process && { processDefinitionId: process }),
    ...(from && until && { dueBy: { $gte: new Date(from).toISOString(), $lt: new Date(until).toISOString() } }),
    ...(urgent && { priority: { $gt: USUAL_PRIORITY } }),
  };
}

/** A page of the inbox, the earliest due first (of what is done, the latest first). */
export function searchTasks(
  query: InboxQuery,
  page: { limit: number; after?: string | undefined },
  signal?: AbortSignal,
): Promise<SearchResult<UserTask>> {
  const body: SearchRequest = {
    filter: filterOf(query),
    sort: [query.view === 'done' ? { field: 'completionDate', order: 'DESC' } : { field: 'dueBy', order: 'ASC' }],
    page: { limit: page.limit, ...(page.after && { after: page.after }) },
  };
  return post('/user-tasks/search', body, signal);
}

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
