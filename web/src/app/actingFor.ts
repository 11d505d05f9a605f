/** In whose name this page acts: a reload goes on with it, another tab does not. */
import { actInTheNameOf } from '../api/client';

const STORAGE = 'krabuan.actingFor';

/** Null: in one's own. */
export function keepActing(absent: string | null): void {
  actInTheNameOf(absent);
  try {
    if (absent === null) sessionStorage.removeItem(STORAGE);
    else sessionStorage.setItem(STORAGE, absent);
  } catch {
    // a browser may forbid storage; then it lasts as long as the page
  }
}

/** Goes on in whose name the page acted before it was loaded anew. */
export function goOnActing(): void {
  try {
    actInTheNameOf(sessionStorage.getItem(STORAGE));
  } catch {
    // see above
  }
}
