/** What this browser knows of accounts: the tours that were seen on it, and which choice of display it has of each. */
const STORAGE = 'krabuan.accounts';

interface Known {
  tours: string[];
  /** the revision of an account's settings that this browser has taken over */
  revs: Record<string, number>;
}

export function seenHere(tour: string): boolean {
  return read().tours.includes(tour);
}

export function seeHere(tour: string): void {
  const known = read();
  write({ ...known, tours: [...new Set([...known.tours, tour])] });
}

/** 0: none of them. */
export function revHere(username: string): number {
  return read().revs[username] ?? 0;
}

export function keepRev(username: string, rev: number): void {
  const known = read();
  write({ ...known, revs: { ...known.revs, [username]: rev } });
}

function read(): Known {
  try {
    const { tours, revs } = JSON.parse(localStorage.getItem(STORAGE) ?? '{}') as Partial<Known>;
    return { tours: Array.isArray(tours) ? tours : [], revs: revs ?? {} };
  } catch {
    return { tours: [], revs: {} };
  }
}

function write(known: Known): void {
  try {
    localStorage.setItem(STORAGE, JSON.stringify(known));
  } catch {
    // a browser may forbid storage; the account keeps it
  }
}
