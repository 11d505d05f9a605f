/** Which control points hold with what is filled in, asked of the server a moment after the last change. */
import { useEffect, useState } from 'react';
import { judgeTask } from '../../api/userTasks';
import type { ControlPoint, UserTaskKey, Variables } from '../../api/types';

const PAUSE = 700;

/** By control point; empty until it is known, and when it is not one's own task. What fails is asked with the next change. */
export function useJudged(
  key: UserTaskKey,
  points: readonly ControlPoint[],
  filled: Variables,
  mine: boolean,
): ReadonlyMap<string, boolean> {
  const [judged, setJudged] = useState<ReadonlyMap<string, boolean>>(NONE);
  const asks = mine && points.some(({ state }) => state === 'OPEN');
  useEffect(() => {
    if (!asks) return undefined;
    const asking = new AbortController();
    const wait = setTimeout(() => {
      judgeTask(key, filled, asking.signal).then(
        (items) => setJudged(new Map(items.map(({ controlPointId, satisfied }) => [controlPointId, satisfied]))),
        () => undefined,
      );
    }, PAUSE);
    return () => {
      clearTimeout(wait);
      asking.abort();
    };
  }, [key, asks, filled]);
  return asks ? judged : NONE;
}

const NONE: ReadonlyMap<string, boolean> = new Map();
