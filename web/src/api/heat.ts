/** The heat of a version of a process in a period. */
import { post } from './client';
import type { components } from './generated';
import type { Period } from './reports';
import type { ProcessDefinition, ProcessDefinitionKey, SearchResult } from './types';

export type Heat = components['schemas']['HeatReport'];
export type HeatElement = components['schemas']['HeatElement'];

export function getHeat(key: ProcessDefinitionKey, period: Period, signal?: AbortSignal): Promise<Heat> {
  return post('/reports/heat', { processDefinitionKey: key, period }, signal);
}

/** The versions of a process, the newest first. */
export async function getVersions(processId: string, signal?: AbortSignal): Promise<ProcessDefinition[]> {
  const filter = { processDefinitionId: processId };
  const body = { filter, sort: [{ field: 'version', order: 'DESC' }], page: { limit: 1000 } };
  return (await post<SearchResult<ProcessDefinition>>('/process-definitions/search', body, signal)).items;
}
