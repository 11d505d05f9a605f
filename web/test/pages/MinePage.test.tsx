import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { MyCase } from '../../src/api/myCases';
import MinePage from '../../src/pages/mine/MinePage';
import { FakeEvents } from '../events';
import { me, processInstance } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

const SEARCH = 'POST /process-instances/mine/search';
const step = {
  elementId: 'Task_Check',
  name: { th: 'ตรวจสอบ', en: 'Check' },
  type: 'USER_TASK',
  since: '2026-04-10T09:00:00.000Z',
  userTaskKey: '1',
  assignee: null,
  candidateGroups: ['checkers'],
  dueBy: null,
  mine: false,
};

function mine(changes: Partial<MyCase> = {}): MyCase {
  return { ...processInstance(), part: 'STARTED', late: false, dueBy: null, steps: [step], ...changes };
}

function open(routes: Routes = {}, at = '/mine') {
  const calls = serve({
    'GET /authentication/me': me,
    'POST /groups/search': page([{ groupId: 'checkers', name: 'กลุ่มตรวจสอบ', nameEn: 'Checkers' }]),
    [SEARCH]: page([mine()]),
    ...routes,
  });
  return { calls, ...renderPage(<MinePage />, { pattern: '/mine', at }) };
}

const asked = (calls: { path: string; body: unknown }[]) =>
  calls.filter((call) => call.path === '/process-instances/mine/search').map((call) => call.body);

describe('my cases', () => {
  it('tells where a case stands and whom it waits for', async () => {
    const { container, calls } = open();
    await screen.findByRole('link', { name: '300' });
    const table = within(screen.getByRole('table'));
    expect(table.getByText('ตรวจสอบ')).toBeTruthy();
    await table.findByText(/รอ กลุ่มตรวจสอบ/);
    expect(asked(calls)).toEqual([{ filter: { state: { $in: ['ACTIVE', 'SUSPENDED'] } }, page: { limit: 25 } }]);
    await expectAccessible(container);
  });

  it('opens the task from where it is one’s turn, by keyboard', async () => {
    const { user, router } = open({ [SEARCH]: page([mine({ late: true, steps: [{ ...step, mine: true }] })]) });
    const link = await screen.findByRole('link', { name: 'เปิดงาน ตรวจสอบ' });
    expect(screen.getByText('ถึงคิวคุณ')).toBeTruthy();
    expect(within(screen.getByRole('table')).getByText('ล่าช้า')).toBeTruthy();
    link.focus();
    await user.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/tasks/1');
  });

  it('keeps view, part and words in the address', async () => {
    const { user, router, calls } = open({}, '/mine?view=late&part=STARTED');
    await screen.findByRole('link', { name: '300' });
    expect(asked(calls).at(-1)).toMatchObject({ filter: { late: true, part: 'STARTED' } });
    await user.type(screen.getByRole('searchbox'), 'กษ{Enter}');
    await waitFor(() => expect(asked(calls).at(-1)).toMatchObject({ filter: { text: 'กษ', late: true } }));
    await user.click(screen.getByRole('link', { name: 'รอฉันดำเนินการ' }));
    await waitFor(() => expect(asked(calls).at(-1)).toMatchObject({ filter: { turn: 'MINE', text: 'กษ' } }));
    expect(router.state.location.search).toContain('view=turn');
  });

  it('teaches when it is empty, and offers to clear the filters when these are the cause', async () => {
    const { user, router } = open({ [SEARCH]: page([]) }, '/mine?part=WORKED');
    await user.click(await screen.findByRole('button', { name: 'ล้างตัวกรอง' }));
    expect((await screen.findByRole('link', { name: 'เริ่มเรื่องใหม่' })).getAttribute('href')).toBe('/start');
    expect(router.state.location.search).toBe('');
  });

  it('shows an error where it arose, and tries again', async () => {
    let broken = true;
    const { user } = open({ [SEARCH]: () => (broken ? problem(503) : page([mine()])) });
    await screen.findByRole('alert');
    broken = false;
    await user.click(screen.getByRole('button', { name: 'ลองใหม่' }));
    await screen.findByRole('link', { name: '300' });
  });

  it('follows what changes, and never shortens a list that was made longer', async () => {
    const stream = FakeEvents.install();
    const many = (from: number) =>
      Array.from({ length: 25 }, (_, at) => mine({ processInstanceKey: String(from + at) }));
    const { user, calls } = open({
      [SEARCH]: (call: { body: unknown }) =>
        'after' in (call.body as { page: object }).page ? page(many(100)) : page(many(300), 'cursor'),
    });
    await user.click(await screen.findByRole('button', { name: 'แสดงเพิ่มเติม' }));
    await screen.findByRole('link', { name: '100' });
    const before = asked(calls).length;
    act(() => stream.send('process-instance', { processInstanceKey: '999' }));
    act(() => stream.send('process-instance', { processInstanceKey: '100' }));
    await user.click(await screen.findByRole('button', { name: 'แสดงข้อมูลล่าสุด' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: '100' })).toBeNull());
    expect(asked(calls)).toHaveLength(before + 1);
  });
});
