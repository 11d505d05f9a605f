import { describe, expect, it } from 'vitest';
import { appended, loaded, PAGE, refreshed } from '../../src/pages/inbox/inboxList';
import { page } from '../server';
import { userTask } from '../fixtures';

const tasks = (...keys: number[]) => keys.map((key) => userTask({ userTaskKey: String(key) }));
const keys = (list: ReturnType<typeof loaded>) => list.rows.map((row) => row.task.userTaskKey);
const NONE: ReadonlySet<string> = new Set();

describe('the list of the inbox', () => {
  it('has a next page only after a full one', () => {
    expect(loaded(page(tasks(1, 2), 'c')).cursor).toBeNull();
    const full = Array.from({ length: PAGE }, (_, index) => index);
    expect(loaded(page(tasks(...full), 'c')).cursor).toBe('c');
  });
  it('grows without doubles', () => {
    expect(keys(appended(loaded(page(tasks(1, 2))), page(tasks(2, 3))))).toEqual(['1', '2', '3']);
  });
  it('keeps its order on news, counts what is fresh, greys what has gone', () => {
    const list = refreshed(loaded(page(tasks(1, 2, 3))), page(tasks(9, 3, 1)), 53, NONE);
    expect(keys(list)).toEqual(['1', '2', '3']);
    expect(list.rows.map((row) => row.gone)).toEqual([false, true, false]);
    expect(list.fresh).toBe(1);
  });
  it('takes a row that only slipped off a full answer for present, unless an event named it', () => {
    const list = loaded(page(tasks(1, 2)));
    expect(refreshed(list, page(tasks(8, 9)), 2, NONE).rows.map((row) => row.gone)).toEqual([false, false]);
    expect(refreshed(list, page(tasks(8, 9)), 2, new Set(['2'])).rows.map((row) => row.gone)).toEqual([false, true]);
  });
  it('brings a row back that came back', () => {
    const gone = refreshed(loaded(page(tasks(1))), page([]), 51, NONE);
    expect(refreshed(gone, page(tasks(1)), 51, NONE).rows[0]?.gone).toBe(false);
  });
});
