import { useCallback } from 'react';
import { searchCases, type CaseQuery } from '../../api/cases';
import { usePages, type PageOf } from '../../ui/usePages';

const PAGE = 50;

/** The register of cases, longer on demand. */
export function useCases({ state, text }: CaseQuery) {
  return usePages(
    useCallback((page: PageOf, signal?: AbortSignal) => searchCases({ state, text }, page, signal), [state, text]),
    PAGE,
  );
}
