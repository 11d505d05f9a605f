import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/api/types';
import { activeOf, Replay, scopesOf } from '../../src/pages/case/replay/caseAt';

const PRESENT = { definition: '9', number: 2 };
let sequence = 0;

function event(type: string, elementId: string | null, key: string | null, data: Record<string, unknown> = {}) {
  sequence += 1;
  const at = `2026-04-10T09:00:00.${String(sequence).padStart(6, '0')}Z`;
  return { sequence, at, type, elementId, elementInstanceKey: key, data, actor: 'a', onBehalfOf: null, hash: '' };
}

function history(...events: ReturnType<typeof event>[]): HistoryEvent[] {
  return events.map((each, index) => ({ ...each, sequence: index + 1, elementName: null }));
}

const task = (id: string, key: string, scope = '1') => [
  event('element-activated', id, key, { type: 'USER_TASK', scope }),
  event('user-task-created', id, key, { assignee: null }),
];

describe('a case after each of its events', () => {
  const told = history(
    event('instance-created', null, null),
    event('element-activated', 'p', '1', { type: 'PROCESS', scope: '1' }),
    event('element-activated', 'Sub', '2', { type: 'SUB_PROCESS', scope: '1' }),
    ...task('A', '3', '2'),
    event('assignee-set', 'A', '3', { assignee: 'dpo1', before: null }),
    event('element-completed', 'A', '3'),
    event('flow-taken', 'Flow_1', null),
    ...task('B', '4', '2'),
  );
  const replay = new Replay(told, PRESENT);

  it('has nothing open before the first event', () => {
    expect(activeOf(replay.after(0))).toEqual([]);
  });

  it('stands where its tasks are, not in what surrounds them', () => {
    expect(activeOf(replay.after(5))).toEqual(['A']);
    expect(activeOf(replay.after(7))).toEqual([]);
    expect(activeOf(replay.after(10))).toEqual(['B']);
  });

  it('counts what was completed and taken until then, and not later', () => {
    expect([...replay.after(6).completed]).toEqual([]);
    expect([...replay.after(10).completed]).toEqual([['A', 1]]);
    expect([[...replay.after(7).taken], [...replay.after(8).taken]]).toEqual([[], ['Flow_1']]);
  });

  it('tells who had a task, from when on', () => {
    expect(replay.after(5).tasks.get('3')).toMatchObject({ elementId: 'A', assignee: null });
    expect(replay.after(6).tasks.get('3')?.assignee).toBe('dpo1');
    expect(replay.after(7).tasks.size).toBe(0);
  });

  it('knows the scopes that a task saw, the outermost first', () => {
    expect(scopesOf(replay.after(5), '3')).toEqual(['1', '2', '3']);
  });

  it('is the same whichever way one comes to a moment', () => {
    const forward = new Replay(told, PRESENT);
    for (let count = 0; count < told.length; count += 1) forward.after(count);
    expect(forward.after(6)).toEqual(new Replay(told, PRESENT).after(6));
  });

  it('shows as active what it does not know the kind of', () => {
    const untold = history(event('element-activated', 'A', '3'));
    expect(activeOf(new Replay(untold, PRESENT).after(1))).toEqual(['A']);
  });
});

describe('a case that went over to another version', () => {
  const told = history(
    ...task('A', '3'),
    event('instance-migrated', null, null, { target: '9', mapping: [{ source: 'A', target: 'First' }] }),
    event('version-changed', null, '1', {
      before: { definition: '7', processId: 'p', version: 1 },
      after: { definition: '9', processId: 'p', version: 2 },
    }),
    event('element-completed', 'First', '3'),
  );
  const replay = new Replay(told, PRESENT);

  it('followed the version of that moment', () => {
    expect(replay.versions.map(({ number }) => number)).toEqual([1, 2]);
    expect(replay.after(3).version).toEqual({ definition: '7', number: 1 });
    expect(replay.after(4).version).toEqual(PRESENT);
  });

  it('goes on under the ids of the other one', () => {
    expect(activeOf(replay.after(3))).toEqual(['A']);
    expect(activeOf(replay.after(4))).toEqual(['First']);
    expect(replay.after(4).tasks.get('3')?.elementId).toBe('First');
  });
});

describe('a long history', () => {
  it('gives the same at every moment as going through it from its beginning', () => {
    const rounds = Array.from({ length: 500 }, (_, n) => [
      event('element-activated', 'A', String(n), { type: 'TASK', scope: '1' }),
      event('element-completed', 'A', String(n)),
    ]).flat();
    const replay = new Replay(history(...rounds), PRESENT);
    expect(replay.after(1000).completed.get('A')).toBe(500);
    expect(replay.after(199).completed.get('A')).toBe(99);
    expect(replay.after(200).completed.get('A')).toBe(100);
    expect(replay.after(401).open.size).toBe(1);
  });
});
