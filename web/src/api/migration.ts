/** Carrying the running cases of a version over to another: what it would do, and doing it. */
import { Problem, post } from './client';
import type { components } from './generated';
import type { ProcessInstance, SearchResult } from './types';

type Schemas = components['schemas'];
export type MigrationPreview = Schemas['MigrationPreview'];
export type MigrationPair = Schemas['MigrationPair'];
export type MigrationFault = Schemas['MigrationFault'];
/** Source and target of each element that is mapped. */
export type Mapping = ReadonlyMap<string, string>;

/** The pairs that a preview was made with. */
export function mappingOf({ mapping }: MigrationPreview): Mapping {
  return new Map(
    mapping.flatMap(({ sourceElementId, targetElementId: aim }) => (aim === null ? [] : [[sourceElementId, aim]])),
  );
}

const instructions = (mapping: Mapping) =>
  [...mapping].map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId }));

/** Without a mapping the server proposes one. */
export function previewMigration(
  from: string,
  to: string,
  mapping: Mapping | null,
  signal?: AbortSignal,
): Promise<MigrationPreview> {
  const body = { targetProcessDefinitionKey: to, mappingInstructions: mapping && instructions(mapping) };
  return post(`/process-definitions/${from}/migration-preview`, body, signal);
}

/** The key of the operation that migrates all running cases of the version. */
export async function migrateAll(from: string, to: string, mapping: Mapping, reason: string): Promise<string> {
  const body = {
    filter: { processDefinitionKey: from },
    migrationPlan: { targetProcessDefinitionKey: to, mappingInstructions: instructions(mapping) },
    reason,
  };
  return (await post<{ batchOperationKey: string }>('/process-instances/migration', body)).batchOperationKey;
}

const PAGE = 50;

/**
 * Asks for the approval of each running case by itself, as a process that wants a second person has it. `told` hears how
 * many are asked for; resolves to how many were not, because they are asked for already or are not there any more.
 */
export async function askForEach(
  from: string,
  to: string,
  mapping: Mapping,
  reason: string,
  told: (asked: number) => void,
): Promise<number> {
  const plan = { targetProcessDefinitionKey: to, mappingInstructions: instructions(mapping), reason };
  let after: string | null = null;
  let asked = 0;
  let refused = 0;
  do {
    const body = {
      filter: { processDefinitionKey: from, state: 'ACTIVE' },
      sort: [{ field: 'processInstanceKey', order: 'ASC' }],
      page: { limit: PAGE, ...(after && { after }) },
    };
    const found: SearchResult<ProcessInstance> = await post('/process-instances/search', body);
    for (const { processInstanceKey: key } of found.items) {
      try {
        await post('/interventions', { kind: 'migrate', key, request: plan });
        told((asked += 1));
      } catch (error) {
        if (!(error instanceof Problem) || ![404, 409].includes(error.status)) throw error;
        refused += 1;
      }
    }
    after = found.items.length < PAGE ? null : found.page.endCursor;
  } while (after);
  return refused;
}
