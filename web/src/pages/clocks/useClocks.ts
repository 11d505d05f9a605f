/** The register of deadlines as the address of the page asks for it, longer on demand; and how many are in which state. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { countDeadlines, searchDeadlines, type DeadlineQuery } from '../../api/deadlines';
import { useLive } from '../../api/events';
import type { DeadlineState } from '../../api/types';
import { usePages, type PageOf } from '../../ui/usePages';
import { useResource } from '../../ui/useResource';

export const STATES: readonly DeadlineState[] = ['RUNNING', 'MISSED', 'OUT_OF_TERM', 'LATE', 'KEPT', 'CANCELLED'];
const PAGE = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The query in the address, and a way to change a part of it. */
export function useQuery(): [DeadlineQuery, (part: Partial<DeadlineQuery>) => string] {
  const [params] = useSearchParams();
  const query = useMemo(() => read(params), [params]);
  const changed = useCallback((part: Partial<DeadlineQuery>) => write({ ...query, ...part }), [query]);
  return [query, changed];
}

function read(params: URLSearchParams): DeadlineQuery {
  const day = (name: string) => (DAY.test(params.get(name) ?? '') ? params.get(name) : null);
  const kind = params.get('kind');
  return {
    state: STATES.find((each) => each === params.get('state')) ?? null,
    process: params.get('process'),
    unit: params.get('unit'),
    kind: kind === 'statutory' || kind === 'internal' ? kind : null,
    from: day('from'),
    until: day('until'),
  };
}

function write(query: DeadlineQuery): string {
  const given = Object.entries(query).filter((part): part is [string, string] => Boolean(part[1]));
  return new URLSearchParams(given).toString();
}

export function useCounts(query: DeadlineQuery) {
  const counts = useResource(useCallback((signal: AbortSignal) => countDeadlines(query, signal), [query]));
  useLive((event) => event.kind === 'process-instance', counts.reload);
  const of = (state: DeadlineState) =>
    (counts.data ?? []).filter((each) => each.state === state).reduce((sum, { count }) => sum + count, 0);
  return { known: counts.data !== undefined, of };
}

export function useClocks(query: DeadlineQuery) {
  const found = usePages(
    useCallback((page: PageOf, signal?: AbortSignal) => searchDeadlines(query, page, signal), [query]),
    PAGE,
  );
  useLive((event) => event.kind === 'process-instance', found.reload);
  return found;
}
