/** The moment of a case that is looked at, held by the page's address, so that a link leads to it. */
import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

const PARAMETER = 'event';
/** Who moves on within this time, in milliseconds, does not want to know more of where they are now. */
const REST = 250;

export interface Moment {
  /** sequence number of the last event that has happened; null is the present */
  sequence: number | null;
  /** the same once nobody has moved on for a little while: what has to be asked of the server is asked of this */
  settled: number | null;
  go: (sequence: number | null) => void;
}

export function useMoment(): Moment {
  const [params, setParams] = useSearchParams();
  const written = read(params);
  const [sequence, setSequence] = useState(written);
  const [settled, setSettled] = useState(written);
  useEffect(() => {
    if (sequence === settled) return undefined;
    const timer = setTimeout(() => {
      setSettled(sequence);
      setParams(
        (before) => {
          if (sequence === null) before.delete(PARAMETER);
          else before.set(PARAMETER, String(sequence));
          return before;
        },
        { replace: true, preventScrollReset: true },
      );
    }, REST);
    return () => clearTimeout(timer);
  }, [sequence, settled, setParams]);
  const go = useCallback((next: number | null) => setSequence(next), []);
  return { sequence, settled, go };
}

function read(params: URLSearchParams): number | null {
  const text = params.get(PARAMETER);
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
