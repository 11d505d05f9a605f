/**
 * Server-sent events: what changed elsewhere. One connection serves all listeners of a page. It is closed while the page
 * is hidden: browsers allow six connections to a server, and six open tabs would otherwise leave none for requests.
 */
import { useEffect, useRef } from 'react';
import type { UserTaskState } from './types';

export type LiveEvent =
  | { kind: 'user-task'; userTaskKey: string; state: UserTaskState; assignee: string | null }
  /** others have its page open now */
  | { kind: 'task-presence'; userTaskKey: string }
  | { kind: 'process-instance'; processInstanceKey: string }
  | { kind: 'calendar-change'; calendarChangeKey: string }
  /** the bell shows something new, or something was read elsewhere */
  | { kind: 'notification' }
  /** the connection was away for a while: events may have been missed */
  | { kind: 'reconnected' };

type Listener = (event: LiveEvent) => void;

/** A server that refuses the stream is asked again after this time; lost connections the browser opens anew by itself. */
const REFUSED_WAIT = 15_000;
const listeners = new Set<Listener>();
let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
let away = false;

function tell(event: LiveEvent): void {
  for (const listener of listeners) listener(event);
}

function open(): void {
  if (source || document.hidden || listeners.size === 0 || typeof EventSource === 'undefined') return;
  const opened = new EventSource('/v2/events');
  source = opened;
  for (const kind of ['user-task', 'task-presence', 'process-instance', 'notification', 'calendar-change'] as const) {
    opened.addEventListener(kind, (event) => tell({ ...parse(event), kind } as LiveEvent));
  }
  // the server dropped announcements because this browser was too slow to take them
  opened.addEventListener('resync', () => tell({ kind: 'reconnected' }));
  opened.addEventListener('error', () => {
    away = true;
    if (opened.readyState !== EventSource.CLOSED) return;
    close();
    retry = setTimeout(open, REFUSED_WAIT);
  });
  opened.addEventListener('open', () => {
    if (away) tell({ kind: 'reconnected' });
    away = false;
  });
}

function close(): void {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function onVisibility(): void {
  if (document.hidden) {
    away = true;
    close();
  } else {
    open();
  }
}

function parse(event: MessageEvent<string>): object {
  const data: unknown = JSON.parse(event.data);
  return typeof data === 'object' && data !== null ? data : {};
}

export function listen(listener: Listener): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', onVisibility);
  listeners.add(listener);
  open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', onVisibility);
    close();
    away = false;
  };
}

/**
 * Calls `react` once for the events of `calm` milliseconds that `concerns` accepts. A reconnection always concerns.
 */
export function useLive(concerns: (event: LiveEvent) => boolean, react: () => void, calm = 400): void {
  const latest = useRef({ concerns, react });
  useEffect(() => {
    latest.current = { concerns, react };
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen((event) => {
      if (event.kind !== 'reconnected' && !latest.current.concerns(event)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current.react();
      }, calm);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [calm]);
}
