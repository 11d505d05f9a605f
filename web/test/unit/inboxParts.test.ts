import { describe, expect, it } from 'vitest';
import {
  addressOfSaved,
  contentOf,
  displayOf,
  queryOf,
  variableText,
  variablesOf,
  viewOf,
} from '../../src/pages/inbox/filters';
import { dueGroup, grouped } from '../../src/pages/inbox/grouping';
import { morningIn } from '../../src/pages/inbox/mornings';
import { userTask } from '../fixtures';

const FRIDAY = Date.parse('2026-04-10T16:00:00+07:00');

describe('mornings', () => {
  it.each([
    ['tomorrow', '2026-04-11'],
    ['monday', '2026-04-13'],
    ['week', '2026-04-17'],
  ] as const)('%s is a day of the office', (which, day) => {
    expect(morningIn(which, FRIDAY)).toBe(`${day}T08:30:00+07:00`);
  });
  it('the next Monday is never today', () => {
    expect(morningIn('monday', Date.parse('2026-04-13T07:00:00+07:00'))).toBe('2026-04-20T08:30:00+07:00');
  });
});

describe('groups', () => {
  it.each([
    [null, 'none'],
    ['2026-04-10T15:59:00+07:00', 'overdue'],
    ['2026-04-10T23:59:00+07:00', 'today'],
    ['2026-04-11T00:00:00+07:00', 'week'],
    ['2026-04-16T23:59:00+07:00', 'week'],
    ['2026-04-17T00:00:00+07:00', 'later'],
  ] as const)('due at %s: %s', (due, group) => expect(dueGroup(due, FRIDAY)).toBe(group));
  it('stand in the order of their first tasks, and keep every row', () => {
    const rows = ['p', 'q', 'p'].map((processDefinitionId, n) => ({
      task: userTask({ processDefinitionId, userTaskKey: String(n) }),
      gone: false,
    }));
    const found = grouped(rows, 'process').map((group) => [group.key, group.rows.map(({ task }) => task.userTaskKey)]);
    expect(found).toEqual([
      ['p', ['0', '2']],
      ['q', ['1']],
    ]);
    expect(grouped(rows, 'none')).toHaveLength(1);
  });
});

describe('the address', () => {
  it('shows a saved view as it was saved', () => {
    const params = new URLSearchParams(
      'view=today&q=แจ้ง&process=p&unit=dpo&case=กษ*&due=none&priority=high&unread=yes&followUp=yes&var=a%3D1%2C+b%3Dx&columns=case+due&grouping=case&sort=newest',
    );
    const content = contentOf(queryOf(viewOf(params), params), displayOf(params));
    const again = new URLSearchParams(addressOfSaved({ inboxViewKey: '8', name: 'n', rev: 1, ...content }));
    expect(again.get('saved')).toBe('8');
    again.delete('saved');
    expect(Object.fromEntries(again)).toEqual(Object.fromEntries(params));
  });
  it('takes what it does not know for nothing', () => {
    const params = new URLSearchParams('view=all&due=ever&columns=secret&grouping=x&sort=y&var=%3D1');
    expect(viewOf(params)).toBe('mine');
    expect(displayOf(params)).toEqual({ columns: [], grouping: 'none' });
    expect(queryOf('mine', params)).toMatchObject({ due: '', sort: 'due', variables: [] });
  });
  it('writes variables as they are read', () => {
    const variables = [
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
    ];
    expect(variablesOf(variableText(variables))).toEqual(variables);
  });
});
