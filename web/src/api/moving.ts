/** Moving the tokens of many cases by hand from one element to another: what it would do, and doing it. */
import { askForEach } from './askForEach';
import { post } from './client';
import type { components } from './generated';
import type { ElementStatistics } from './types';

export type ModificationPreview = components['schemas']['ModificationPreview'];

export interface Move {
  /** of the version, the diagram of which the cases go along */
  definition: string;
  /** ids of elements */
  source: string;
  target: string;
}

const pair = ({ source, target }: Move) => ({ sourceElementId: source, targetElementId: target });
const standing = ({ definition, source }: Move) => ({
  processDefinitionKey: definition,
  elementId: source,
  elementInstanceState: 'ACTIVE',
});

/** How many tokens stand at each element of a version, over the cases that one may see. */
export async function standingAt(definition: string, signal?: AbortSignal): Promise<Map<string, number>> {
  const path = `/process-definitions/${definition}/statistics/element-instances`;
  const found = await post<{ items: ElementStatistics[] }>(path, { filter: { state: 'ACTIVE' } }, signal);
  return new Map(found.items.filter(({ active }) => active > 0).map(({ elementId, active }) => [elementId, active]));
}

export function previewMove(move: Move, signal?: AbortSignal): Promise<ModificationPreview> {
  return post(`/process-definitions/${move.definition}/modification-preview`, pair(move), signal);
}

/** The key of the operation that moves all cases which stand at the source. */
export async function moveAll(move: Move, reason: string): Promise<string> {
  const body = { filter: standing(move), moveInstructions: [pair(move)], reason };
  return (await post<{ batchOperationKey: string }>('/process-instances/modification', body)).batchOperationKey;
}

/** As `askForEach`: each case becomes a request that waits for approval. */
export function askToMove(move: Move, reason: string, told: (asked: number) => void): Promise<number> {
  const instruction = {
    sourceElementInstruction: { sourceType: 'byId', sourceElementId: move.source },
    targetElementId: move.target,
    ancestorScopeInstruction: { ancestorScopeType: 'sourceParent' },
  };
  return askForEach('modify', standing(move), { moveInstructions: [instruction], reason }, told);
}
