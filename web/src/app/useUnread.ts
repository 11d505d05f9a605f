/** How many notifications are unread: asked again when one comes or is read, and now and then. */
import { useEffect } from 'react';
import { useLive } from '../api/events';
import { countUnread } from '../api/notifications';
import { useResource } from '../ui/useResource';

/** What a connection that is refused or away does not tell. */
const EVERY = 120_000;

export function useUnread(): number {
  const { data, reload } = useResource(countUnread);
  useLive((event) => event.kind === 'notification', reload);
  useEffect(() => {
    const timer = setInterval(reload, EVERY);
    return () => clearInterval(timer);
  }, [reload]);
  return data ?? 0;
}
