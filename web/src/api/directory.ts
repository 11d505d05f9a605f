/**
 * What people and groups are called. Names are asked for as pages need them, those of one moment in one request, and kept
 * for as long as the application is open. A name that is not known (yet) is the key itself.
 */
import { post } from './client';
import type { components } from './generated';
import type { SearchResult, Texts } from './types';

type Names = components['schemas']['NamesResult'];

/** Somebody whose account is deactivated has left. */
export type Named = Texts & { left?: boolean };
type Fetch = (ids: string[]) => Promise<Map<string, Named>>;

export class NameBook {
  private readonly known = new Map<string, Named | null>();
  private wanted = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private edition = 0;

  constructor(private readonly fetchNames: Fetch) {}

  /** Undefined while it is not known. */
  get(id: string): Named | undefined {
    return this.known.get(id) ?? undefined;
  }

  want(ids: readonly string[]): void {
    const missing = ids.filter((id) => !this.known.has(id));
    if (missing.length === 0) return;
    if (this.wanted.size === 0) queueMicrotask(() => void this.ask());
    for (const id of missing) this.wanted.add(id);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever names came in. */
  readonly snapshot = (): number => this.edition;

  private async ask(): Promise<void> {
    const ids = [...this.wanted];
    this.wanted = new Set();
    for (const id of ids) this.known.set(id, null);
    try {
      for (const [id, name] of await this.fetchNames(ids)) this.known.set(id, name);
    } catch {
      // keys are shown; the next page that needs the names asks again
      for (const id of ids) this.known.delete(id);
    }
    this.edition += 1;
    for (const listener of this.listeners) listener();
  }
}

export const groupBook = new NameBook(async (ids) => {
  const body = { filter: { groupId: { $in: ids } }, page: { limit: ids.length } };
  const found = await post<SearchResult<{ groupId: string; name: string; nameEn: string }>>('/groups/search', body);
  return new Map(found.items.map(({ groupId, name, nameEn }) => [groupId, { th: name, en: nameEn }]));
});

/** user names in one request; the server takes no more */
const MOST_NAMES = 200;

export const personBook = new NameBook(async (ids) => {
  const parts = Array.from({ length: Math.ceil(ids.length / MOST_NAMES) }, (_, part) => part * MOST_NAMES);
  const answers = await Promise.all(
    parts.map((at) => post<Names>('/users/names', { usernames: ids.slice(at, at + MOST_NAMES) })),
  );
  const items = answers.flatMap((answer) => answer.items);
  return new Map(items.map(({ username, name, active }) => [username, { th: name, en: name, left: !active }]));
});

export interface FoundPerson {
  username: string;
  name: string | null;
}

/** The first people whose name, or user name, has the text in it. */
export async function searchPeople(text: string, signal?: AbortSignal): Promise<FoundPerson[]> {
  const like = { $like: `*${text.replace(/[\\*?]/g, '\\$&')}*` };
  const filter = text ? { $or: [{ name: like }, { username: like }] } : {};
  const body = { filter, sort: [{ field: 'name' }], page: { limit: 8 } };
  return (await post<SearchResult<FoundPerson>>('/users/search', body, signal)).items;
}

/** The units that a holder of one of the positions heads. */
export async function unitsHeaded(positions: readonly string[], signal?: AbortSignal): Promise<string[]> {
  if (positions.length === 0) return [];
  const filter = { groupId: { $in: positions }, headOf: { $exists: true } };
  const found = await post<SearchResult<{ headOf: string | null }>>('/groups/search', { filter }, signal);
  return found.items.flatMap(({ headOf }) => headOf ?? []);
}

export interface Group {
  groupId: string;
  name: string;
  nameEn: string;
}

const MOST_GROUPS = 500;

/** Every group, by name. */
export const allGroups = (signal?: AbortSignal) => findGroups({}, signal);

/** The units of the office, by name. */
export const getUnits = (signal?: AbortSignal) => findGroups({ kind: 'unit' }, signal);

async function findGroups(filter: object, signal?: AbortSignal): Promise<Group[]> {
  const body = { filter, sort: [{ field: 'name' }], page: { limit: MOST_GROUPS } };
  return (await post<SearchResult<Group>>('/groups/search', body, signal)).items;
}
