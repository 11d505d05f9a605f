/** What the address asks for, and the results of control points that are found, longer on demand. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { RESULTS, searchChecked, type CheckedQuery } from '../../api/checked';
import { usePages } from '../../ui/usePages';

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
  return usePages(
    useCallback(
      (page: Parameters<typeof searchChecked>[1], signal?: AbortSignal) => searchChecked(query, page, signal),
      [query],
    ),
    PAGE,
  );
}
