/** Batch operations, which the pages call operations: something done to many cases, one after the other. */
import { get, post } from './client';
import type { components } from './generated';
import type { SearchResult } from './types';

type Schemas = components['schemas'];

export const TYPES = [
  'RESOLVE_INCIDENT',
  'MIGRATE_PROCESS_INSTANCE',
  'MODIFY_PROCESS_INSTANCE',
  'SUSPEND_PROCESS_INSTANCE',
  'RESUME_PROCESS_INSTANCE',
  'CANCEL_PROCESS_INSTANCE',
  'DELETE_PROCESS_INSTANCE',
] as const;
export const STATES = [
  'CREATED',
  'ACTIVE',
  'SUSPENDED',
  'COMPLETED',
  'PARTIALLY_COMPLETED',
  'FAILED',
  'CANCELED',
] as const;
export const ITEM_STATES = ['FAILED', 'SKIPPED', 'ACTIVE', 'COMPLETED', 'CANCELED'] as const;

export type OperationType = (typeof TYPES)[number];
export type OperationState = (typeof STATES)[number];
export type ItemState = (typeof ITEM_STATES)[number];
export type Operation = Omit<Schemas['BatchOperation'], 'batchOperationType' | 'state' | 'errors'> & {
  batchOperationType: OperationType;
  state: OperationState;
  /** why it could not be begun */
  errors: { type: string; message: string }[];
};
export type OperationItem = Omit<Schemas['BatchOperationItem'], 'state'> & { state: ItemState };

const UNFINISHED: readonly OperationState[] = ['CREATED', 'ACTIVE', 'SUSPENDED'];

export function goesOn({ state }: Operation): boolean {
  return UNFINISHED.includes(state);
}

export interface OperationQuery {
  /** `open`: what has not ended */
  state: OperationState | 'open' | null;
  type: OperationType | null;
}

const PAGE = 25;

/** The latest first. */
export function searchOperations(
  { state, type }: OperationQuery,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<Operation>> {
  const filter = {
    ...(state && { state: state === 'open' ? { $in: UNFINISHED } : state }),
    ...(type && { operationType: type }),
  };
  const sort = [{ field: 'batchOperationKey', order: 'DESC' }];
  return post('/batch-operations/search', { filter, sort, page: { limit: PAGE, ...(after && { after }) } }, signal);
}

export function getOperation(key: string, signal?: AbortSignal): Promise<Operation> {
  return get(`/batch-operations/${key}`, signal);
}

/** Its cases, in the order in which they are done. */
export function searchItems(
  key: string,
  state: ItemState | null,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<SearchResult<OperationItem>> {
  const filter = { batchOperationKey: key, ...(state && { state }) };
  const page = { limit: PAGE, ...(after && { after }) };
  return post('/batch-operation-items/search', { filter, page }, signal);
}

export type Control = 'suspension' | 'resumption' | 'cancellation';

export async function controlOperation(key: string, what: Control): Promise<void> {
  await post(`/batch-operations/${key}/${what}`);
}
