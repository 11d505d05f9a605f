/** Process instances, which the pages call cases. */
import { get, getFile, post } from './client';
import type {
  Comment,
  ControlPoint,
  DeadlineDetails,
  ElementInstance,
  ElementStatistics,
  HistoryArchive,
  HistoryEvent,
  ProcessInstance,
  ProcessInstanceKey,
  ProcessInstanceState,
  Reader,
  SearchResult,
  UserTaskKey,
  Variable,
  Variables,
  Verification,
} from './types';

export interface CaseQuery {
  state: ProcessInstanceState | null;
  text: string;
}

/** The latest first. */
export function searchCases(
  { state, text }: CaseQuery,
  page: { limit: number; after?: string | undefined },
  signal?: AbortSignal,
): Promise<SearchResult<ProcessInstance>> {
  const filter = { ...(state && { state }), ...(text && { text }) };
  const sort = [{ field: 'startDate', order: 'DESC' }];
  return post(
    '/process-instances/search',
    { filter, sort, page: { limit: page.limit, ...(page.after && { after: page.after }) } },
    signal,
  );
}

export function getCase(key: ProcessInstanceKey, signal?: AbortSignal): Promise<ProcessInstance> {
  return get(`/process-instances/${key}`, signal);
}

async function items<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  return (await get<{ items: T[] }>(path, signal)).items;
}

export function getDeadlines(key: ProcessInstanceKey, signal?: AbortSignal): Promise<DeadlineDetails[]> {
  return items(`/process-instances/${key}/deadlines`, signal);
}

export function getCaseControlPoints(key: ProcessInstanceKey, signal?: AbortSignal): Promise<ControlPoint[]> {
  return items(`/process-instances/${key}/control-points`, signal);
}

export function getComments(key: ProcessInstanceKey, signal?: AbortSignal): Promise<Comment[]> {
  return items(`/process-instances/${key}/comments`, signal);
}

interface NewComment {
  text: string;
  /** user names: they are told */
  mentions: readonly string[];
  userTaskKey?: UserTaskKey;
}

export async function addComment(key: ProcessInstanceKey, comment: NewComment): Promise<void> {
  await post(`/process-instances/${key}/comments`, comment);
}

const MOST_READERS = 8;

/** The first people, by name, who may read the case and whose name, or user name, has the text in it. */
export async function searchReaders(key: ProcessInstanceKey, text: string, signal?: AbortSignal): Promise<Reader[]> {
  const like = { $like: `*${text.replaceAll(/[\\*?]/g, '\\$&')}*` };
  const filter = text ? { $or: [{ name: like }, { username: like }] } : {};
  const body = { filter, sort: [{ field: 'name' }], page: { limit: MOST_READERS } };
  return (await post<SearchResult<Reader>>(`/process-instances/${key}/readers/search`, body, signal)).items;
}

/** Ids of the sequence flows taken so far. */
export async function getTakenFlows(key: ProcessInstanceKey, signal?: AbortSignal): Promise<string[]> {
  const flows = await items<{ elementId: string }>(`/process-instances/${key}/sequence-flows`, signal);
  return flows.map((flow) => flow.elementId);
}

export function getElementStatistics(key: ProcessInstanceKey, signal?: AbortSignal): Promise<ElementStatistics[]> {
  return items(`/process-instances/${key}/statistics/element-instances`, signal);
}

/** What only holds other elements: being in it says nothing about where the case stands. */
const CONTAINERS = new Set([
  'PROCESS',
  'SUB_PROCESS',
  'EVENT_SUB_PROCESS',
  'AD_HOC_SUB_PROCESS',
  'MULTI_INSTANCE_BODY',
]);

/** Where the case stands now: tasks and events that wait, not what surrounds them. */
export async function getActiveElements(key: ProcessInstanceKey, signal?: AbortSignal): Promise<ElementInstance[]> {
  const filter = { processInstanceKey: key, state: 'ACTIVE' };
  const found = await post<SearchResult<ElementInstance>>('/element-instances/search', { filter }, signal);
  return found.items.filter((element) => !CONTAINERS.has(element.type));
}

const MOST_STEPS = 1000;

/** The elements that have a standard time, as they began. */
export async function getMeasured(key: ProcessInstanceKey, signal?: AbortSignal): Promise<ElementInstance[]> {
  const filter = { processInstanceKey: key, standardDueDate: { $exists: true } };
  const body = { filter, sort: [{ field: 'startDate', order: 'ASC' }], page: { limit: MOST_STEPS } };
  return (await post<SearchResult<ElementInstance>>('/element-instances/search', body, signal)).items;
}

export interface HistoryPage {
  items: HistoryEvent[];
  page: { hasMore: boolean; lastSequence: number };
  /** the file that the first events are in, and no more here */
  archive: HistoryArchive | null;
}

/** Events after the given sequence number, the oldest first. */
export function getHistory(
  key: ProcessInstanceKey,
  after: number,
  limit: number,
  signal?: AbortSignal,
): Promise<HistoryPage> {
  return get(`/process-instances/${key}/history?after=${after}&limit=${limit}`, signal);
}

export function verifyHistory(key: ProcessInstanceKey, signal?: AbortSignal): Promise<Verification> {
  return get(`/process-instances/${key}/history/verification`, signal);
}

/** The case as a signed archive; `named`: with people by their names, and its documents. */
export function getEvidence(key: ProcessInstanceKey, of: { language: string; named: boolean }): Promise<Blob> {
  const people = of.named ? 'names' : 'pseudonyms';
  return getFile(`/process-instances/${key}/evidence?language=${of.language}&people=${people}`);
}

export interface PastVariable {
  name: string;
  value: unknown;
  /** the case's key, or the key of the one step that has the variable */
  scopeKey: string;
}

/** The variables as they stood right after an event. */
export async function getVariablesAt(
  key: ProcessInstanceKey,
  sequence: number,
  signal?: AbortSignal,
): Promise<PastVariable[]> {
  const found = await items<Variable>(`/process-instances/${key}/variables-at?sequence=${sequence}`, signal);
  return found.map(({ name, value, scopeKey }) => ({ name, value: JSON.parse(value) as unknown, scopeKey }));
}

/** The variables of the case itself, as they stand now. */
export async function getCaseVariables(key: ProcessInstanceKey, signal?: AbortSignal): Promise<Variables> {
  const body = { filter: { processInstanceKey: key, scopeKey: key }, page: { limit: 10_000 } };
  const found = await post<SearchResult<Variable>>('/variables/search?truncateValues=false', body, signal);
  return Object.fromEntries(found.items.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
}

/** New answers to what the start form asked. */
export async function correctCase(key: ProcessInstanceKey, variables: Variables): Promise<void> {
  await post(`/process-instances/${key}/correction`, { variables });
}
