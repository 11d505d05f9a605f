import { useCallback, useEffect, useState } from 'react';
import { searchCases, type CaseQuery } from '../../api/cases';
import type { ProcessInstance, SearchResult } from '../../api/types';

const PAGE = 50;

interface State {
  of: string;
  items: ProcessInstance[] | null;
  cursor: string | null;
  error: unknown;
}

/** The register of cases, longer on demand. */
export function useCases({ state, text }: CaseQuery) {
  const of = `${state ?? ''}/${text}`;
  const [loaded, setLoaded] = useState<State>({ of: ' ', items: null, cursor: null, error: null });
  const [turn, setTurn] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  const current = loaded.of === of ? loaded : null;

  useEffect(() => {
    const abort = new AbortController();
    searchCases({ state, text }, { limit: PAGE }, abort.signal).then(
      (result) => setLoaded({ of, items: result.items, cursor: cursorOf(result), error: null }),
      (error: unknown) => {
        if (!abort.signal.aborted) setLoaded({ of, items: null, cursor: null, error });
      },
    );
    return () => abort.abort();
  }, [state, text, of, turn]);

  const cursor = current?.cursor ?? null;
  const loadMore = useCallback(() => {
    if (!cursor) return;
    setLoadingMore(true);
    searchCases({ state, text }, { limit: PAGE, after: cursor })
      .then(
        (result) =>
          setLoaded((before) =>
            before.of === of
              ? { ...before, items: joined(before.items, result.items), cursor: cursorOf(result) }
              : before,
          ),
        (error: unknown) => setLoaded((before) => ({ ...before, error })),
      )
      .finally(() => setLoadingMore(false));
  }, [cursor, state, text, of]);

  return {
    items: current?.items ?? null,
    error: current?.error ?? null,
    cursor,
    loadingMore,
    loadMore,
    reload: useCallback(() => setTurn((n) => n + 1), []),
  };
}

function cursorOf({ items, page }: SearchResult<ProcessInstance>): string | null {
  return items.length >= PAGE ? page.endCursor : null;
}

function joined(before: ProcessInstance[] | null, next: ProcessInstance[]): ProcessInstance[] {
  const known = new Set(before?.map((item) => item.processInstanceKey));
  return [...(before ?? []), ...next.filter((item) => !known.has(item.processInstanceKey))];
}
