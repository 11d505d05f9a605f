/**
 * The present moment as the server sees it. A countdown to a statutory deadline must not depend on a wrong clock of the
 * browser's machine, so each answer's time moves an offset.
 */
let offset = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since 1970, by the server's clock. */
export function now(): number {
  return Date.now() + offset;
}

/** Reads `X-Krabuan-Time` (exact) or else `Date` (whole seconds; a difference of up to two seconds is not a difference). */
export function observeServerTime(headers: Headers): void {
  const exact = headers.get('X-Krabuan-Time');
  const told = Date.parse(exact ?? headers.get('Date') ?? '');
  if (Number.isNaN(told)) return;
  const difference = told - Date.now();
  if (Math.abs(difference - offset) <= 2000) return;
  offset = Math.abs(difference) <= 2000 ? 0 : difference;
  for (const listener of listeners) listener();
}

/** Calls the listener each second; one timer serves all listeners. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
