import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../src/api/client';
import { AGAIN, PAUSE, Saver } from '../../src/modeler/saver';

const refused = (status: number) => new Problem({ type: 'x', title: 'x', status, detail: '', instance: '' });

/** A saver of a text that the test changes; `put` is asked as the server is. */
function saving(put: (content: string, revision: number) => Promise<number>) {
  const at = { text: 'one', latest: 7 };
  const asked = vi.fn(put);
  const saver = new Saver({ content: async () => at.text, put: asked, latest: async () => at.latest }, 3);
  const write = (text: string) => {
    at.text = text;
    saver.changed();
  };
  return { at, asked, saver, write };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a file that is saved as it is changed', () => {
  it('is written once after a pause, over the revision that was opened', async () => {
    const { asked, saver, write } = saving(async () => 4);
    write('two');
    write('three');
    expect(saver.snapshot().kind).toBe('changed');
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(asked.mock.calls).toEqual([['three', 3]]);
    expect(saver.snapshot()).toEqual({ kind: 'saved', error: null, revision: 4 });
  });

  it('is written again when it was changed while it was written', async () => {
    let answer: (revision: number) => void = () => undefined;
    const { asked, saver, write } = saving((_, revision) => new Promise((done) => (answer = () => done(revision + 1))));
    write('two');
    await vi.advanceTimersByTimeAsync(PAUSE);
    write('three');
    answer(0);
    await vi.advanceTimersByTimeAsync(PAUSE);
    answer(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.mock.calls).toEqual([
      ['two', 3],
      ['three', 4],
    ]);
    expect(saver.snapshot().kind).toBe('saved');
  });

  it('is tried again when the server did not answer', async () => {
    let tries = 0;
    const { saver, write } = saving(() => ((tries += 1) > 1 ? Promise.resolve(4) : Promise.reject(refused(0))));
    write('two');
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(saver.snapshot().kind).toBe('failed');
    await vi.advanceTimersByTimeAsync(AGAIN);
    expect(saver.snapshot().kind).toBe('saved');
  });

  it('never goes over what another person saved, until that is decided', async () => {
    const { asked, saver, write } = saving(async (_, revision) => {
      if (revision === 3) throw refused(409);
      return revision + 1;
    });
    write('mine');
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(saver.snapshot().kind).toBe('stale');
    write('more of mine');
    await vi.advanceTimersByTimeAsync(AGAIN);
    expect(asked).toHaveBeenCalledTimes(1);
    await saver.saveOver();
    expect(asked).toHaveBeenLastCalledWith('more of mine', 7);
    expect(saver.snapshot()).toMatchObject({ kind: 'saved', revision: 8 });
  });

  it('is saved when it is closed', async () => {
    const { asked, saver, write } = saving(async () => 4);
    write('two');
    saver.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('tells whether everything is saved', async () => {
    const { saver, write } = saving(() => Promise.reject(refused(500)));
    expect(await saver.settled()).toBe(true);
    write('two');
    expect(await saver.settled()).toBe(false);
  });
});
