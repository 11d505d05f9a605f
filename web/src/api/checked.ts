/** The register of control points as they were worked. */
import { post } from './client';
import type { components } from './generated';
import type { Reason, SearchResult, Texts } from './types';

export const RESULTS = ['FAILED', 'WAIVED', 'PASSED'] as const;
export type Result = (typeof RESULTS)[number];

export type CheckedPoint = Omit<components['schemas']['ControlPointResult'], 'state' | 'detail'> & {
  state: Result;
  detail: Texts | Reason | null;
};

/** What is empty is not asked for; days are days of the office, YYYY-MM-DD. */
export interface CheckedQuery {
  state: Result | null;
  process: string | null;
  person: string | null;
  from: string | null;
  until: string | null;
}

const ZONE = '+07:00';
const SORT = [{ field: 'recordedAt', order: 'DESC' }];

function filterOf({ state, process, person, from, until }: CheckedQuery): Record<string, unknown> {
  const within = {
    ...(from && { $gte: `${from}T00:00:00${ZONE}` }),
    ...(until && { $lte: `${until}T23:59:59.999999${ZONE}` }),
  };
  return {
    ...(state && { state }),
    ...(process && { processDefinitionId: process }),
    ...(person && { recordedBy: person }),
    ...((from || until) && { recordedAt: within }),
  };
}

/** The latest first. */
export function searchChecked(
  query: CheckedQuery,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<CheckedPoint>> {
  return post('/control-points/search', { filter: filterOf(query), sort: SORT, page }, signal);
}

/** The same as a table for spreadsheets. */
export function exportChecked(query: CheckedQuery, language: string): Promise<string> {
  return post(`/control-points/export?language=${language}`, { filter: filterOf(query), sort: SORT });
}
