/** What lists of the server have in common: the first page anew with each search, what comes after it on demand. */
import { useCallback, useState } from 'react';
import type { SearchResult } from '../api/types';
import { useResource } from './useResource';

export type LoadAfter<Item> = (after: string | undefined, signal?: AbortSignal) => Promise<SearchResult<Item>>;

/**
 * `load` must be stable (useCallback): a new function means another list. `cursorOf` says where the list goes on, given
 * how many items are shown and the page that came last; null: nowhere.
 */
export function useGrowing<Item>(
  load: LoadAfter<Item>,
  cursorOf: (shown: number, last: SearchResult<Item>) => string | null,
) {
  // what comes after the first page; forgotten whenever that is read anew
  const [more, setMore] = useState<{ of: unknown; items: Item[]; cursor: string | null } | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const first = useResource(useCallback((signal: AbortSignal) => load(undefined, signal), [load]));
  const later = more?.of === first.data ? more : null;
  const cursor = later ? later.cursor : first.data ? cursorOf(first.data.items.length, first.data) : null;
  const items = first.data ? [...first.data.items, ...(later?.items ?? [])] : null;

  async function loadMore() {
    if (!cursor) return;
    setLoadingMore(true);
    setFailed(null);
    try {
      const next = await load(cursor);
      const added = [...(later?.items ?? []), ...next.items];
      const shown = (first.data?.items.length ?? 0) + added.length;
      setMore({ of: first.data, items: added, cursor: cursorOf(shown, next) });
    } catch (error) {
      setFailed(error);
    } finally {
      setLoadingMore(false);
    }
  }

  return {
    items,
    page: first.data?.page,
    error: first.error,
    reload: first.reload,
    failed,
    cursor,
    loadingMore,
    loadMore,
  };
}
