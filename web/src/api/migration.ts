/** Carrying the running cases of a version over to another: what it would do, and doing it. */
import { askForEach } from './askForEach';
import { post } from './client';
import type { components } from './generated';

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

/** As `askForEach`: each running case of the version becomes a request that waits for approval. */
export function askToMigrate(
  from: string,
  to: string,
  mapping: Mapping,
  reason: string,
  told: (asked: number) => void,
): Promise<number> {
  const plan = { targetProcessDefinitionKey: to, mappingInstructions: instructions(mapping), reason };
  return askForEach('migrate', { processDefinitionKey: from }, plan, told);
}
