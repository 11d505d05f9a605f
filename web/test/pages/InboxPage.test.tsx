import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { UserTask } from '../../src/api/types';
import InboxPage from '../../src/pages/inbox/InboxPage';
import { FakeEvents } from '../events';
import { aside, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve } from '../server';

const place = { pattern: '/', at: '/?view=groups' };

function inbox(tasks: UserTask[], more: Parameters<typeof serve>[0] = {}) {
  return serve({
    'GET /authentication/me': me,
    ...aside,
    'POST /user-tasks/search': () => page(tasks),
    ...Object.fromEntries(tasks.map((task) => [`GET /user-tasks/${task.userTaskKey}`, () => task])),
    ...more,
  });
}
const rows = () => screen.getAllByRole('row').slice(1);

describe('the inbox', () => {
  it('shows tasks with step, case, time left and the statutory clock', async () => {
    const soon = new Date(Date.now() + 2 * 3_600_000 + 5000).toISOString();
    inbox([userTask({ dueDate: soon, statutoryDueDate: soon, stepNumber: '4', businessId: 'กษ 12' })]);
    const { container } = renderPage(<InboxPage />, place);
    const row = (await screen.findByRole('link', { name: 'ตรวจสอบข้อเท็จจริง' })).closest('tr') as HTMLElement;
    expect(row.textContent).toContain('ขั้นที่ ๔');
    expect(row.textContent).toContain('เรื่อง กษ 12');
    expect(within(row).getAllByText(/^เหลือ ๒ ชม\.$/)).toHaveLength(2);
    expect(within(row).getByRole('img', { name: 'กำหนดตามกฎหมาย' })).toBeTruthy();
    await expectAccessible(container);
  });

  it('asks for the view and the text in the address', async () => {
    const calls = inbox([]);
    renderPage(<InboxPage />, { pattern: '/', at: '/?view=overdue&q=แจ้ง' });
    await screen.findByText('ไม่พบงานที่ตรงกับคำค้น');
    expect(calls.find(({ path }) => path === '/user-tasks/search')?.body).toMatchObject({
      filter: { view: 'overdue', text: 'แจ้ง' },
    });
  });

  it('moves with the arrow keys and claims with C, also on a Thai keyboard', async () => {
    const second = userTask({ userTaskKey: '2', name: 'ประเมินความเสี่ยง' });
    const calls = inbox([userTask(), second], {
      'POST /user-tasks/2/assignment': () => {
        second.assignee = 'dpo1';
        return new Reply(204);
      },
    });
    const { user } = renderPage(<InboxPage />, place);
    (await screen.findByRole('link', { name: 'ตรวจสอบข้อเท็จจริง' })).focus();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('ประเมินความเสี่ยง');
    await user.keyboard('[KeyC]');
    await waitFor(() => expect(rows()[1]?.textContent).toContain('ฉัน'));
    expect(calls.find((call) => call.path === '/user-tasks/2/assignment')?.body).toEqual({
      assignee: 'dpo1',
      allowOverride: false,
    });
    expect(screen.getByText('รับงาน “ประเมินความเสี่ยง” แล้ว')).toBeTruthy();
  });

  it('does not take C for a claim outside the list', async () => {
    const calls = inbox([userTask()]);
    const { user } = renderPage(<InboxPage />, place);
    await screen.findByRole('link', { name: 'ตรวจสอบข้อเท็จจริง' });
    await user.type(screen.getByRole('searchbox'), 'c');
    expect(calls.some((call) => call.path.includes('assignment'))).toBe(false);
  });

  it('says that somebody else was quicker', async () => {
    inbox([userTask()], { 'POST /user-tasks/1/assignment': problem(409) });
    const { user } = renderPage(<InboxPage />, place);
    await user.click((await screen.findAllByRole('button', { name: 'รับงาน ตรวจสอบข้อเท็จจริง' }))[0] as HTMLElement);
    expect(await screen.findByText('มีผู้อื่นรับงานนี้ไปก่อนแล้ว')).toBeTruthy();
  });

  it('keeps its rows in place when others change things, and offers what is new', async () => {
    const events = FakeEvents.install();
    const tasks = [userTask(), userTask({ userTaskKey: '2', name: 'งานที่สอง' })];
    inbox(tasks);
    const { user } = renderPage(<InboxPage />, place);
    await screen.findByRole('link', { name: 'งานที่สอง' });
    tasks.splice(0, 1, userTask({ userTaskKey: '3', name: 'งานใหม่' }));
    act(() => events.send('user-task', { userTaskKey: '1', state: 'COMPLETED' }));
    const show = await screen.findByRole('button', { name: 'แสดงงานใหม่' });
    expect(rows().map((row) => row.querySelector('a')?.textContent)).toEqual(['ตรวจสอบข้อเท็จจริง', 'งานที่สอง']);
    expect(rows()[0]?.className).toBe('gone');
    await user.click(show);
    await waitFor(() =>
      expect(rows().map((row) => row.querySelector('a')?.textContent)).toEqual(['งานใหม่', 'งานที่สอง']),
    );
  });

  it('loads the next page on demand', async () => {
    const first = Array.from({ length: 50 }, (_, index) => userTask({ userTaskKey: String(index + 1) }));
    const calls = serve({
      'GET /authentication/me': me,
      ...aside,
      'POST /user-tasks/search': ({ body }: { body: unknown }) =>
        (body as { page: { after?: string } }).page.after
          ? page([userTask({ userTaskKey: '51' })])
          : page(first, 'cursor'),
    });
    const { user } = renderPage(<InboxPage />, place);
    await user.click(await screen.findByRole('button', { name: 'แสดงเพิ่มเติม' }));
    await waitFor(() => expect(rows()).toHaveLength(51));
    expect(calls.filter(({ path }) => path === '/user-tasks/search').at(-1)?.body).toMatchObject({
      page: { after: 'cursor' },
    });
    expect(screen.queryByRole('button', { name: 'แสดงเพิ่มเติม' })).toBeNull();
  });

  it('speaks English', async () => {
    inbox([userTask()]);
    renderPage(<InboxPage />, { ...place, language: 'en' });
    expect(await screen.findByRole('link', { name: 'Check the facts' })).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('My tasks');
  });
});
