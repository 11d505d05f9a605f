/** The case as it stood at the moment that is looked at. */
import { useCallback, useMemo } from 'react';
import { getXml } from '../../../api/definitions';
import type { HistoryEvent } from '../../../api/types';
import { namesOf, type Names } from '../../../diagram/names';
import { useResource } from '../../../ui/useResource';
import { Replay, type CaseAt, type Version } from './caseAt';

export interface Replayed {
  at: CaseAt;
  /** how many events had happened, of those that are read */
  count: number;
}

/** Null at present, and before the history is read. A number after the last event is the last event's. */
export function useReplay(replay: Replay | null, events: readonly HistoryEvent[] | null, sequence: number | null) {
  return useMemo((): Replayed | null => {
    if (!replay || !events || sequence === null) return null;
    const count = events.findLastIndex((event) => event.sequence <= sequence) + 1;
    return { at: replay.after(count), count };
  }, [replay, events, sequence]);
}

export function useStates(events: readonly HistoryEvent[] | null, definition: string, version: number) {
  return useMemo(
    () => (events ? new Replay(events, { definition, number: version }) : null),
    [events, definition, version],
  );
}

/** The names of steps in every version that the case followed; where two differ, the present one's. */
export function useAllNames(versions: readonly Version[], present: Names): Names {
  const keys = versions.map(({ definition }) => definition).join(' ');
  const older = useResource(
    useCallback(async (): Promise<Names> => {
      const parts = keys.split(' ').filter(Boolean);
      const found = parts.length < 2 ? [] : await Promise.all(parts.map((key) => getXml(key).catch(() => '')));
      return Object.assign({}, ...found.map(namesOf)) as Names;
    }, [keys]),
  );
  return useMemo(() => ({ ...older.data, ...present }), [older.data, present]);
}
