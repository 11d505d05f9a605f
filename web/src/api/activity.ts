/** Whether somebody is at work in this page: the server ends a session in which nobody was for an hour. */

/** Requests that a page makes this long after the last touch of a key or pointer say that nobody asked for them. */
const IDLE_AFTER = 120_000;
let last = Date.now();

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
  window.addEventListener(kind, () => (last = Date.now()), { capture: true, passive: true });
}

/** The header of a request that nobody asked for. */
export function idleHeader(): Record<string, string> {
  return Date.now() - last > IDLE_AFTER ? { 'X-Krabuan-Idle': '1' } : {};
}
