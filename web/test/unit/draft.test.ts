import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftKeeper, type DraftState } from '../../src/pages/task/useDraft';
import { problem, Reply, serve, type Call } from '../server';

let states: DraftState['kind'][];
let calls: Call[];
let failures: number;
let keeper: DraftKeeper;

const saved = () => calls.filter((call) => call.method === 'PUT').map((call) => call.body);

beforeEach(() => {
  vi.useFakeTimers();
  states = [];
  failures = 0;
  calls = serve({
    'PUT /user-tasks/1/draft': () => (failures-- > 0 ? problem(503) : new Reply(204)),
    'DELETE /user-tasks/1/draft': new Reply(204),
  });
  keeper = new DraftKeeper('1', (state) => states.push(state.kind));
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a draft', () => {
  it('is saved once after typing pauses, with the latest values', async () => {
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(600);
    keeper.change({ a: 2 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(saved()).toEqual([{ variables: { a: 2 } }]);
    expect(states).toEqual(['saving', 'saved']);
  });
  it('is tried again until it is saved', async () => {
    failures = 1;
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(states.at(-1)).toBe('failed');
    await vi.advanceTimersByTimeAsync(9000);
    expect(states.at(-1)).toBe('saved');
    expect(saved()).toHaveLength(2);
  });
  it('is not saved any more while the task is completed, and again when that fails', async () => {
    keeper.change({ a: 1 });
    keeper.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved()).toEqual([]);
    keeper.resume();
    await vi.advanceTimersByTimeAsync(1300);
    expect(saved()).toEqual([{ variables: { a: 1 } }]);
  });
  it('is saved at once when the page is left, and not retried there', async () => {
    failures = 1;
    keeper.change({ a: 1 });
    keeper.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved()).toHaveLength(1);
  });
  it('that is discarded is deleted, with what waited', async () => {
    keeper.change({ a: 1 });
    await keeper.discard();
    await vi.advanceTimersByTimeAsync(5000);
    expect(calls.map((call) => call.method)).toEqual(['DELETE']);
  });
});
