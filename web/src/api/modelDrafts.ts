/** Drafts of processes: files that are worked on together before they are deployed. */
import { get, getFile, post, request } from './client';
import type { components } from './generated';
import { saveFile } from './save';
import type { SearchResult } from './types';

type Schemas = components['schemas'];
type State = { state: 'OPEN' | 'AWAITING_APPROVAL' | 'PUBLISHED' | 'DISCARDED' };

export type ModelDraft = Omit<Schemas['OneModelDraft'], 'state'> & State;
/** As lists show it: without its files. */
export type ListedDraft = Omit<Schemas['ModelDraft'], 'state'> & State;
export type FileContent = Schemas['DraftContent'];
export type DraftRevision = Schemas['ModelDraftRevision'];
export type KnownVariable = Schemas['KnownVariable'];
export type Finding = Schemas['DraftFinding'];

const PAGE = 50;
const of = (draftKey: string) => `/model-drafts/${draftKey}`;
const content = (draftKey: string) => `${of(draftKey)}/files/content`;

/** The last changed first; without those that are published or discarded. */
export function searchDrafts(after: string | undefined, signal?: AbortSignal): Promise<SearchResult<ListedDraft>> {
  const filter = { state: { $in: ['OPEN', 'AWAITING_APPROVAL'] } };
  const sort = [{ field: 'updatedAt', order: 'DESC' }];
  return post('/model-drafts/search', { filter, sort, page: { limit: PAGE, ...(after && { after }) } }, signal);
}

/** Those of one process that are not published or discarded, the last changed first. */
export function searchDraftsOf(
  processDefinitionId: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<ListedDraft>> {
  const filter = { state: { $in: ['OPEN', 'AWAITING_APPROVAL'] }, processDefinitionId };
  const sort = [{ field: 'updatedAt', order: 'DESC' }];
  return post('/model-drafts/search', { filter, sort, page: { limit: PAGE, ...(after && { after }) } }, signal);
}

/** Every revision of every file of a draft, the newest first. */
export function searchRevisions(
  draftKey: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<DraftRevision>> {
  const sort = [{ field: 'revision', order: 'DESC' }];
  return post(`${of(draftKey)}/history/search`, { sort, page: { limit: PAGE, ...(after && { after }) } }, signal);
}

export const getDraft = (draftKey: string, signal?: AbortSignal) => get<ModelDraft>(of(draftKey), signal);

/** From a deployed version with all its files, or with one empty diagram. */
export async function createDraft(
  name: string,
  from?: { processDefinitionId: string; version: number },
): Promise<string> {
  return (await post<{ draftKey: string }>('/model-drafts', { name, ...from })).draftKey;
}

/** From an archive, or from single files. */
export async function importDraft(files: readonly File[]): Promise<string> {
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  return (await post<{ draftKey: string }>('/model-drafts/import', form)).draftKey;
}

export function getFileContent(draftKey: string, path: string, signal?: AbortSignal): Promise<FileContent> {
  return get(`${content(draftKey)}?path=${encodeURIComponent(path)}`, signal);
}

/** What is written: `revision` is that of the file as it was read, null for a new one. */
type Written = Omit<FileContent, 'revision'> & { revision: number | null };

/** The new revision. Rejects with 409 when the file has another one than `revision` by now. */
export async function putFile(draftKey: string, file: Written): Promise<number> {
  return (await request<{ revision: number }>(content(draftKey), { method: 'PUT', body: file })).data.revision;
}

/** Its history stays. Rejects with 409 when it has another revision by now. */
export async function deleteFile(draftKey: string, path: string, revision: number): Promise<void> {
  await request(`${content(draftKey)}?path=${encodeURIComponent(path)}&revision=${revision}`, { method: 'DELETE' });
}

/** Draws a diagram anew; the new revision. Rejects with 409 when it has another one than `revision` by now. */
export async function layOut(draftKey: string, path: string, revision: number): Promise<number> {
  return (await post<{ revision: number }>(`${of(draftKey)}/files/layout`, { path, revision })).revision;
}

/** Makes a file again what it was at the revision `to`. */
export async function restoreFile(
  draftKey: string,
  { path, to, revision }: { path: string; to: number; revision: number },
): Promise<void> {
  await post(`${of(draftKey)}/files/restoration`, { path, to, revision });
}

/** What a case may know at an element of the draft as it is saved. */
export async function knownVariables(
  draftKey: string,
  elementId: string,
  signal?: AbortSignal,
): Promise<KnownVariable[]> {
  return (await post<{ variables: KnownVariable[] }>(`${of(draftKey)}/variables`, { elementId }, signal)).variables;
}

export async function checkDraft(draftKey: string, signal?: AbortSignal): Promise<Finding[]> {
  return (await post<{ findings: Finding[] }>(`${of(draftKey)}/check`, {}, signal)).findings;
}

export async function publishDraft(draftKey: string, revision: number, reason: string): Promise<void> {
  await post(`${of(draftKey)}/publication`, { revision, reason });
}

/** Another person approves what was asked for: it is published. Rejects with 409 when it has another revision by now. */
export async function approveDraft(draftKey: string, revision: number): Promise<void> {
  await post(`${of(draftKey)}/publication/approval`, { revision });
}

/** Another person sends it back to work. */
export async function rejectDraft(draftKey: string, reason: string): Promise<void> {
  await post(`${of(draftKey)}/publication/rejection`, { reason });
}

/** Who asked takes it back. */
export async function withdrawDraft(draftKey: string): Promise<void> {
  await post(`${of(draftKey)}/publication/withdrawal`, {});
}

export async function discardDraft(draftKey: string): Promise<void> {
  await request(of(draftKey), { method: 'DELETE' });
}

export async function saveArchive(draftKey: string, name: string): Promise<void> {
  saveFile(await getFile(`${of(draftKey)}/archive`), `${name}.zip`);
}
