/** The inbox by its keys, and doing something to many tasks at once. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Me, UserTask } from '../../src/api/types';
import InboxPage from '../../src/pages/inbox/InboxPage';
import { aside, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve } from '../server';

const place = { pattern: '/', at: '/?view=groups' };
const three = () => ['หนึ่ง', 'สอง', 'สาม'].map((name, index) => userTask({ userTaskKey: String(index + 1), name }));

function inbox(tasks: UserTask[], more: Parameters<typeof serve>[0] = {}, who: Partial<Me> = {}) {
  return serve({
    'GET /authentication/me': { ...me, ...who },
    ...aside,
    'POST /user-tasks/search': () => page(tasks),
    ...Object.fromEntries(tasks.map((task) => [`GET /user-tasks/${task.userTaskKey}`, () => task])),
    ...more,
  });
}

function claims(task: UserTask): Record<string, unknown> {
  return {
    [`POST /user-tasks/${task.userTaskKey}/assignment`]: () => {
      task.assignee = me.username;
      return new Reply(204);
    },
  };
}

const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name: `เลือก ${name}` });
const rowOf = (name: string) => screen.getByRole('link', { name }).closest('tr') as HTMLElement;

describe('the keys of the inbox', () => {
  it('J and K go through the tasks, from nowhere and on a Thai keyboard too', async () => {
    inbox(three());
    renderPage(<InboxPage />, place);
    await box('หนึ่ง');
    fireEvent.keyDown(document.body, { code: 'KeyJ', key: '่' });
    expect(document.activeElement?.textContent).toBe('หนึ่ง');
    fireEvent.keyDown(document.activeElement as Element, { code: 'KeyJ', key: 'j' });
    expect(document.activeElement?.textContent).toBe('สอง');
    fireEvent.keyDown(document.activeElement as Element, { code: 'KeyK', key: 'า' });
    expect(document.activeElement?.textContent).toBe('หนึ่ง');
  });

  it('X selects the task and Escape none', async () => {
    inbox(three());
    const { user } = renderPage(<InboxPage />, place);
    await box('หนึ่ง');
    await user.keyboard('[KeyJ][KeyX][KeyJ][KeyX]');
    expect(screen.getByText('เลือกไว้ ๒ งาน')).toBeTruthy();
    expect((await box('สอง')).checked).toBe(true);
    await user.keyboard('[KeyX]');
    expect((await box('สอง')).checked).toBe(false);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'งานที่เลือก' })).toBeNull();
  });

  it('/ goes to the search box, where letters are letters', async () => {
    inbox(three());
    const { user } = renderPage(<InboxPage />, place);
    await box('หนึ่ง');
    fireEvent.keyDown(document.body, { code: 'Slash', key: 'ฝ' });
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
    await user.keyboard('xj');
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('xj');
    expect(screen.queryByRole('region', { name: 'งานที่เลือก' })).toBeNull();
  });

  it('? lists the keys, where the letters are turned off, and stay off', async () => {
    inbox(three());
    const { user, unmount } = renderPage(<InboxPage />, place);
    await box('หนึ่ง');
    fireEvent.keyDown(document.body, { code: 'Slash', key: '?', shiftKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'แป้นลัด' });
    expect(dialog.textContent).toContain('Cรับงาน');
    await expectAccessible(dialog);
    await user.click(within(dialog).getByRole('checkbox', { name: 'ใช้แป้นลัดที่เป็นตัวอักษร' }));
    await user.click(within(dialog).getByRole('button', { name: 'ปิด' }));
    unmount();
    renderPage(<InboxPage />, place);
    await box('หนึ่ง');
    screen.getByRole('link', { name: 'หนึ่ง' }).focus();
    await user.keyboard('[KeyX][KeyJ]');
    expect(document.activeElement?.textContent).toBe('หนึ่ง');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('สอง');
    expect(screen.queryByRole('region', { name: 'งานที่เลือก' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'แป้นลัด ?' }));
    await user.click(await screen.findByRole('checkbox', { name: 'ใช้แป้นลัดที่เป็นตัวอักษร' }));
    await user.click(screen.getByRole('button', { name: 'ปิด' }));
    fireEvent.keyDown(screen.getByRole('link', { name: 'สอง' }), { code: 'KeyX', key: 'x' });
    expect(screen.getByText('เลือกไว้ ๑ งาน')).toBeTruthy();
  });
});

describe('doing something to many tasks', () => {
  it('claims them one by one, says of each how it went and keeps the failed ones selected', async () => {
    const tasks = three();
    const [first, , third] = tasks as [UserTask, UserTask, UserTask];
    inbox(tasks, { ...claims(first), ...claims(third), 'POST /user-tasks/2/assignment': problem(409) });
    const { user, container } = renderPage(<InboxPage />, place);
    await user.click(await screen.findByRole('checkbox', { name: 'เลือกทั้งหมดที่แสดงอยู่' }));
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'รับงาน (๓)' }));
    expect(await screen.findByText('สำเร็จ ๒ งาน ไม่สำเร็จ ๑ งาน เหตุผลอยู่ที่แต่ละงาน')).toBeTruthy();
    expect(rowOf('หนึ่ง').textContent).toContain('รับงานแล้ว');
    expect(rowOf('สอง').textContent).toContain('มีผู้อื่นรับงานนี้ไปก่อนแล้ว');
    expect(rowOf('สาม').textContent).toContain('ฉัน');
    expect((await box('สอง')).checked).toBe(true);
    expect((await box('หนึ่ง')).checked).toBe(false);
    expect(document.activeElement?.textContent).toBe('หนึ่ง'); // the keys go on from here
  });

  it('gives back what is mine', async () => {
    const tasks = three();
    tasks[0] = userTask({ name: 'หนึ่ง', assignee: me.username });
    const calls = inbox(tasks, { 'DELETE /user-tasks/1/assignee': new Reply(204) });
    const { user } = renderPage(<InboxPage />, place);
    await user.click(await screen.findByRole('checkbox', { name: 'เลือกทั้งหมดที่แสดงอยู่' }));
    await user.click(screen.getByRole('button', { name: 'คืนงานให้กลุ่ม (๑)' }));
    await waitFor(() => expect(calls.filter(({ method }) => method === 'DELETE')).toHaveLength(1));
    expect(await screen.findByText('คืนงาน “หนึ่ง” แล้ว')).toBeTruthy();
  });

  it('completes only what has no form, after asking, and only as it was shown', async () => {
    const tasks = [
      userTask({ name: 'หนึ่ง', assignee: me.username, formKey: null }),
      userTask({ userTaskKey: '2', name: 'สอง', assignee: me.username }),
    ];
    const calls = inbox(tasks, { 'POST /user-tasks/1/completion': problem(409) });
    const { user } = renderPage(<InboxPage />, place);
    await user.click(await screen.findByRole('checkbox', { name: 'เลือกทั้งหมดที่แสดงอยู่' }));
    await user.click(screen.getByRole('button', { name: 'ส่งงานที่ไม่มีแบบฟอร์ม (๑)' }));
    const sent = () => calls.filter(({ path }) => path.endsWith('/completion'));
    expect(sent()).toHaveLength(0);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'ส่งงาน' }));
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]?.headers.get('If-Match')).toBe('"3"');
    await waitFor(async () => expect((await box('หนึ่ง')).checked).toBe(true));
    expect((await box('สอง')).checked).toBe(false);
  });

  it('lets the owner of the process assign, and nobody else', async () => {
    const calls = inbox(
      three(),
      {
        'POST /users/search': page([{ username: 'clerk1', name: 'เจ้าหน้าที่หนึ่ง' }]),
        'POST /user-tasks/2/assignment': new Reply(204),
      },
      { roles: ['process-owner'], ownedProcesses: ['p'] },
    );
    const { user } = renderPage(<InboxPage />, place);
    await user.click(await box('สอง'));
    await user.click(screen.getByRole('button', { name: 'มอบหมาย (๑)' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('ผู้รับมอบหมาย (พิมพ์ชื่อ)'), { target: { value: 'เจ้า' } });
    await user.click(await screen.findByRole('option', { name: /เจ้าหน้าที่หนึ่ง/ }));
    await user.click(within(dialog).getByRole('button', { name: 'มอบหมาย' }));
    const sent = () => calls.filter(({ path }) => path.endsWith('/assignment'));
    await waitFor(() => expect(sent()[0]?.body).toEqual({ assignee: 'clerk1' }));
    expect(sent()).toHaveLength(1);
  });

  it('assigns to nobody that was not chosen', async () => {
    const calls = inbox(three(), {}, { roles: ['process-owner'], ownedProcesses: ['*'] });
    const { user } = renderPage(<InboxPage />, place);
    await user.click(await box('สอง'));
    await user.click(screen.getByRole('button', { name: 'มอบหมาย (๑)' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'มอบหมาย' }));
    expect(within(dialog).getByRole('alert').textContent).toBe('โปรดเลือกบุคคลจากรายการ');
    expect(calls.some(({ path }) => path.endsWith('/assignment'))).toBe(false);
  });

  it('offers nothing that this person may not do', async () => {
    inbox([userTask({ name: 'หนึ่ง', assignee: 'another' })]);
    const { user } = renderPage(<InboxPage />, place);
    await user.click(await box('หนึ่ง'));
    expect(screen.getByText('งานที่เลือกต้องเปิดทำทีละงาน')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^มอบหมาย/ })).toBeNull();
  });

  it('has nothing to select in what is done, and forgets the selection of another list', async () => {
    inbox(three());
    const { user, router } = renderPage(<InboxPage />, place);
    await user.click(await box('หนึ่ง'));
    await router.navigate('/?view=mine');
    await waitFor(async () => expect((await box('หนึ่ง')).checked).toBe(false));
    await router.navigate('/?view=done');
    await screen.findByText('เสร็จเมื่อ');
    expect(within(screen.getByRole('table')).queryByRole('checkbox')).toBeNull();
  });
});
