import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/api/types';
import { EVERYTHING, filtered, occurring, throughOf } from '../../src/pages/case/timelineFilter';

function event(sequence: number, type: string, members: Partial<HistoryEvent> = {}): HistoryEvent {
  return {
    sequence,
    type,
    at: '2026-04-10T09:00:00.000Z',
    actor: 'dpo1',
    onBehalfOf: null,
    elementId: null,
    elementName: null,
    elementInstanceKey: null,
    data: {},
    hash: '',
    ...members,
  };
}

const told = [
  event(1, 'instance-created', { actor: 'staff1' }),
  event(2, 'flow-taken', { elementId: 'F', actor: 'staff1' }),
  event(3, 'user-task-claimed', { elementId: 'A', onBehalfOf: 'dpo2' }),
  event(4, 'comment-written', { data: { text: 'ขอเอกสาร Form 7' } }),
  event(5, 'variable-set', { data: { name: 'x', value: 1 } }),
];
const numbers = (filter: Partial<typeof EVERYTHING>, labels = (each: HistoryEvent) => each.type) =>
  filtered(told, { ...EVERYTHING, ...filter }, labels).map(({ sequence }) => sequence);

describe('what is shown of a history', () => {
  it('leaves out the working of the engine, unless all or just that is asked for', () => {
    expect(numbers({})).toEqual([1, 3, 4]);
    expect(numbers({ all: true })).toEqual([1, 2, 3, 4, 5]);
    expect(numbers({ type: 'flow-taken' })).toEqual([2]);
  });

  it('finds what a person did, and what was done in that name', () => {
    expect(numbers({ person: 'staff1' })).toEqual([1]);
    expect(numbers({ person: 'dpo2' })).toEqual([3]);
  });

  it('finds a step, and a text in words or in data', () => {
    expect(numbers({ element: 'A' })).toEqual([3]);
    expect(numbers({ text: 'form 7' })).toEqual([4]);
    expect(numbers({ text: 'รับงาน' }, () => 'รับงาน')).toEqual([1, 3, 4]);
    expect(numbers({ text: 'nowhere' })).toEqual([]);
  });

  it('offers what occurs, each once', () => {
    expect(occurring(told)).toEqual({
      types: ['instance-created', 'flow-taken', 'user-task-claimed', 'comment-written', 'variable-set'],
      persons: ['staff1', 'dpo1', 'dpo2'],
      elements: ['F', 'A'],
    });
  });
});

describe('the end of what belongs to an event', () => {
  it('is before the next that people or clocks did, also when the filter hides that one', () => {
    expect(told.map((each) => throughOf(told, each, false))).toEqual([2, 2, 3, 5, 5]);
  });

  it('is the event itself where every event is shown', () => {
    expect(told.map((each) => throughOf(told, each, true))).toEqual([1, 2, 3, 4, 5]);
  });
});
