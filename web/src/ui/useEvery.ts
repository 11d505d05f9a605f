import { useEffect, useRef } from 'react';

/** Does something again and again while `going` and somebody looks at the page: of what no event tells. */
export function useEvery(ms: number, going: boolean, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!going) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) latest.current();
    }, ms);
    return () => clearInterval(timer);
  }, [ms, going]);
}
