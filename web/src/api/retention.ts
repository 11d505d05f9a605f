/** Which cases have been kept as long as they must be. */
import { post } from './client';
import type { components } from './generated';

type Schemas = components['schemas'];
export type KeptCase = Schemas['KeptCase'];
export type RetentionPreview = Schemas['RetentionPreview'];

/** Those that were called by none, in the order in which they began. */
export const casesDue = (page: { limit: number; after?: string }, signal?: AbortSignal) =>
  post<RetentionPreview>('/retention/due', { page }, signal);
