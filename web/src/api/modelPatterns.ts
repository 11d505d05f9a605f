/** Common patterns that are put into diagrams of drafts. */
import { get, post } from './client';
import type { components } from './generated';

type Schemas = components['schemas'];

export type Pattern = Schemas['ModelPattern'];

export async function getPatterns(signal?: AbortSignal): Promise<Pattern[]> {
  return (await get<Schemas['ModelPatterns']>('/model-patterns', signal)).patterns;
}

/** Puts a pattern where an element is; the new revision. Rejects with 409 when the diagram has another than `revision`. */
export async function putPattern(draftKey: string, put: Schemas['DraftPatternBody']): Promise<number> {
  return (await post<{ revision: number }>(`/model-drafts/${draftKey}/files/pattern`, put)).revision;
}
