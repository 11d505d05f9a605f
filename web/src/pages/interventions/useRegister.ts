/** What the address asks for, and the interventions that are found, longer on demand. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { KINDS, searchInterventions, STATES, type RegisterQuery } from '../../api/interventionRegister';
import { usePages } from '../../ui/usePages';

const PAGE = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The query in the address, and the address of one that differs in a part. */
export function useQuery(): [RegisterQuery, (part: Partial<RegisterQuery>) => string] {
  const [params] = useSearchParams();
  const query = useMemo(() => read(params), [params]);
  const changed = useCallback(
    (part: Partial<RegisterQuery>) => {
      const kept = Object.entries({ ...query, ...part }).filter(([, value]) => Boolean(value)) as [string, string][];
      return `?${new URLSearchParams(kept).toString()}`;
    },
    [query],
  );
  return [query, changed];
}

function read(params: URLSearchParams): RegisterQuery {
  const day = (name: string) => (DAY.test(params.get(name) ?? '') ? params.get(name) : null);
  return {
    state: STATES.find((each) => each === params.get('state')) ?? null,
    kind: KINDS.find((each) => each === params.get('kind')) ?? null,
    process: params.get('process'),
    from: day('from'),
    until: day('until'),
  };
}

export function useRegister(query: RegisterQuery) {
  return usePages(
    useCallback(
      (page: Parameters<typeof searchInterventions>[1], signal?: AbortSignal) =>
        searchInterventions(query, page, signal),
      [query],
    ),
    PAGE,
  );
}
