/** Who stands in for whom while somebody is absent. */
import { post } from './client';
import type { SearchResult, Substitution } from './types';

/** Those in force in which this person is the substitute. */
export async function standsInFor(username: string, signal?: AbortSignal): Promise<Substitution[]> {
  const body = { filter: { substitute: username, active: true } };
  return (await post<SearchResult<Substitution>>('/substitutions/search', body, signal)).items;
}

/** Those that concern the person and are not over, the earliest first. */
export async function entries(now: string, signal?: AbortSignal): Promise<Substitution[]> {
  const body = {
    filter: { endDate: { $gt: now }, endedBy: { $exists: false } },
    sort: [{ field: 'startDate' }],
    page: { limit: 200 },
  };
  return (await post<SearchResult<Substitution>>('/substitutions/search', body, signal)).items;
}

/** Those of one person, as absent or as substitute, that are not over, the earliest first. */
export async function entriesOf(username: string, now: string, signal?: AbortSignal): Promise<Substitution[]> {
  const body = {
    filter: {
      endDate: { $gt: now },
      endedBy: { $exists: false },
      $or: [{ absent: username }, { substitute: username }],
    },
    sort: [{ field: 'startDate' }],
    page: { limit: 200 },
  };
  return (await post<SearchResult<Substitution>>('/substitutions/search', body, signal)).items;
}

export interface Entry {
  /** null: oneself */
  absent: string | null;
  substitute: string;
  startDate: string;
  endDate: string;
  scope: Substitution['scope'];
  scopeName: string;
}

export async function enter(entry: Entry): Promise<void> {
  await post('/substitutions', entry);
}

export async function endNow(key: string): Promise<void> {
  await post(`/substitutions/${key}/end`);
}
