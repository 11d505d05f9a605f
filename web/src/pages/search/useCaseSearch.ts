/** The search that the address asks for, a way to write another one, and what is found, longer on demand. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { findCases, NOTHING, type CaseSearch, type Part } from '../../api/caseSearch';
import { usePages } from '../../ui/usePages';

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
  return usePages(
    useCallback(
      (page: Parameters<typeof findCases>[1], signal?: AbortSignal) => findCases(search, page, signal),
      [search],
    ),
    PAGE,
  );
}
