/** One's own searches of cases, kept on the server. */
import { NOTHING, type CaseSearch } from './caseSearch';
import { get, post, request } from './client';
import type { components } from './generated';

export interface SavedSearch {
  savedSearchKey: string;
  name: string;
  search: CaseSearch;
}

export async function getSavedSearches(signal?: AbortSignal): Promise<SavedSearch[]> {
  const { items } = await get<components['schemas']['SavedSearchList']>('/authentication/me/saved-searches', signal);
  return items.map(({ savedSearchKey, name, conditions }) => ({
    savedSearchKey,
    name,
    search: { ...NOTHING, ...(conditions as Partial<CaseSearch>) },
  }));
}

export async function saveSearch(name: string, search: CaseSearch): Promise<void> {
  const conditions = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''));
  await post('/authentication/me/saved-searches', { name, conditions });
}

export async function renameSearch(key: string, name: string): Promise<void> {
  await request(`/authentication/me/saved-searches/${key}`, { method: 'PATCH', body: { name } });
}

export async function deleteSearch(key: string): Promise<void> {
  await request(`/authentication/me/saved-searches/${key}`, { method: 'DELETE' });
}
