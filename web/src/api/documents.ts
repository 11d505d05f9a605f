/** Documents: files of cases, and files that are attached to a form and not handed in yet. */
import { getFile, post, request, upload, type Upload } from './client';
import type { CaseDocument, DocumentReference, ProcessInstanceKey, SearchResult, UserTaskKey } from './types';

/** bytes of one file; the server takes no larger one */
export const LARGEST_FILE = 16 * 1024 * 1024;

/** What a file is for: the form of a task, a case, or a case that is about to be started. */
export type Destination =
  | { userTaskKey: UserTaskKey }
  | { processInstanceKey: ProcessInstanceKey; accessClass?: string }
  | { processDefinitionId: string; expiresAt: string };

/** `key` makes a repetition of the same upload harmless. */
export function uploadFile(file: File, to: Destination, key: string, options: Upload): Promise<DocumentReference> {
  const form = new FormData();
  form.append('file', file, file.name);
  form.append('metadata', JSON.stringify({ ...to, fileName: file.name }));
  return upload('/documents', form, { ...options, headers: { 'Idempotency-Key': key } });
}

export function readFile(documentId: string): Promise<Blob> {
  return getFile(`/documents/${encodeURIComponent(documentId)}`);
}

export async function removeFile(documentId: string): Promise<void> {
  await request(`/documents/${encodeURIComponent(documentId)}`, { method: 'DELETE' });
}

/** A class of its own; the lowest makes it as its case is. To lower it takes a reason. */
export async function classifyFile(documentId: string, accessClass: string, reason: string | null): Promise<void> {
  const path = `/documents/${encodeURIComponent(documentId)}/access-class`;
  await request(path, { method: 'PUT', body: { accessClass, reason } });
}

/** Those of one name one after the other, the latest version first. */
export function caseFiles(
  processInstanceKey: ProcessInstanceKey,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<CaseDocument>> {
  const sort = [{ field: 'fileName' }, { field: 'uploadDate', order: 'DESC' }];
  return post('/documents/search', { filter: { processInstanceKey }, sort, page }, signal);
}
