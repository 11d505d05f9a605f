/** What persons ask about their data, and legal holds of cases. */
import { post, postForFile } from './client';
import type { components } from './generated';
import { saveFile } from './save';
import type { SearchResult } from './types';

type Schemas = components['schemas'];
export type Inquiry = Schemas['PersonInquiry'];
export type CaseOfPerson = Schemas['CaseOfPerson'];
export type Erasure = Schemas['PersonErasure'];
export type Hold = Omit<Schemas['LegalHold'], 'state'> & { state: HoldState };

export const HOLD_STATES = ['HOLDS', 'ENDED'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

export interface WhoseData {
  username: string | null;
  identifiers: string[];
}

/** Where a person's data are, and what an erasure would do; changes nothing. */
export const inquire = (whose: WhoseData, openCases: boolean) =>
  post<Inquiry>('/personal-data/inquiry', { ...whose, openCases });

/** A copy of the person's data, saved by the browser. */
export async function saveCopy(whose: WhoseData, reason: string): Promise<void> {
  saveFile(await postForFile('/personal-data/copy', { ...whose, reason }), 'personal-data.zip');
}

export const erase = (whose: WhoseData, openCases: boolean, reason: string) =>
  post<Erasure>('/personal-data/erasure', { ...whose, openCases, reason });

/** The newest first. */
export function searchHolds(
  state: HoldState | null,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<Hold>> {
  const sort = [{ field: 'startDate', order: 'DESC' }];
  return post('/legal-holds/search', { filter: state ? { state } : {}, sort, page }, signal);
}

/** The keys of the cases with this number, two at most; a key stands for itself. */
export async function casesOf(number: string): Promise<string[]> {
  type Found = SearchResult<{ processInstanceKey: string }>;
  const keys = /^\d{1,19}$/.test(number) ? [{ processInstanceKey: number }] : [];
  const filter = { $or: [{ businessId: number }, ...keys] };
  const found = await post<Found>('/process-instances/search', { filter, page: { limit: 2 } });
  return found.items.map(({ processInstanceKey }) => processInstanceKey);
}

export async function placeHold(processInstanceKey: string, reason: string): Promise<void> {
  await post('/legal-holds', { processInstanceKey, reason });
}

export async function endHold(key: string, reason: string): Promise<void> {
  await post(`/legal-holds/${key}/end`, { reason });
}
