/** What the address asks for, and the results of control points that are found, longer on demand. */
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { RESULTS, searchChecked, type CheckedPoint, type CheckedQuery } from '../../api/checked';
import type { SearchResult } from '../../api/types';
import { useResource } from '../../ui/useResource';

const PAGE = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The query in the address, and the address of one that differs in a part. */
export function useQuery(): [CheckedQuery, (part: Partial<CheckedQuery>) => string] {
  const [params] = useSearchParams();
  const query = useMemo(() => read(params), [params]);
  const changed = useCallback(
    (part: Partial<CheckedQuery>) => {
      const all: [string, string | null][] = Object.entries({ ...query, ...part });
      return new URLSearchParams(all.filter((each): each is [string, string] => Boolean(each[1]))).toString();
    },
    [query],
  );
  return [query, changed];
}

function read(params: URLSearchParams): CheckedQuery {
  const day = (name: string) => (DAY.test(params.get(name) ?? '') ? params.get(name) : null);
  return {
    state: RESULTS.find((each) => each === params.get('state')) ?? null,
    process: params.get('process'),
    person: params.get('person'),
    from: day('from'),
    until: day('until'),
  };
}

export function useChecked(query: CheckedQuery) {
  // what comes after the first page; forgotten whenever that is read anew
  const [more, setMore] = useState<{ of: unknown; items: CheckedPoint[]; cursor: string | null } | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const first = useResource(
    useCallback((signal: AbortSignal) => searchChecked(query, { limit: PAGE }, signal), [query]),
  );
  const later = more?.of === first.data ? more : null;
  const cursor = later ? later.cursor : first.data ? cursorOf(first.data) : null;

  async function loadMore() {
    if (!cursor) return;
    setLoadingMore(true);
    setFailed(null);
    try {
      const next = await searchChecked(query, { limit: PAGE, after: cursor });
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

function cursorOf({ items, page }: SearchResult<CheckedPoint>): string | null {
  return items.length >= PAGE ? page.endCursor : null;
}
