import { useEffect, useState } from 'react';
import { checkExpression, type FeelFault } from '../api/expressions';

/** How long nothing is typed before the server is asked; ms. */
export const PAUSE = 500;

interface Found {
  of: string;
  fault: FeelFault | null;
  names: readonly string[];
}

/** What the server's parser says of an expression, asked when nothing was typed for a while; null until it is known. */
export function useFault(expression: string, names: readonly string[]): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  const joined = names.join('\n');
  useEffect(() => {
    if (!expression.trim()) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const special = joined ? joined.split('\n') : [];
      checkExpression(expression, special, abort.signal).then(
        (answer) => setFound({ of: expression, ...answer }),
        // the check of the draft says it again: nothing is lost when this one fails
        () => setFound(null),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [expression, joined]);
  return found?.of === expression ? found : null;
}
