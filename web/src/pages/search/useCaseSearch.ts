/** The search that the address asks for, a way to write another one, and what is found, longer on demand. */
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { findCases, NOTHING, type CaseSearch, type FoundCase, type Part } from '../../api/caseSearch';
import type { SearchResult } from '../../api/types';
import { useResource } from '../../ui/useResource';

const PAGE = 50;

export function readSearch(params: URLSearchParams): CaseSearch {
  const parts = (Object.keys(NOTHING) as Part[]).map((part) => [part, params.get(part) ?? '']);
  return Object.fromEntries(parts) as unknown as CaseSearch;
}

export function writeSearch(search: CaseSearch): string {
  return new URLSearchParams(Object.entries(search).filter(([, value]) => value !== '')).toString();
}

export function useCaseSearch(): CaseSearch {
  const [params] = useSearchParams();
  return useMemo(() => readSearch(params), [params]);
}

export function useFound(search: CaseSearch) {
  // what comes after the first page; forgotten whenever that is read anew
  const [more, setMore] = useState<{ of: unknown; items: FoundCase[]; cursor: string | null } | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const first = useResource(useCallback((signal: AbortSignal) => findCases(search, { limit: PAGE }, signal), [search]));
  const later = more?.of === first.data ? more : null;
  const cursor = later ? later.cursor : first.data ? cursorOf(first.data) : null;

  async function loadMore() {
    if (!cursor) return;
    setLoadingMore(true);
    setFailed(null);
    try {
      const next = await findCases(search, { limit: PAGE, after: cursor });
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

function cursorOf({ items, page }: SearchResult<FoundCase>): string | null {
  return items.length >= PAGE ? page.endCursor : null;
}
