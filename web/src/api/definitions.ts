/** Process definitions and starting them. */
import { get, post, request } from './client';
import type {
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
