/** The forms of a draft: as a task would show them, and tried out. */
import { get, post } from './client';
import type { components } from './generated';
import type { Variables } from './types';

type Schemas = components['schemas'];
export type DraftForm = Schemas['DraftForm'];
export type FormTrial = Schemas['FormTrial'];

const of = (draftKey: string) => `/model-drafts/${draftKey}/forms`;

/** A form as it is saved, its shared parts put in. Rejects with 400 while it has faults. */
export function getDraftForm(draftKey: string, path: string, signal?: AbortSignal): Promise<DraftForm> {
  return get(`${of(draftKey)}/content?path=${encodeURIComponent(path)}`, signal);
}

/** What the server would say of a submission in a case with these variables; nothing is kept. */
export function tryForm(
  draftKey: string,
  trial: { path: string; variables: Variables; submission: Variables },
): Promise<FormTrial> {
  return post(`${of(draftKey)}/trial`, trial);
}
