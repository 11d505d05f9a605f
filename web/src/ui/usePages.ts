/** A search of the server, page by page: the first anew with each search, what comes after it on demand. */
import { useCallback, useState } from 'react';
import type { SearchResult } from '../api/types';
import { useResource } from './useResource';

type Load<Item> = (page: { limit: number; after?: string }, signal?: AbortSignal) => Promise<SearchResult<Item>>;

/** `load` must be stable (useCallback): a new function means another search. `size` is the length of a page. */
export function usePages<Item>(load: Load<Item>, size: number) {
  // what comes after the first page; forgotten whenever that is read anew
  const [more, setMore] = useState<{ of: unknown; items: Item[]; cursor: string | null } | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const first = useResource(useCallback((signal: AbortSignal) => load({ limit: size }, signal), [load, size]));
  const later = more?.of === first.data ? more : null;
  const cursorOf = ({ items, page }: SearchResult<Item>) => (items.length >= size ? page.endCursor : null);
  const cursor = later ? later.cursor : first.data ? cursorOf(first.data) : null;

  async function loadMore() {
    if (!cursor) return;
    setLoadingMore(true);
    setFailed(null);
    try {
      const next = await load({ limit: size, after: cursor });
      setMore({ of: first.data, items: [...(later?.items ?? []), ...next.items], cursor: cursorOf(next) });
    } catch (error) {
      setFailed(error);
    } finally {
      setLoadingMore(false);
    }
  }

  return {
    items: first.data ? [...first.data.items, ...(later?.items ?? [])] : null,
    page: first.data?.page,
    error: first.error,
    reload: first.reload,
    failed,
    cursor,
    loadingMore,
    loadMore,
  };
}
