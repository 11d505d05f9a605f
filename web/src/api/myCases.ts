/** The cases that one started or worked on, with the steps where they stand. */
import { post } from './client';
import type { components } from './generated';
import type { ProcessInstanceState, SearchResult } from './types';

type Schemas = components['schemas'];
export type StandingStep = Schemas['StandingStep'];
export type MyCase = Omit<Schemas['MyCase'], 'state'> & { state: ProcessInstanceState };

export interface MyCaseFilter {
  text?: string;
  state?: { $in: ProcessInstanceState[] };
  part?: 'STARTED' | 'WORKED';
  turn?: 'MINE' | 'OTHERS';
  late?: boolean;
}

/** The latest first. */
export function searchMyCases(
  filter: MyCaseFilter,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<MyCase>> {
  return post('/process-instances/mine/search', { filter, page }, signal);
}
