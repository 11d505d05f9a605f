/** The inbox: its lists, how much is in them, one's own marks of tasks. */
import { now } from '../dates/clock';
import { todayAt } from '../dates/day';
import { get, post, request } from './client';
import type { InboxCount, InboxView, SearchRequest, SearchResult, UserTask, UserTaskKey } from './types';

export const DUE = ['today', 'week', 'none'] as const;
export const SORTS = ['due', 'newest', 'priority'] as const;
export type Sort = (typeof SORTS)[number];

export interface InboxVariable {
  name: string;
  value: string;
}
export interface InboxQuery {
  view: InboxView;
  text: string;
  /** of this process alone; empty: of any */
  process: string;
  /** free for this unit or group */
  unit: string;
  /** the number of the case; `*` is any text */
  businessId: string;
  /** due on this day of the office, within seven days from it, or without a due date; empty: whenever */
  due: '' | (typeof DUE)[number];
  /** with more than the usual priority alone */
  urgent: boolean;
  /** only what one has not opened yet */
  unread: boolean;
  /** only what has a follow-up date */
  followUp: boolean;
  /** variables of the case with their values */
  variables: readonly InboxVariable[];
  sort: Sort;
}

const USUAL_PRIORITY = 50;
const DAYS = { today: 1, week: 7 };
const SORTED: Record<Sort, NonNullable<SearchRequest['sort']>> = {
  due: [{ field: 'dueBy', order: 'ASC' }],
  newest: [{ field: 'creationDate', order: 'DESC' }],
  priority: [
    { field: 'priority', order: 'DESC' },
    { field: 'dueBy', order: 'ASC' },
  ],
};

function dueFilter(due: InboxQuery['due']): unknown {
  if (due === '') return undefined;
  if (due === 'none') return { $exists: false };
  const from = Date.parse(`${todayAt(now())}T00:00:00+07:00`);
  return { $gte: new Date(from).toISOString(), $lt: new Date(from + DAYS[due] * 86_400_000).toISOString() };
}

/** What people write is a number (in whichever digits), a truth, or else a text. */
function jsonOf(value: string): string {
  const number = value.replace(/[๐-๙]/g, (digit) => String('๐๑๒๓๔๕๖๗๘๙'.indexOf(digit)));
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(number)) return number;
  return value === 'true' || value === 'false' ? value : JSON.stringify(value);
}

function filterOf(query: InboxQuery): Record<string, unknown> {
  const { businessId, variables } = query;
  return {
    view: query.view,
    ...(query.text && { text: query.text }),
    ...(query.process && { processDefinitionId: query.process }),
    ...(query.unit && { candidateGroup: query.unit }),
    ...(businessId && { businessId: businessId.includes('*') ? { $like: businessId } : businessId }),
    ...(query.due && { dueBy: dueFilter(query.due) }),
    ...(query.urgent && { priority: { $gt: USUAL_PRIORITY } }),
    ...(query.unread && { unread: true }),
    ...(query.followUp && { followUpDate: { $exists: true } }),
    ...(variables.length > 0 && {
      processInstanceVariables: variables.map(({ name, value }) => ({ name, value: jsonOf(value) })),
    }),
  };
}

/** A page of the inbox: by default the earliest due first, of what is done the latest first. */
export function searchTasks(
  query: InboxQuery,
  page: { limit: number; after?: string | undefined },
  signal?: AbortSignal,
): Promise<SearchResult<UserTask>> {
  const body: SearchRequest = {
    filter: filterOf(query),
    sort: query.view === 'done' ? [{ field: 'completionDate', order: 'DESC' }] : SORTED[query.sort],
    page: { limit: page.limit, ...(page.after && { after: page.after }) },
  };
  return post('/user-tasks/search', body, signal);
}

/** How many tasks each list has, counted to a hundred. */
export async function getCounts(signal?: AbortSignal): Promise<InboxCount[]> {
  return (await get<{ items: InboxCount[] }>('/user-tasks/counts', signal)).items;
}

/** For oneself: what is left out stays; null ends what was put off. */
export async function markTask(
  key: UserTaskKey,
  mark: { read?: boolean; snoozedUntil?: string | null },
): Promise<void> {
  await request(`/user-tasks/${key}/mark`, { method: 'PATCH', body: mark });
}
