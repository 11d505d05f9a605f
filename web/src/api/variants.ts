/** The paths that cases of a version really took. */
import { getElementStatistics, getTakenFlows } from './cases';
import { post } from './client';
import type { components } from './generated';
import type { Period } from './reports';
import type { ProcessDefinitionKey, ProcessInstance, ProcessInstanceKey, SearchResult } from './types';

export type Variants = components['schemas']['VariantsReport'];
export type Variant = components['schemas']['Variant'];

export function getVariants(key: ProcessDefinitionKey, period: Period, signal?: AbortSignal): Promise<Variants> {
  return post('/reports/variants', { processDefinitionKey: key, period }, signal);
}

/** The cases of a variant that one may see, the latest first. */
export async function getCasesOf(
  keys: readonly ProcessInstanceKey[],
  signal?: AbortSignal,
): Promise<readonly ProcessInstance[]> {
  const body = {
    filter: { processInstanceKey: { $in: keys } },
    sort: [{ field: 'endDate', order: 'DESC' }],
    page: { limit: keys.length },
  };
  return (await post<SearchResult<ProcessInstance>>('/process-instances/search', body, signal)).items;
}

export interface TakenPath {
  flows: readonly string[];
  counts: Readonly<Record<string, number>>;
}

/** What one case took of the diagram. */
export async function getPath(key: ProcessInstanceKey, signal?: AbortSignal): Promise<TakenPath> {
  const [flows, statistics] = await Promise.all([getTakenFlows(key, signal), getElementStatistics(key, signal)]);
  return { flows, counts: Object.fromEntries(statistics.map(({ elementId, completed }) => [elementId, completed])) };
}
