/** One's own saved views of the inbox. */
import { get, post, request } from './client';
import type { SavedView } from './types';

const MINE = '/authentication/me/inbox-views';
export type ViewContent = Omit<SavedView, 'inboxViewKey' | 'name' | 'rev'>;

export async function getViews(signal?: AbortSignal): Promise<SavedView[]> {
  return (await get<{ items: SavedView[] }>(MINE, signal)).items;
}

/** Resolves to the key of the new one; refused with 409 when there is one of this name. */
export async function saveView(name: string, content: ViewContent): Promise<string> {
  return (await post<{ inboxViewKey: string }>(MINE, { name, ...content })).inboxViewKey;
}

/** All of it anew; refused with 409 when it was changed elsewhere meanwhile. */
export async function changeView({ inboxViewKey, name, rev, ...content }: SavedView): Promise<void> {
  const headers = { 'If-Match': `"${rev}"` };
  await request(`${MINE}/${inboxViewKey}`, { method: 'PUT', body: { name, ...content }, headers });
}

export async function deleteView({ inboxViewKey, rev }: SavedView): Promise<void> {
  await request(`${MINE}/${inboxViewKey}`, { method: 'DELETE', headers: { 'If-Match': `"${rev}"` } });
}
