/** What is deployed that a diagram may use: each once, in its newest version, by what it is called. */
import { getLatest } from './definitions';
import { post } from './client';
import type { components } from './generated';
import type { SearchResult } from './types';

type Schemas = components['schemas'];

export interface Deployed {
  id: string;
  name: string;
}

const MOST = 1_000;

export async function deployedDecisions(signal?: AbortSignal): Promise<Deployed[]> {
  const body = { filter: { isLatestVersion: true }, sort: [{ field: 'name' }], page: { limit: MOST } };
  const found = await post<SearchResult<Schemas['DecisionDefinition']>>('/decision-definitions/search', body, signal);
  return found.items.map(({ decisionDefinitionId: id, name }) => ({ id, name: name || id }));
}

/** The newest version of a decision; null when it is not deployed. */
export async function latestDecision(
  decisionDefinitionId: string,
  signal?: AbortSignal,
): Promise<Schemas['DecisionDefinition'] | null> {
  const body = { filter: { decisionDefinitionId, isLatestVersion: true }, page: { limit: 1 } };
  const found = await post<SearchResult<Schemas['DecisionDefinition']>>('/decision-definitions/search', body, signal);
  return found.items[0] ?? null;
}

/** Forms have no names of their own in lists: they are called by their ids. */
export async function deployedForms(signal?: AbortSignal): Promise<Deployed[]> {
  const body = {
    filter: { resourceName: { $like: '*.form' } },
    sort: [{ field: 'resourceKey', order: 'DESC' }],
    page: { limit: MOST },
  };
  const found = await post<SearchResult<Schemas['Resource']>>('/resources/search', body, signal);
  const ids = [...new Set(found.items.map(({ resourceId }) => resourceId))].toSorted();
  return ids.map((id) => ({ id, name: id }));
}

export async function deployedProcesses(signal?: AbortSignal): Promise<Deployed[]> {
  const found = await getLatest(signal);
  return found.map(({ processDefinitionId: id, name }) => ({ id, name: name || id }));
}
