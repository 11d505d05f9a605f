/** The lists of the inbox: how much is in them, saved ones, how they are shown. */
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SavedView } from '../../src/api/types';
import InboxPage from '../../src/pages/inbox/InboxPage';
import { userTask } from '../fixtures';
import { asked, at, HOUR, inbox, lists } from '../inbox';
import { expectAccessible, renderPage } from '../render';
import { problem, Reply } from '../server';

const saved: SavedView = {
  inboxViewKey: '8',
  name: 'ด่วนของฉัน',
  rev: 2,
  view: 'groups',
  filter: { text: 'แจ้ง', urgent: true, variables: [{ name: 'amount', value: '5' }] },
  columns: ['case', 'due'],
  grouping: 'process',
  sort: 'due',
};

describe('the lists of the inbox', () => {
  it('say how many tasks they have, and nothing where there are none', async () => {
    const items = [
      { view: 'mine', count: 3, more: false },
      { view: 'groups', count: 100, more: true },
      { view: 'overdue', count: 0, more: false },
    ];
    inbox([], { 'GET /user-tasks/counts': { items } });
    const { container } = renderPage(<InboxPage />, { pattern: '/', at: '/' });
    expect(await (await lists()).findByRole('link', { name: /^งานที่ฉันรับไว้.*๓ งาน$/ })).toBeTruthy();
    expect((await lists()).getByRole('link', { name: /มากกว่า ๑๐๐\+ งาน$/ })).toBeTruthy();
    expect((await lists()).getByRole('link', { name: 'เกินกำหนด' })).toBeTruthy();
    await expectAccessible(container);
  });

  it.each(['mine', 'today', 'waiting', 'snoozed'])('teach what %s is for when it is empty', async (view) => {
    inbox([]);
    renderPage(<InboxPage />, { pattern: '/', at: `/?view=${view}`, language: 'en' });
    const text = await screen.findByText('There is no task in this list');
    expect(text.nextElementSibling?.textContent).toMatch(/\.$/);
  });

  it('show what waits for others where an old bookmark had the delegated ones', async () => {
    const calls = inbox([]);
    renderPage(<InboxPage />, { pattern: '/', at: '/?view=delegated' });
    await waitFor(() => expect(asked(calls).filter).toEqual({ view: 'waiting' }));
  });
});

describe('filters and how a list is shown', () => {
  it('narrow by unit, number, data and what is unread, each taken away by its chip', async () => {
    const calls = inbox([userTask()]);
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups' });
    await user.selectOptions(await screen.findByLabelText('กลุ่มงานของฉัน'), 'dpo');
    await user.type(screen.getByLabelText('เลขที่เรื่อง'), 'กษ 12*{Enter}');
    await user.type(screen.getByLabelText('ข้อมูลของเรื่อง'), 'amount=๕๐๐, who=ann{Enter}');
    await user.click(screen.getByRole('checkbox', { name: 'ยังไม่ได้อ่าน' }));
    await waitFor(() =>
      expect(asked(calls).filter).toEqual({
        view: 'groups',
        candidateGroup: 'dpo',
        businessId: { $like: 'กษ 12*' },
        processInstanceVariables: [
          { name: 'amount', value: '500' },
          { name: 'who', value: '"ann"' },
        ],
        unread: true,
      }),
    );
    screen.getByRole('button', { name: 'เอาตัวกรองออก: เลขที่เรื่อง: กษ 12*' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked(calls).filter).not.toHaveProperty('businessId'));
    await user.click(screen.getByRole('button', { name: 'ล้างตัวกรอง (๓)' }));
    await waitFor(() => expect(asked(calls).filter).toEqual({ view: 'groups' }));
  });

  it('refuse data that have no name', async () => {
    const calls = inbox([]);
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups' });
    await user.type(await screen.findByLabelText('ข้อมูลของเรื่อง'), '500{Enter}');
    expect(screen.getByLabelText('ข้อมูลของเรื่อง').getAttribute('aria-invalid')).toBe('true');
    expect(asked(calls).filter).toEqual({ view: 'groups' });
  });

  it('put rows into groups, choose columns and sort, by keys alone', async () => {
    const tasks = [
      userTask({ dueBy: at(-HOUR), dueDate: at(-HOUR), priority: 80 }),
      userTask({ userTaskKey: '2', name: 'ไม่มีกำหนด' }),
    ];
    const calls = inbox(tasks);
    const { user, container } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups' });
    (await screen.findByRole('button', { name: 'การแสดงผล' })).focus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    await user.selectOptions(dialog.getByLabelText('จัดกลุ่มตาม'), 'due');
    await user.selectOptions(dialog.getByLabelText('เรียงตาม'), 'priority');
    dialog.getByRole('checkbox', { name: 'ความสำคัญ' }).focus();
    await user.keyboard(' ');
    dialog.getByRole('button', { name: 'ใช้' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked(calls).sort).toMatchObject([{ field: 'priority', order: 'DESC' }, {}]));
    const heads = await screen.findAllByRole('rowheader');
    expect(heads.map((head) => head.textContent)).toEqual(['เกินกำหนด (๑ งานที่แสดง)', 'ไม่มีกำหนด (๑ งานที่แสดง)']);
    expect(screen.getByRole('columnheader', { name: 'ความสำคัญ' })).toBeTruthy();
    await expectAccessible(container);
  });
});

describe('saved views', () => {
  it('open as they were kept', async () => {
    const calls = inbox([userTask({ businessId: 'กษ 1' })], {
      'GET /authentication/me/inbox-views': { items: [saved] },
    });
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/' });
    await user.click(await (await lists()).findByRole('link', { name: /ด่วนของฉัน/ }));
    await waitFor(() =>
      expect(asked(calls).filter).toEqual({
        view: 'groups',
        text: 'แจ้ง',
        priority: { $gt: 50 },
        processInstanceVariables: [{ name: 'amount', value: '5' }],
      }),
    );
    expect((await lists()).getByRole('link', { current: 'page' }).textContent).toContain('ด่วนของฉัน');
    expect((await screen.findAllByRole('columnheader')).map((head) => head.textContent)).toContain('เลขที่เรื่อง');
    expect(screen.queryByRole('button', { name: /^บันทึกการเปลี่ยนแปลง/ })).toBeNull();
  });

  it('are made of what is shown, changed, and deleted', async () => {
    let items: SavedView[] = [];
    const calls = inbox([userTask()], {
      'GET /authentication/me/inbox-views': () => ({ items }),
      'POST /authentication/me/inbox-views': ({ body }: { body: unknown }) => {
        items = [{ ...saved, ...(body as object), rev: 1 }];
        return new Reply(201, { inboxViewKey: '8' });
      },
      'PUT /authentication/me/inbox-views/8': () => new Reply(204),
      'DELETE /authentication/me/inbox-views/8': () => {
        items = [];
        return new Reply(204);
      },
    });
    const { user, container } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=today&priority=high' });
    await user.click(await screen.findByRole('button', { name: 'บันทึกเป็นมุมมองของฉัน' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'บันทึก' }));
    expect(screen.getByRole('alert').textContent).toBe('โปรดตั้งชื่อมุมมอง');
    await user.type(screen.getByLabelText('ชื่อมุมมอง'), 'วันนี้ ด่วน{Enter}');
    await (await lists()).findByRole('link', { name: /วันนี้ ด่วน/ });
    expect(calls.find(({ method, path }) => method === 'POST' && path.endsWith('inbox-views'))?.body).toEqual({
      name: 'วันนี้ ด่วน',
      view: 'today',
      filter: { urgent: true },
      columns: ['process', 'assignee', 'due'],
      grouping: 'none',
      sort: 'due',
    });
    await screen.findByRole('button', { name: 'ลบมุมมอง “วันนี้ ด่วน”' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.selectOptions(screen.getByLabelText('ความสำคัญ'), '');
    await user.click(await screen.findByRole('button', { name: 'บันทึกการเปลี่ยนแปลงใน “วันนี้ ด่วน”' }));
    const put = calls.find(({ method }) => method === 'PUT');
    expect([put?.body, put?.headers.get('If-Match')]).toMatchObject([{ filter: {} }, '"1"']);
    await user.click(screen.getByRole('button', { name: 'ลบมุมมอง “วันนี้ ด่วน”' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'ลบ' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: /วันนี้ ด่วน/ })).toBeNull());
    await expectAccessible(container);
  });

  it('are renamed, as they were kept', async () => {
    let items: SavedView[] = [{ ...saved, name: 'ด่วน', inboxViewKey: '8' }];
    const calls = inbox([userTask()], {
      'GET /authentication/me/inbox-views': () => ({ items }),
      'PUT /authentication/me/inbox-views/8': ({ body }: { body: unknown }) => {
        items = [{ ...(items[0] as SavedView), ...(body as object), rev: 9 }];
        return new Reply(204);
      },
    });
    const { user, container } = renderPage(<InboxPage />, { pattern: '/', at: '/' });
    await user.click(await (await lists()).findByRole('link', { name: /ด่วน/ }));
    (await screen.findByRole('button', { name: 'เปลี่ยนชื่อ ด่วน' })).focus();
    await user.keyboard('{Enter}');
    await user.clear(await screen.findByLabelText('ชื่อใหม่'));
    await user.type(screen.getByLabelText('ชื่อใหม่'), 'เร่งด่วน{Enter}');
    await (await lists()).findByRole('link', { name: /เร่งด่วน/ });
    const { view, filter, columns, grouping, sort, rev } = saved;
    const put = calls.find(({ method }) => method === 'PUT');
    const kept = { view, filter, columns, grouping, sort, name: 'เร่งด่วน' };
    expect([put?.body, put?.headers.get('If-Match')]).toEqual([kept, `"${rev}"`]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await expectAccessible(container);
  });

  it('say why one cannot be saved, where it was asked for', async () => {
    const taken = problem(409, { code: 'inbox-view-name-taken', th: 'คุณมีมุมมองชื่อนี้อยู่แล้ว', en: 'x' });
    inbox([], { 'POST /authentication/me/inbox-views': taken });
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/' });
    await user.click(await screen.findByRole('button', { name: 'บันทึกเป็นมุมมองของฉัน' }));
    await user.type(screen.getByLabelText('ชื่อมุมมอง'), 'ซ้ำ{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('คุณมีมุมมองชื่อนี้อยู่แล้ว');
  });
});
