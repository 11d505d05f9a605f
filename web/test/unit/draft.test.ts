import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetHere, forgetOthers, keptHere } from '../../src/app/keptDrafts';
import { DraftKeeper, type DraftState } from '../../src/pages/task/draftKeeper';
import { problem, Reply, serve, type Call } from '../server';

const owner = { username: 'dpo1', inNameOf: 'dpo1', taskKey: '1', labels: [] };
let states: DraftState['kind'][];
let calls: Call[];
/** what the server answers to the next saves, before it accepts again */
let refusals: Reply[];
let there: unknown;
let keeper: DraftKeeper;

const saved = () => calls.filter((call) => call.method === 'PUT').map((call) => call.body);
const here = async () => (await keptHere(owner))?.values ?? null;

beforeEach(() => {
  vi.useFakeTimers();
  states = [];
  refusals = [];
  there = new Reply(204);
  let number = 0;
  calls = serve({
    'PUT /user-tasks/1/draft': () => refusals.shift() ?? { savedAt: `save ${++number}` },
    'GET /user-tasks/1/draft': () => there,
    'DELETE /user-tasks/1/draft': new Reply(204),
  });
  keeper = new DraftKeeper(owner, null, (state) => states.push(state.kind));
});
afterEach(async () => {
  vi.useRealTimers();
  await forgetHere(owner);
});

describe('a draft', () => {
  it('is saved once after typing pauses, with the latest values', async () => {
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(600);
    keeper.change({ a: 2 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(saved()).toEqual([{ variables: { a: 2 }, basedOn: null }]);
    expect(states).toEqual(['saving', 'saved']);
  });
  it('goes on from what was saved before, one save after the other', async () => {
    keeper.change({ a: 1 });
    const first = keeper.flush();
    await Promise.resolve(); // the first is on its way
    keeper.change({ a: 2 });
    await Promise.all([first, keeper.flush()]);
    expect(saved()).toEqual([
      { variables: { a: 1 }, basedOn: null },
      { variables: { a: 2 }, basedOn: 'save 1' },
    ]);
  });
  it('is in the browser at once, and only until the server has it', async () => {
    keeper.change({ a: 1 });
    expect(await here()).toEqual({ a: 1 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(await here()).toBeNull();
  });
  it('is tried again until it is saved, and stays in the browser meanwhile', async () => {
    refusals = [problem(503)];
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(states.at(-1)).toBe('failed');
    expect(await here()).toEqual({ a: 1 });
    await vi.advanceTimersByTimeAsync(9000);
    expect(states.at(-1)).toBe('saved');
    expect(saved()).toHaveLength(2);
    expect(await here()).toBeNull();
  });
  it('that one may not save any more is not tried again, and stays in the browser', async () => {
    refusals = [problem(404), problem(404)];
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved()).toHaveLength(1);
    expect(states.at(-1)).toBe('failed');
    expect(await here()).toEqual({ a: 1 });
  });
  it('does not replace another that was saved meanwhile: somebody must choose', async () => {
    refusals = [problem(409, { code: 'newer-draft' })];
    there = { variables: { a: 'theirs' }, savedAt: 'theirs' };
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states.at(-1)).toBe('newer');
    expect(saved()).toHaveLength(1);
    expect(await here()).toEqual({ a: 1 });
    keeper.goOnFrom('theirs');
    keeper.change({ a: 2 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(saved().at(-1)).toEqual({ variables: { a: 2 }, basedOn: 'theirs' });
  });
  it('goes on from its own save whose answer was lost', async () => {
    refusals = [problem(503), problem(409, { code: 'newer-draft' })];
    there = { variables: { a: 1 }, savedAt: 'lost' };
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(1300);
    keeper.change({ a: 2 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(saved().at(-1)).toEqual({ variables: { a: 2 }, basedOn: 'lost' });
    expect(states.at(-1)).toBe('saved');
  });
  it('is not saved any more while the task is completed, and again when that fails', async () => {
    keeper.change({ a: 1 });
    keeper.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved()).toEqual([]);
    keeper.resume();
    await vi.advanceTimersByTimeAsync(1300);
    expect(saved()).toEqual([{ variables: { a: 1 }, basedOn: null }]);
  });
  it('leaves nothing in the browser once the task is completed', async () => {
    keeper.change({ a: 1 });
    keeper.stop();
    await keeper.done();
    expect(await here()).toBeNull();
  });
  it('is saved at once when the page is left, and not retried there', async () => {
    refusals = [problem(503)];
    keeper.change({ a: 1 });
    keeper.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved()).toHaveLength(1);
    expect(await here()).toEqual({ a: 1 });
  });
  it('that is discarded is deleted, with what waited', async () => {
    keeper.change({ a: 1 });
    await keeper.discard();
    await vi.advanceTimersByTimeAsync(5000);
    expect(calls.map((call) => call.method)).toEqual(['DELETE']);
    expect(await here()).toBeNull();
  });
  it('goes when another person signs out, not when its writer does', async () => {
    keeper.change({ a: 1 });
    keeper.stop();
    await forgetOthers('dpo1');
    expect(await here()).toEqual({ a: 1 });
    await forgetOthers('another');
    expect(await here()).toBeNull();
  });
  it('puts its page at risk where the browser forbids storage', async () => {
    refusals = [problem(503)];
    keeper.change({ a: 1 });
    await vi.advanceTimersByTimeAsync(1300);
    expect(keeper.atRisk).toBe(true); // the document of a test has no IndexedDB
    await vi.advanceTimersByTimeAsync(9000);
    expect(keeper.atRisk).toBe(false);
  });
});
