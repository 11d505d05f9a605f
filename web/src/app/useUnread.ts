/** How many notifications are unread: asked again when a case moves, when one is read, and now and then. */
import { useEffect } from 'react';
import { useLive } from '../api/events';
import { countUnread } from '../api/notifications';
import { useResource } from '../ui/useResource';

const EVENT = 'krabuan:notification-read';
/** Reminders come from clocks, which announce nothing to this page. */
const EVERY = 120_000;

/** Tells the header that a notification has been read. */
export function tellRead(): void {
  window.dispatchEvent(new Event(EVENT));
}

export function useUnread(): number {
  const { data, reload } = useResource(countUnread);
  useLive((event) => event.kind === 'process-instance', reload, 3000);
  useEffect(() => {
    const timer = setInterval(reload, EVERY);
    window.addEventListener(EVENT, reload);
    return () => {
      clearInterval(timer);
      window.removeEventListener(EVENT, reload);
    };
  }, [reload]);
  return data ?? 0;
}
