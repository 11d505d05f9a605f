/** How the inbox's list changes: pure functions, so that "without jumping" can be tested. */
import type { SearchResult, UserTask } from '../../api/types';

export const PAGE = 50;

export interface Row {
  task: UserTask;
  /** It has left this view since the list was loaded; it stays in its place, greyed, so that nothing jumps. */
  gone: boolean;
}
export interface InboxList {
  rows: Row[];
  cursor: string | null;
  /** Tasks that came since the list was loaded; they are shown when the person asks for them. */
  fresh: number;
}

function cursorOf({ items, page }: SearchResult<UserTask>, limit: number): string | null {
  return items.length >= limit ? page.endCursor : null;
}

export function loaded(result: SearchResult<UserTask>, limit = PAGE): InboxList {
  return {
    rows: result.items.map((task) => ({ task, gone: false })),
    cursor: cursorOf(result, limit),
    fresh: 0,
  };
}

/** The next page, without what is there already: a due time may have moved between two pages. */
export function appended(list: InboxList, result: SearchResult<UserTask>): InboxList {
  const known = new Set(list.rows.map((row) => row.task.userTaskKey));
  const rows = result.items.filter((task) => !known.has(task.userTaskKey)).map((task) => ({ task, gone: false }));
  return { ...list, rows: [...list.rows, ...rows], cursor: cursorOf(result, PAGE) };
}

/**
 * The list after news: rows keep their places. `result` is the view's beginning as it is now, asked with `limit`;
 * `touched` are the tasks that the events named. A row that is missing from a full answer may only have slipped off its
 * end, so it counts as gone only if an event named it.
 */
export function refreshed(
  list: InboxList,
  result: SearchResult<UserTask>,
  limit: number,
  touched: ReadonlySet<string>,
): InboxList {
  const present = new Map(result.items.map((task) => [task.userTaskKey, task]));
  const whole = result.items.length < limit;
  const rows = list.rows.map((row) => {
    const task = present.get(row.task.userTaskKey);
    if (task) return { task, gone: false };
    return whole || touched.has(row.task.userTaskKey) ? { ...row, gone: true } : row;
  });
  const known = new Set(list.rows.map((row) => row.task.userTaskKey));
  const beyond = list.cursor === null ? result.items : result.items.slice(0, list.rows.length);
  const fresh = beyond.filter((task) => !known.has(task.userTaskKey)).length;
  return { ...list, rows, fresh };
}

/** What one did to a task; `left` says whether it has left this view by that. */
export function withTask(list: InboxList, task: UserTask, left: boolean): InboxList {
  return {
    ...list,
    rows: list.rows.map((row) => (row.task.userTaskKey === task.userTaskKey ? { task, gone: left || row.gone } : row)),
  };
}
