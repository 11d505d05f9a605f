/** The variables at a moment; those of the moment before stay until they are there, so that nothing jumps. */
import { useCallback, useEffect, useState } from 'react';
import { getVariablesAt, type PastVariable } from '../../../api/cases';
import type { ProcessInstanceKey } from '../../../api/types';

interface State {
  /** the event after which they stood */
  of: number;
  data: PastVariable[];
}

export function useVariablesAt(instance: ProcessInstanceKey, sequence: number) {
  const [state, setState] = useState<State | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    getVariablesAt(instance, sequence, abort.signal).then(
      (data) => {
        if (abort.signal.aborted) return;
        setError(null);
        setState({ of: sequence, data });
      },
      (problem: unknown) => {
        if (!abort.signal.aborted) setError(problem);
      },
    );
    return () => abort.abort();
  }, [instance, sequence, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { variables: state?.data, of: state?.of ?? null, error, reload };
}
