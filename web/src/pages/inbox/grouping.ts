/** Rows of the list in groups. They come in the order in which the list has the first of each. */
import { now } from '../../dates/clock';
import { todayAt } from '../../dates/day';
import type { UserTask } from '../../api/types';
import type { Grouping } from './filters';
import type { Row } from './inboxList';

export const DUE_GROUPS = ['overdue', 'today', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof DUE_GROUPS)[number];

export interface Group {
  /** of a process or case its id; of due dates one of DUE_GROUPS; empty: no groups are asked for */
  key: string;
  rows: readonly Row[];
}

export function grouped(rows: readonly Row[], grouping: Grouping): Group[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.task, grouping);
    const group = found.get(key);
    if (group) group.push(row);
    else found.set(key, [row]);
  }
  return [...found].map(([key, of]) => ({ key, rows: of }));
}

function keyOf(task: UserTask, grouping: Grouping): string {
  if (grouping === 'process') return task.processDefinitionId;
  if (grouping === 'case') return task.processInstanceKey;
  return grouping === 'due' ? dueGroup(task.dueBy, now()) : '';
}

/** By days of the office. */
export function dueGroup(due: string | null, at: number): DueGroup {
  if (due === null) return 'none';
  const moment = Date.parse(due);
  if (moment < at) return 'overdue';
  const begins = Date.parse(`${todayAt(at)}T00:00:00+07:00`);
  const days = (moment - begins) / 86_400_000;
  return days < 1 ? 'today' : days < 7 ? 'week' : 'later';
}
