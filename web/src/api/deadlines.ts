/** The register of deadlines. */
import { post, request } from './client';
import type { Deadline, DeadlineCount, DeadlineState, SearchResult } from './types';

export interface DeadlineQuery {
  state: DeadlineState | null;
  process: string | null;
  unit: string | null;
  kind: 'statutory' | 'internal' | null;
  /** days of the office, YYYY-MM-DD; both within the period */
  from: string | null;
  until: string | null;
}

const ZONE = '+07:00';

function filterOf({ state, process, unit, kind, from, until }: DeadlineQuery): Record<string, unknown> {
  const due = {
    ...(from && { $gte: `${from}T00:00:00${ZONE}` }),
    ...(until && { $lte: `${until}T23:59:59.999999${ZONE}` }),
  };
  return {
    ...(state && { state }),
    ...(process && { processDefinitionId: process }),
    ...(unit && { ownerUnit: unit }),
    ...(kind && { kind }),
    ...((from || until) && { dueAt: due }),
  };
}

const SORT = [{ field: 'dueAt', order: 'ASC' }];

/** What is due first comes first. */
export function searchDeadlines(
  query: DeadlineQuery,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<Deadline>> {
  return post('/deadlines/search', { filter: filterOf(query), sort: SORT, page }, signal);
}

/** How many of each state, whatever state the query asks for. */
export async function countDeadlines(query: DeadlineQuery, signal?: AbortSignal): Promise<DeadlineCount[]> {
  const filter = filterOf({ ...query, state: null });
  return (await post<{ items: DeadlineCount[] }>('/deadlines/statistics', { filter }, signal)).items;
}

/** The same as a table for spreadsheets. */
export async function exportDeadlines(query: DeadlineQuery, language: string): Promise<string> {
  return post(`/deadlines/export?language=${language}`, { filter: filterOf(query), sort: SORT });
}

/** A file of no case yet: it becomes one of the case with the record that names it. */
async function upload(file: File | null): Promise<{ documentId?: string }> {
  if (!file) return {};
  const body = new FormData();
  body.append('file', file);
  const { data } = await request<{ documentId: string }>('/documents', { method: 'POST', body });
  return { documentId: data.documentId };
}

export async function supplement(
  key: string,
  said: { text: string; happenedAt: string | null },
  file: File | null,
): Promise<void> {
  await post(`/deadlines/${key}/supplements`, { ...said, ...(await upload(file)) });
}

/** What extending it needs, its document handed in already. */
export async function extension(
  dueDate: string,
  reason: string,
  file: File | null,
): Promise<{ dueDate: string; reason: string; documentId?: string }> {
  return { dueDate, reason, ...(await upload(file)) };
}
