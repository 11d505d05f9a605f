/** The register of interventions and waivers that were asked for, over all cases. */
import { post } from './client';
import type { Intervention, InterventionKind, SearchResult } from './types';

export const KINDS = ['waive', 'cancel', 'modify', 'migrate', 'changeTimer', 'resolve', 'extend'] as const;
export const STATES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;

/** What is empty is not asked for; days are days of the office, YYYY-MM-DD. */
export interface RegisterQuery {
  state: Intervention['state'] | null;
  kind: InterventionKind | null;
  process: string | null;
  from: string | null;
  until: string | null;
}

const ZONE = '+07:00';

const SORT = [{ field: 'requestDate', order: 'DESC' }];

function filterOf({ state, kind, process, from, until }: RegisterQuery): object {
  const within = {
    ...(from && { $gte: `${from}T00:00:00${ZONE}` }),
    ...(until && { $lte: `${until}T23:59:59.999999${ZONE}` }),
  };
  return {
    ...(state && { state }),
    ...(kind && { kind }),
    ...(process && { processDefinitionId: process }),
    ...((from || until) && { requestDate: within }),
  };
}

/** Those that were asked for in the period, the latest first. */
export function searchInterventions(
  query: RegisterQuery,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<Intervention>> {
  return post('/interventions/search', { filter: filterOf(query), sort: SORT, page }, signal);
}

/** The same as a table for spreadsheets. */
export function exportInterventions(query: RegisterQuery, language: string): Promise<string> {
  return post(`/interventions/export?language=${language}`, { filter: filterOf(query), sort: SORT });
}
