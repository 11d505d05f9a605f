/** Process definitions and starting them. */
import { get, post, request } from './client';
import type {
  AtWork,
  FormDefinition,
  ProcessDefinition,
  ProcessDefinitionKey,
  ProcessInstanceKey,
  SearchResult,
  Variables,
} from './types';

/** The latest version of each process, by name. */
export async function getLatest(signal?: AbortSignal): Promise<ProcessDefinition[]> {
  const body = { filter: { isLatestVersion: true }, sort: [{ field: 'name', order: 'ASC' }], page: { limit: 1000 } };
  return (await post<SearchResult<ProcessDefinition>>('/process-definitions/search', body, signal)).items;
}

const PAGE = 50;

/** The latest version of each process, by name, page by page; all versions of `of`, the newest first. */
export function searchVersions(
  of: string | null,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<ProcessDefinition>> {
  const filter = of ? { processDefinitionId: of } : { isLatestVersion: true };
  const sort = of ? [{ field: 'version', order: 'DESC' }] : [{ field: 'name', order: 'ASC' }];
  const body = { filter, sort, page: { limit: PAGE, ...(after && { after }) } };
  return post('/process-definitions/search', body, signal);
}

/** How many cases run, of each process of these by its id. */
export async function casesAtWork(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, AtWork>> {
  const body = { filter: { processDefinitionId: { $in: ids } }, page: { limit: ids.length } };
  const found = await post<SearchResult<AtWork & { processDefinitionId: string }>>(
    '/process-definitions/statistics/process-instances',
    body,
    signal,
  );
  return new Map(found.items.map((item) => [item.processDefinitionId, item]));
}

/** How many cases run, of each version of a process by its key. */
export async function casesByVersion(id: string, signal?: AbortSignal): Promise<Map<string, AtWork>> {
  const found = await post<SearchResult<AtWork & { processDefinitionKey: string }>>(
    '/process-definitions/statistics/process-instances-by-version',
    { filter: { processDefinitionId: id }, page: { limit: 1000 } },
    signal,
  );
  return new Map(found.items.map((item) => [item.processDefinitionKey, item]));
}

/** The latest versions that the person may start. */
export async function getStartable(signal?: AbortSignal): Promise<ProcessDefinition[]> {
  return (await getLatest(signal)).filter((definition) => definition.startable !== false);
}

export function getDefinition(key: ProcessDefinitionKey, signal?: AbortSignal): Promise<ProcessDefinition> {
  return get(`/process-definitions/${key}`, signal);
}

const xmls = new Map<ProcessDefinitionKey, Promise<string>>();

/** The diagram; a deployed version never changes, so it is read once. */
export function getXml(key: ProcessDefinitionKey): Promise<string> {
  let xml = xmls.get(key);
  if (!xml) {
    xml = get<string>(`/process-definitions/${key}/xml`);
    xmls.set(key, xml);
    xml.catch(() => xmls.delete(key));
  }
  return xml;
}

/** Null: the process starts without a form. */
export async function getStartForm(key: ProcessDefinitionKey, signal?: AbortSignal): Promise<FormDefinition | null> {
  const { status, data } = await request<FormDefinition>(`/process-definitions/${key}/form`, signal ? { signal } : {});
  return status === 204 ? null : data;
}

export async function startProcess(
  key: ProcessDefinitionKey,
  variables: Variables,
  businessId: string,
): Promise<ProcessInstanceKey> {
  const body = { processDefinitionKey: key, variables, ...(businessId && { businessId }) };
  return (await post<{ processInstanceKey: ProcessInstanceKey }>('/process-instances', body)).processInstanceKey;
}
