/** A search of the server, page by page, of pages of one length. */
import { useCallback } from 'react';
import type { SearchResult } from '../api/types';
import { useGrowing } from './useGrowing';

export interface PageOf {
  limit: number;
  after?: string;
}
type Load<Item> = (page: PageOf, signal?: AbortSignal) => Promise<SearchResult<Item>>;

/** `load` must be stable (useCallback): a new function means another search. `size` is the length of a page. */
export function usePages<Item>(load: Load<Item>, size: number) {
  return useGrowing<Item>(
    useCallback((after, signal) => load({ limit: size, ...(after && { after }) }, signal), [load, size]),
    // a page that is not full is the last one
    (_shown, { items, page }) => (items.length >= size ? page.endCursor : null),
  );
}
