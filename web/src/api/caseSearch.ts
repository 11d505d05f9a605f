/** The search over all cases: what is looked for, as the address of the page has it, and as the API takes it. */
import { post, postForFile } from './client';
import type { ProcessInstance, SearchResult, UserTask } from './types';

/** Everything is text; what is empty is not looked for. Days are days of the office, YYYY-MM-DD. */
export interface CaseSearch {
  words: string;
  number: string;
  process: string;
  version: string;
  state: string;
  unit: string;
  person: string;
  part: string;
  period: string;
  from: string;
  until: string;
  control: string;
  deadline: string;
  intervention: string;
  variable: string;
  compare: string;
  value: string;
}
export type Part = keyof CaseSearch;

export const NOTHING: CaseSearch = {
  words: '',
  number: '',
  process: '',
  version: '',
  state: '',
  unit: '',
  person: '',
  part: '',
  period: '',
  from: '',
  until: '',
  control: '',
  deadline: '',
  intervention: '',
  variable: '',
  compare: '',
  value: '',
};

export const STATES = ['ACTIVE', 'SUSPENDED', 'COMPLETED', 'TERMINATED'] as const;
export const PARTS = ['STARTED', 'DID', 'APPROVED', 'STOOD_IN', 'REPRESENTED'] as const;
export const PERIODS = ['active', 'started', 'ended'] as const;
export const CONTROLS = ['FAILED', 'WAIVED', 'PASSED'] as const;
export const DEADLINES = ['missed', 'extended', 'running'] as const;
export const INTERVENTIONS = [
  'cancel',
  'modify',
  'migrate',
  'changeTimer',
  'resolve',
  'waive',
  'extend',
  'correct',
  'suspend',
] as const;
export const COMPARISONS = ['eq', 'has', 'gt', 'gte', 'lt', 'lte', 'neq'] as const;

/** A case that was found, with the tasks that wait in it. */
export interface FoundCase extends ProcessInstance {
  tasks: readonly UserTask[];
}

const SORT = [{ field: 'startDate', order: 'DESC' }];
const ZONE = '+07:00';
const DEADLINE_FILTERS: Record<(typeof DEADLINES)[number], object> = {
  missed: { state: { $in: ['MISSED', 'LATE', 'OUT_OF_TERM'] } },
  extended: { extendedUntil: { $exists: true } },
  running: { state: 'RUNNING' },
};

export function filterOf(of: CaseSearch): Record<string, unknown> {
  const deadline = DEADLINES.find((each) => each === of.deadline);
  return {
    ...(of.words && { words: of.words }),
    ...(of.number && { businessId: { $like: `*${literally(of.number)}*` } }),
    ...(of.process && { processDefinitionId: of.process }),
    ...(/^\d{1,9}$/.test(of.version) && { processDefinitionVersion: Number(of.version) }),
    ...(of.state && { state: of.state }),
    ...(of.unit && { group: of.unit }),
    ...(of.person && { participant: { username: of.person, ...(of.part && { as: [of.part] }) } }),
    ...periodOf(of),
    ...(of.control && { controlPoint: { state: of.control } }),
    ...(deadline && { deadline: DEADLINE_FILTERS[deadline] }),
    ...(of.intervention && { intervened: [of.intervention] }),
    ...(of.variable && { variables: [{ name: of.variable, value: valueOf(of.compare, of.value) }] }),
  };
}

function periodOf({ period, from, until }: CaseSearch): object {
  const first = from && `${from}T00:00:00${ZONE}`;
  const last = until && `${until}T23:59:59.999999${ZONE}`;
  if (!first && !last) return {};
  if (period === 'started' || period === 'ended') {
    const within = { ...(first && { $gte: first }), ...(last && { $lte: last }) };
    return { [period === 'started' ? 'startDate' : 'endDate']: within };
  }
  return { activeDuring: { ...(first && { from: first }), ...(last && { until: last }) } };
}

/** Any value, or what the comparison asks of it: a number may stand as a number or as a text. */
function valueOf(compare: string, value: string): object {
  if (!value) return { $exists: true };
  const arabic = value.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
  const plain = /^-?\d+(\.\d+)?$/.test(arabic) || value === 'true' || value === 'false' ? arabic : null;
  const text = JSON.stringify(value);
  switch (compare) {
    case 'has':
      return { $like: `*${literally(text.slice(1, -1))}*` };
    case 'neq':
      return { $notIn: plain === null ? [text] : [plain, text] };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return { [`$${compare}`]: plain ?? text };
    default:
      return { $in: plain === null ? [text] : [plain, text] };
  }
}

function literally(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

/** The latest first, each with where it stands. */
export async function findCases(
  of: CaseSearch,
  page: { limit: number; after?: string },
  signal?: AbortSignal,
): Promise<SearchResult<FoundCase>> {
  const found = await post<SearchResult<ProcessInstance>>(
    '/process-instances/search',
    { filter: filterOf(of), sort: SORT, page },
    signal,
  );
  const keys = found.items.filter((each) => each.endDate === null).map((each) => each.processInstanceKey);
  const tasks = keys.length > 0 ? await openTasks(keys, signal) : [];
  const items = found.items.map((item) => ({
    ...item,
    tasks: tasks.filter((task) => task.processInstanceKey === item.processInstanceKey),
  }));
  return { ...found, items };
}

const MOST_TASKS = 1_000;

async function openTasks(keys: readonly string[], signal?: AbortSignal): Promise<readonly UserTask[]> {
  const filter = { processInstanceKey: { $in: keys }, state: { $notIn: ['COMPLETED', 'CANCELED'] } };
  return (await post<SearchResult<UserTask>>('/user-tasks/search', { filter, page: { limit: MOST_TASKS } }, signal))
    .items;
}

/** Everything that is found, as a table for spreadsheets. */
export function exportCases(of: CaseSearch, language: string): Promise<string> {
  return post(`/process-instances/export?language=${language}`, { filter: filterOf(of), sort: SORT });
}

/** The formats of event logs, with the ending of their files. */
export const EVENT_LOGS = { xes: 'xes', ocel: 'ocel.json' } as const;

interface LogWanted {
  format: keyof typeof EVENT_LOGS;
  /** people by their user names, and not by pseudonyms */
  named: boolean;
  language: string;
}

/** What was done in everything that is found. */
export function exportEvents(of: CaseSearch, { format, named, language }: LogWanted): Promise<Blob> {
  const wanted = new URLSearchParams({ format, language, people: named ? 'names' : 'pseudonyms' });
  return postForFile(`/process-instances/event-log?${wanted.toString()}`, { filter: filterOf(of), sort: SORT });
}
