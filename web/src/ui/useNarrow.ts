import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 40rem)';

/** Whether the window is as narrow as a telephone's, in letters: larger letters make it narrow sooner. */
export function useNarrow(): boolean {
  return useSyncExternalStore(follow, () => media()?.matches ?? false);
}

function follow(changed: () => void): () => void {
  const watched = media();
  watched?.addEventListener('change', changed);
  return () => watched?.removeEventListener('change', changed);
}

/** Not where there is no window to measure, as in component tests. */
function media(): MediaQueryList | null {
  return typeof window.matchMedia === 'function' ? window.matchMedia(NARROW) : null;
}
