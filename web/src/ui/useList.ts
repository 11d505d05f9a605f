/** A list of the server, page by page: longer on demand, never shorter than what was shown. */
import { useCallback, useEffect, useState } from 'react';
import type { Page, SearchResult } from '../api/types';

export type LoadPage<Item> = (after: string | undefined, signal?: AbortSignal) => Promise<SearchResult<Item>>;

export interface List<Item> {
  items: Item[] | null;
  error: unknown;
  /** Whether there may be more. */
  more: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

interface State<Item> {
  of: unknown;
  items: Item[] | null;
  cursor: string | null;
  error: unknown;
}

/** `load` must be stable (useCallback): a new function means another list. */
export function useList<Item>(load: LoadPage<Item>): List<Item> {
  const [state, setState] = useState<State<Item>>({ of: null, items: null, cursor: null, error: null });
  const [turn, setTurn] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  const current = state.of === load ? state : null;

  useEffect(() => {
    const abort = new AbortController();
    load(undefined, abort.signal).then(
      ({ items, page }) => {
        if (!abort.signal.aborted) setState({ of: load, items, cursor: cursorOf(items.length, page), error: null });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setState({ of: load, items: null, cursor: null, error });
      },
    );
    return () => abort.abort();
  }, [load, turn]);

  const cursor = current?.cursor ?? null;
  const loadMore = useCallback(() => {
    if (!cursor) return;
    setLoadingMore(true);
    load(cursor)
      .then(
        ({ items, page }) => setState((before) => (before.of === load ? joined(before, items, page) : before)),
        (error: unknown) => setState((before) => ({ ...before, error })),
      )
      .finally(() => setLoadingMore(false));
  }, [cursor, load]);

  return {
    items: current?.items ?? null,
    error: current?.error ?? null,
    more: cursor !== null,
    loadingMore,
    loadMore,
    reload: useCallback(() => setTurn((n) => n + 1), []),
  };
}

function joined<Item>(before: State<Item>, next: Item[], page: Page): State<Item> {
  const items = [...(before.items ?? []), ...next];
  // what was removed meanwhile is still counted as shown; an empty page ends the list
  return { ...before, items, cursor: next.length > 0 ? cursorOf(items.length, page) : null };
}

function cursorOf(shown: number, page: Page): string | null {
  return page.hasMoreTotalItems || shown < page.totalItems ? page.endCursor : null;
}
