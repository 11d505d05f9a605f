/**
 * What was typed into a task's form and is not on the server yet, kept in this browser: per account, person and task. It
 * outlives a lost connection, an ended session, a closed tab and a browser that was killed. What the server has is not
 * kept here, so that little stays behind on a machine that several people use. Where the browser forbids storage, it is
 * kept as long as the page.
 */
import type { Texts, Variables } from '../api/types';

/** Whose draft of which task it is. */
export interface DraftPlace {
  /** the account that typed it */
  username: string;
  /** in whose name */
  inNameOf: string;
  taskKey: string;
}

export interface KeptDraft extends DraftPlace {
  /** what the fields are called, for who cannot open the form any more */
  labels: { path: string; label: Texts }[];
  values: Variables;
  /** `savedAt` of the server's draft that this goes on from; null: there was none */
  base: string | null;
  /** what was last sent and never answered: the server may have it */
  sent: Variables | null;
  /** since when the server has not got it: ms since 1970, by the server's clock */
  since: number;
}

const DATABASE = 'krabuan.drafts';
const STORE = 'drafts';
const KEY = ['username', 'inNameOf', 'taskKey'];
const inPage = new Map<string, KeptDraft>();
let opened: Promise<IDBDatabase> | null = null;

const nameOf = (place: DraftPlace) => JSON.stringify([place.username, place.inNameOf, place.taskKey]);

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: KEY });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no storage'));
    request.onblocked = () => reject(new Error('storage is blocked'));
  });
  return opened;
}

/** Resolves once it is on the disk. */
async function change(what: (store: IDBObjectStore) => void): Promise<void> {
  const transaction = (await open()).transaction(STORE, 'readwrite', { durability: 'strict' });
  what(transaction.objectStore(STORE));
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('storage refused'));
  });
}

async function read<T>(what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const request = what((await open()).transaction(STORE, 'readonly').objectStore(STORE));
  return await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage refused'));
  });
}

/** Keeps it in the place of an earlier one; resolves to whether it outlives the page. */
export async function keepHere(draft: KeptDraft): Promise<boolean> {
  inPage.set(nameOf(draft), draft);
  try {
    await change((store) => store.put(draft));
    return true;
  } catch {
    return false;
  }
}

export async function keptHere(place: DraftPlace): Promise<KeptDraft | null> {
  const found = inPage.get(nameOf(place));
  if (found) return found;
  try {
    const key = [place.username, place.inNameOf, place.taskKey];
    return (await read<KeptDraft | undefined>((store) => store.get(key))) ?? null;
  } catch {
    return null;
  }
}

export async function forgetHere({ username, inNameOf, taskKey }: DraftPlace): Promise<void> {
  inPage.delete(nameOf({ username, inNameOf, taskKey }));
  await change((store) => store.delete([username, inNameOf, taskKey])).catch(() => undefined);
}

/** Takes away what accounts other than this one left in the browser. */
export async function forgetOthers(username: string): Promise<void> {
  for (const [name, draft] of inPage) if (draft.username !== username) inPage.delete(name);
  try {
    const keys = await read((store) => store.getAllKeys());
    const others = keys.filter((key) => !Array.isArray(key) || key[0] !== username);
    if (others.length > 0) await change((store) => others.forEach((key) => store.delete(key)));
  } catch {
    // nothing is kept where the browser forbids it
  }
}
