import { useEffect } from 'react';
import type { Saver } from '../../modeler/saver';

/** Saves at once when the page is put away or left, and has the browser ask before what is not saved is lost. */
export function useLeaving(unsaved: boolean, saver: Saver): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const hide = () => void (document.visibilityState === 'hidden' && saver.settled());
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener('visibilitychange', hide);
    window.addEventListener('beforeunload', ask);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      window.removeEventListener('beforeunload', ask);
    };
  }, [unsaved, saver]);
}
