/** Incidents over all cases, by what they have in common; and the jobs behind some of them. */
import { post, request } from './client';
import type { components } from './generated';
import { intervene, type Outcome } from './interventions';
import type { Incident, SearchResult } from './types';

type Schemas = components['schemas'];
export type Cause = Schemas['IncidentCause'];
export type Job = Schemas['Job'];

export const ERROR_TYPES = [
  'JOB_NO_RETRIES',
  'EXTRACT_VALUE_ERROR',
  'CONDITION_ERROR',
  'IO_MAPPING_ERROR',
  'DECISION_EVALUATION_ERROR',
  'CALLED_DECISION_ERROR',
  'CALLED_ELEMENT_ERROR',
  'FORM_NOT_FOUND',
  'RESOURCE_NOT_FOUND',
  'UNHANDLED_ERROR_EVENT',
  'UNSPECIFIED',
] as const;

export interface CauseQuery {
  process: string | null;
  type: string | null;
}

const PAGE = 25;
const paged = (after: string | undefined) => ({ limit: PAGE, ...(after && { after }) });

/** What stops the most cases comes first. */
export function searchCauses(
  { process, type }: CauseQuery,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<Cause>> {
  const filter = { ...(process && { processDefinitionId: process }), ...(type && { errorType: type }) };
  const sort = [{ field: 'processInstanceCount', order: 'DESC' }];
  return post('/incidents/statistics/causes', { filter, sort, page: paged(after) }, signal);
}

/** By the key of its first incident; null once that is resolved. */
export async function getCause(key: string, signal?: AbortSignal): Promise<Cause | null> {
  const body = { filter: { causeKey: key } };
  return (await post<SearchResult<Cause>>('/incidents/statistics/causes', body, signal)).items[0] ?? null;
}

/** Its open incidents, the oldest first. */
export function searchIncidents(
  { processDefinitionId, elementId, errorType, errorMessage }: Cause,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<Incident>> {
  const filter = { processDefinitionId, elementId, errorType, errorMessage, state: 'ACTIVE' };
  const sort = [{ field: 'creationTime', order: 'ASC' }];
  return post('/incidents/search', { filter, sort, page: paged(after) }, signal);
}

/** The key of the operation that tries every case with this cause again. */
export async function retryAll(cause: Cause, reason: string): Promise<string> {
  const filter = {
    processDefinitionId: cause.processDefinitionId,
    elementId: cause.elementId,
    hasElementInstanceIncident: true,
    incidentErrorHashCode: cause.errorHashCode,
  };
  const path = '/process-instances/incident-resolution';
  return (await post<{ batchOperationKey: string }>(path, { filter, reason })).batchOperationKey;
}

/** Tries what an incident stopped again; a job of a worker without retries left gets one before. */
export async function retryOne({ incidentKey, jobKey }: Incident, reason: string): Promise<Outcome> {
  if (jobKey !== null) {
    const spent = { filter: { jobKey, retries: 0 } };
    const jobs = (await post<SearchResult<Job>>('/jobs/search', spent)).items;
    if (jobs.length > 0) await changeRetries(jobKey, 1);
  }
  return intervene('resolve', incidentKey, { reason });
}

export async function changeRetries(jobKey: string, retries: number): Promise<void> {
  await request(`/jobs/${jobKey}`, { method: 'PATCH', body: { changeset: { retries } } });
}

export const JOB_STATES = ['CREATED', 'FAILED', 'COMPLETED', 'CANCELED', 'ERROR_THROWN'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobQuery {
  state: JobState | null;
  /** a part of the type's name */
  type: string;
  process: string | null;
}

/** The latest first. */
export function searchJobs(
  { state, type, process }: JobQuery,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<Job>> {
  const filter = {
    ...(state && { state }),
    ...(type && { type: { $like: `*${type.replace(/[\\*?]/g, '\\$&')}*` } }),
    ...(process && { processDefinitionId: process }),
  };
  const sort = [{ field: 'creationTime', order: 'DESC' }];
  return post('/jobs/search', { filter, sort, page: paged(after) }, signal);
}
