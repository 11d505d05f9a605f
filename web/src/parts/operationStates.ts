import type { ItemState, OperationState } from '../api/operations';

export const TONE: Record<OperationState, string> = {
  CREATED: '',
  ACTIVE: '',
  SUSPENDED: 'warn',
  COMPLETED: 'good',
  PARTIALLY_COMPLETED: 'warn',
  FAILED: 'bad',
  CANCELED: 'warn',
};

export const ITEM_TONE: Record<ItemState, string> = {
  ACTIVE: '',
  COMPLETED: 'good',
  SKIPPED: 'warn',
  FAILED: 'bad',
  CANCELED: 'warn',
};
