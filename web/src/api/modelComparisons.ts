/** What differs between two versions of a process, in words and as diagrams. */
import { post } from './client';
import type { components } from './generated';

type Schemas = components['schemas'];

export type ModelChange = Schemas['ModelChange'];
export type ModelComparison = Schemas['ModelComparison'];
export type ComparedDiagram = Schemas['ComparedDiagram'];

/** A deployed version, without `version` the newest; or a draft, without `revision` as it is now. */
export type Side = { processDefinitionId: string; version?: number } | { draftKey: string; revision?: number };

export function compareModels(
  before: Side,
  after: Side,
  { diagrams = false }: { diagrams?: boolean },
  signal?: AbortSignal,
): Promise<ModelComparison> {
  return post('/model-comparisons', { before, after, diagrams }, signal);
}
