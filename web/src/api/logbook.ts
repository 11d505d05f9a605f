/** The audit trail of the service: searched, taken out as a table, verified. */
import { get, post } from './client';
import type { components } from './generated';
import type { SearchResult } from './types';

type Schemas = components['schemas'];
export type LogEntry = Schemas['AuditLog'];
export type LogVerification = Schemas['AuditLogVerification'];

export const RESULTS = ['SUCCESS', 'FAIL'] as const;
export type Result = (typeof RESULTS)[number];

/** Kinds of what happened: how the types of their events begin. */
const BEGINNINGS = {
  access: [
    'signed-',
    'sign-in-',
    'account-locked',
    'code-asked',
    'second-factor-',
    'recovery-',
    'session',
    'password-',
  ],
  people: ['person-', 'people-', 'organisation-', 'demo-', 'role-', 'clearance-', 'substitution-'],
  keys: ['token-', 'client-', 'calendar-feed-'],
  processes: ['deployed', 'resource-', 'draft-'],
  cases: [
    'instance-',
    'user-task-',
    'intervention-',
    'hold-',
    'due-time-',
    'variables-',
    'incident',
    'batch-',
    'ad-hoc-',
    'business-id-',
    'control-point-',
  ],
  office: ['calendar-d', 'calendar-s', 'office-', 'configuration-'],
  telling: ['host-', 'webhook-', 'push-', 'delivery-', 'notification-'],
  reading: ['case-read', 'history-read', 'history-exported', 'backup-', 'report-', 'cases-', 'evidence-', 'audit-log-'],
  privacy: ['personal-', 'account-erased', 'retention-', 'history-archived', 'history-restored', 'instance-deleted'],
} as const;
export type Kind = keyof typeof BEGINNINGS;
export const KINDS = Object.keys(BEGINNINGS) as Kind[];

/** What is empty is not asked for; days are days of the office, YYYY-MM-DD. */
export interface LogQuery {
  kind: Kind | null;
  who: string;
  thing: string;
  result: Result | null;
  from: string | null;
  until: string | null;
}

const ZONE = '+07:00';
const SORT = [{ field: 'timestamp', order: 'DESC' }];

function filterOf({ kind, who, thing, result, from, until }: LogQuery): Record<string, unknown> {
  const within = {
    ...(from && { $gte: `${from}T00:00:00${ZONE}` }),
    ...(until && { $lte: `${until}T23:59:59.999999${ZONE}` }),
  };
  return {
    ...(kind && { $or: BEGINNINGS[kind].map((start) => ({ entityDescription: { $like: `${start}*` } })) }),
    ...(who && { actorId: who }),
    ...(thing && { entityKey: thing }),
    ...(result && { result }),
    ...((from || until) && { timestamp: within }),
  };
}

/** The latest first. */
export function searchLog(
  query: LogQuery,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<LogEntry>> {
  return post('/audit-logs/search', { filter: filterOf(query), sort: SORT, page }, signal);
}

/** The same as a table for spreadsheets, 10,000 rows at most. */
export function exportLog(query: LogQuery, language: string): Promise<string> {
  return post(`/audit-logs/export?language=${language}`, { filter: filterOf(query), sort: SORT });
}

export const verifyLog = () => get<LogVerification>('/audit-logs/verification');
