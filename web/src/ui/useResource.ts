/** Something read from the server: loading, loaded or failed, and a way to read it again without blinking. */
import { useCallback, useEffect, useState } from 'react';

export interface Resource<T> {
  data: T | undefined;
  error: unknown;
  loading: boolean;
  /** Reads again; what is shown stays until the new answer is there. */
  reload: () => void;
}

/** `load` must be stable (useCallback): a new function means another thing, and what was shown goes. */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [state, setState] = useState<{ of: unknown; data: T | undefined; error: unknown }>({
    of: null,
    data: undefined,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({ of: load, data, error: null });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => ({ of: load, data: before.of === load ? before.data : undefined, error }));
      },
    );
    return () => abort.abort();
  }, [load, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const current = state.of === load;
  return {
    data: current ? state.data : undefined,
    error: current ? state.error : null,
    loading: !current,
    reload,
  };
}
