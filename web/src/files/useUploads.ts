/** Files on their way to the server, one after the other: an office's line carries one large file better than five. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DocumentReference } from '../api/types';
import type { FileDesk } from './fileDesk';
import { isOfKind } from './kinds';

/** What is taken. `largest` in bytes. */
export interface FileRules {
  kinds: readonly string[];
  largest: number;
  several: boolean;
}

export type Refusal = 'kind' | 'size' | 'empty' | 'one';

export interface OnItsWay {
  key: string;
  file: File;
  /** from 0 to 1 */
  part: number;
  refused: Refusal | null;
  /** why it did not arrive; it can be tried again */
  error: unknown;
}

export function refusalOf(file: File, { kinds, largest }: FileRules): Refusal | null {
  if (!isOfKind(file.name, kinds)) return 'kind';
  if (file.size > largest) return 'size';
  return file.size === 0 ? 'empty' : null;
}

export function isMoving({ refused, error }: OnItsWay): boolean {
  return refused === null && error === null;
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function useUploads(
  desk: FileDesk,
  rules: FileRules,
  onDone: (reference: DocumentReference) => void,
  onMoving?: (moving: boolean) => void,
) {
  const [items, setItems] = useState<readonly OnItsWay[]>([]);
  const turn = useRef(Promise.resolve());
  const stops = useRef(new Map<string, AbortController>());
  const done = useRef(onDone);
  const told = useRef(onMoving);
  useEffect(() => {
    done.current = onDone;
    told.current = onMoving;
  }, [onDone, onMoving]);
  useEffect(() => {
    const controllers = stops.current;
    return () => controllers.forEach((controller) => controller.abort());
  }, []);
  const moving = items.some(isMoving);
  useEffect(() => {
    if (!moving) return undefined;
    told.current?.(true);
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      told.current?.(false);
      window.removeEventListener('beforeunload', ask);
    };
  }, [moving]);

  const change = useCallback((key: string, to: Partial<OnItsWay>) => {
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...to } : item)));
  }, []);
  const drop = useCallback((key: string) => {
    stops.current.get(key)?.abort();
    stops.current.delete(key);
    setItems((before) => before.filter((item) => item.key !== key));
  }, []);

  const send = useCallback(
    (key: string, file: File) => {
      const stop = new AbortController();
      stops.current.set(key, stop);
      const go = async () => {
        if (stop.signal.aborted) return;
        try {
          const onProgress = (part: number) => change(key, { part });
          const reference = await desk.upload(file, key, { signal: stop.signal, onProgress });
          drop(key);
          done.current(reference);
        } catch (error) {
          if (!stop.signal.aborted) change(key, { error, part: 0 });
        }
      };
      turn.current = turn.current.then(go);
    },
    [desk, change, drop],
  );

  function add(files: readonly File[]): void {
    const next = files.map((file, place): OnItsWay => {
      const refused = place > 0 && !rules.several ? 'one' : refusalOf(file, rules);
      return { key: newKey(), file, part: 0, refused, error: null };
    });
    setItems((before) => [...before.filter(isMoving), ...next]);
    next.filter(isMoving).forEach(({ key, file }) => send(key, file));
  }

  function again({ key, file }: OnItsWay): void {
    change(key, { error: null, part: 0 });
    send(key, file);
  }

  return { items, moving, add, again, drop };
}
