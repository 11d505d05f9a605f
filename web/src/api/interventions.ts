/** Interventions: what is done to a case by hand, at once or once a second person has approved it. */
import { post, Problem, request as send } from './client';
import type { Incident, Intervention, ProcessInstanceKey, SearchResult, UserTaskKey, WaitingTimer } from './types';

type Kind = 'cancel' | 'modify' | 'changeTimer' | 'resolve' | 'extend';
/** The operation itself, by the key of what it is about. */
const PATHS: Record<Kind, (key: string) => string> = {
  cancel: (key) => `/process-instances/${key}/cancellation`,
  modify: (key) => `/process-instances/${key}/modification`,
  changeTimer: (key) => `/element-instances/${key}/due-time`,
  resolve: (key) => `/incidents/${key}/resolution`,
  extend: (key) => `/deadlines/${key}/extension`,
};

export type Outcome = 'done' | 'asked';

/** Does it; where the process wants a second person, asks for it instead. With `rev`, refused when it has changed. */
export async function intervene(kind: Kind, key: string, request: { reason: string }, rev?: number): Promise<Outcome> {
  const headers = rev === undefined ? {} : { 'If-Match': `"${rev}"` };
  try {
    await send(PATHS[kind](key), { method: 'POST', body: request, headers });
    return 'done';
  } catch (error) {
    if (!(error instanceof Problem) || error.body.code !== 'second-person-needed') throw error;
  }
  await post('/interventions', { kind, key, request });
  return 'asked';
}

/** A waiver is never done at once. */
export async function askForWaiver(key: UserTaskKey, controlPointId: string, reason: string): Promise<void> {
  await post('/interventions', { kind: 'waive', key, request: { controlPointId, reason } });
}

async function search(filter: object, signal?: AbortSignal): Promise<Intervention[]> {
  const sort = [{ field: 'requestDate', order: 'ASC' }];
  return (await post<SearchResult<Intervention>>('/interventions/search', { filter, sort }, signal)).items;
}

/** What waits for this person to decide, the oldest first. */
export function toDecide(signal?: AbortSignal): Promise<Intervention[]> {
  return search({ toDecide: true }, signal);
}

export async function countToDecide(signal?: AbortSignal): Promise<number> {
  const body = { filter: { toDecide: true }, page: { limit: 1 } };
  return (await post<SearchResult<Intervention>>('/interventions/search', body, signal)).page.totalItems;
}

export function askedBy(username: string, signal?: AbortSignal): Promise<Intervention[]> {
  return search({ requestedBy: username, state: 'PENDING' }, signal);
}

export function pendingOfCase(processInstanceKey: ProcessInstanceKey, signal?: AbortSignal): Promise<Intervention[]> {
  return search({ processInstanceKey, state: 'PENDING' }, signal);
}

export function pendingWaivers(elementInstanceKey: UserTaskKey, signal?: AbortSignal): Promise<Intervention[]> {
  return search({ elementInstanceKey, kind: 'waive', state: 'PENDING' }, signal);
}

export async function approve(key: string, note: string | null): Promise<void> {
  await post(`/interventions/${key}/approval`, { note });
}

export async function reject(key: string, note: string): Promise<void> {
  await post(`/interventions/${key}/rejection`, { note });
}

export async function withdraw(key: string): Promise<void> {
  await post(`/interventions/${key}/withdrawal`);
}

/** The timers of a case that run. */
export async function runningTimers(
  processInstanceKey: ProcessInstanceKey,
  signal?: AbortSignal,
): Promise<WaitingTimer[]> {
  const filter = { processInstanceKey, waitStateType: 'TIMER' };
  const path = '/element-instances/wait-states/search';
  return (await post<SearchResult<WaitingTimer>>(path, { filter }, signal)).items;
}

export async function openIncidents(processInstanceKey: ProcessInstanceKey, signal?: AbortSignal): Promise<Incident[]> {
  const filter = { processInstanceKey, state: 'ACTIVE' };
  return (await post<SearchResult<Incident>>('/incidents/search', { filter }, signal)).items;
}
