/** The catalogue of what one may start, and one's favourites in it. */
import { get, post, request } from './client';
import type { components } from './generated';
import type { ProcessDefinitionKey, SearchResult } from './types';

type Schemas = components['schemas'];
export type CatalogueEntry = Schemas['CatalogueEntry'];
export type OwnerUnit = Schemas['OwnerUnit'];
export type ExpectedDuration = Schemas['ExpectedDuration'];
export type CatalogueResult = SearchResult<CatalogueEntry> & { units: OwnerUnit[] };

export interface CatalogueFilter {
  text?: string;
  ownerUnit?: string;
  favourite?: boolean;
  recent?: boolean;
}

/** By unit and name; with `recent` the one started last first. */
export function searchCatalogue(
  filter: CatalogueFilter,
  page: { limit: number; after?: string | undefined },
  signal?: AbortSignal,
): Promise<CatalogueResult> {
  const { limit, after } = page;
  return post('/process-catalogue/search', { filter, page: { limit, ...(after && { after }) } }, signal);
}

export function getCatalogueEntry(key: ProcessDefinitionKey, signal?: AbortSignal): Promise<CatalogueEntry> {
  return get(`/process-catalogue/${key}`, signal);
}

export async function setFavourite(processId: string, favourite: boolean): Promise<void> {
  const path = `/authentication/me/favourite-processes/${encodeURIComponent(processId)}`;
  await request(path, { method: favourite ? 'PUT' : 'DELETE' });
}
