/** Who else has this task open. One is there oneself for as long as the page is seen, and the others are told. */
import { useEffect, useState } from 'react';
import { listen } from '../../api/events';
import { beAtTask, leaveTask } from '../../api/presence';
import type { UserTaskKey } from '../../api/types';

/** the server counts one as gone after 60 seconds */
const AGAIN = 25_000;

/** User names. While `there` is false one neither says anything nor is told. What fails is tried again the next time. */
export function usePresence(key: UserTaskKey, there: boolean): string[] {
  const [others, setOthers] = useState<string[]>([]);
  useEffect(() => {
    if (!there) return undefined;
    let left = false;
    const say = () => {
      if (document.hidden) return;
      beAtTask(key).then(
        (found) => {
          const names = found.map(({ username }) => username);
          if (!left) setOthers((before) => (before.join(' ') === names.join(' ') ? before : names));
        },
        () => undefined,
      );
    };
    const onSeen = () => {
      if (document.hidden) leaveTask(key).catch(() => undefined);
      else say();
    };
    say();
    const timer = setInterval(say, AGAIN);
    const stop = listen((event) => {
      if (event.kind === 'task-presence' && event.userTaskKey === key) say();
    });
    document.addEventListener('visibilitychange', onSeen);
    return () => {
      left = true;
      clearInterval(timer);
      stop();
      document.removeEventListener('visibilitychange', onSeen);
      setOthers([]);
      leaveTask(key).catch(() => undefined);
    };
  }, [key, there]);
  return others;
}
