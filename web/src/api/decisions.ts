/** What decision tables decided in cases, and the tables themselves. */
import { get, post } from './client';
import type { components } from './generated';
import type { ProcessInstanceKey, SearchResult } from './types';

export type Decided = components['schemas']['DecisionInstance'];
export type DecidedInFull = components['schemas']['OneDecisionInstance'];

/** In the order in which they were taken. */
export function searchDecided(
  processInstanceKey: ProcessInstanceKey,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<Decided>> {
  const body = { filter: { processInstanceKey }, sort: [{ field: 'evaluationDate', order: 'ASC' }], page };
  return post('/decision-instances/search', body, signal);
}

/** With its inputs and the rules that matched. */
export function getDecided(key: string, signal?: AbortSignal): Promise<DecidedInFull> {
  return get(`/decision-instances/${key}`, signal);
}

/** The file of the version that decided. */
export function getTable(definitionKey: string, signal?: AbortSignal): Promise<string> {
  return get(`/decision-definitions/${definitionKey}/xml`, signal);
}
