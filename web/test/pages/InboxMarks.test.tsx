/** What one marks for oneself in the inbox: what is put off, and what was read. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import InboxPage from '../../src/pages/inbox/InboxPage';
import { userTask } from '../fixtures';
import { at, HOUR, inbox, marking } from '../inbox';
import { renderPage } from '../render';
import type { Routes } from '../server';

describe('what one marks for oneself', () => {
  it('S puts a task off till a morning; it leaves the list without moving another', async () => {
    const [task, other] = [userTask(), userTask({ userTaskKey: '2', name: 'อีกงาน' })];
    const calls = inbox([task, other], marking(task));
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups' });
    (await screen.findByRole('link', { name: 'ตรวจสอบข้อเท็จจริง' })).focus();
    fireEvent.keyDown(document.activeElement as Element, { code: 'KeyS', key: 'ห' });
    const dialog = within(await screen.findByRole('dialog', { name: 'พักไว้ (๑)' }));
    await user.click(dialog.getByRole('button', { name: 'พักไว้' }));
    await screen.findByText('พักงาน “ตรวจสอบข้อเท็จจริง” ไว้แล้ว');
    const { snoozedUntil } = calls.find(({ method }) => method === 'PATCH')?.body as { snoozedUntil: string };
    expect(snoozedUntil).toMatch(/T01:30:00\.000Z$/); // half past eight in Bangkok
    expect(Date.parse(snoozedUntil)).toBeGreaterThan(Date.now());
    const names = screen.getAllByRole('row').map((row) => [row.className, row.querySelector('a')?.textContent]);
    expect(names.slice(1)).toEqual([
      ['gone', 'ตรวจสอบข้อเท็จจริง'],
      ['unread', 'อีกงาน'],
    ]);
  });

  it('many are put off at once, and a moment that is missing is asked for', async () => {
    const tasks = [userTask(), userTask({ userTaskKey: '2', name: 'อีกงาน' })];
    const calls = inbox(tasks, Object.assign({}, ...tasks.map(marking)) as Routes);
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=mine' });
    await user.click(await screen.findByRole('checkbox', { name: 'เลือกทั้งหมดที่แสดงอยู่' }));
    await user.click(screen.getByRole('button', { name: 'พักไว้ (๒)' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.selectOptions(dialog.getByLabelText('พักไว้ถึง'), 'other');
    await user.click(dialog.getByRole('button', { name: 'พักไว้' }));
    expect(dialog.getByRole('alert').textContent).toBe('โปรดระบุวันและเวลา');
    await user.selectOptions(dialog.getByLabelText('พักไว้ถึง'), 'week');
    await user.click(dialog.getByRole('button', { name: 'พักไว้' }));
    await screen.findByText('สำเร็จทั้ง ๒ งาน');
    expect(calls.filter(({ method }) => method === 'PATCH').map(({ path }) => path)).toEqual([
      '/user-tasks/1/mark',
      '/user-tasks/2/mark',
    ]);
  });

  it('what is put off says until when, and is taken up again', async () => {
    const task = userTask({ snoozedUntil: at(48 * HOUR), read: true });
    inbox([task], marking(task));
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=snoozed' });
    expect(await screen.findByText(/^พักไว้ถึง /)).toBeTruthy();
    await user.click((await screen.findAllByRole('button', { name: 'เลิกพัก: ตรวจสอบข้อเท็จจริง' }))[0] as HTMLElement);
    await screen.findByText('เลิกพักงาน “ตรวจสอบข้อเท็จจริง” แล้ว');
    expect(task.snoozedUntil).toBeNull();
    expect(screen.getAllByText('ออกจากรายการแล้ว').length).toBeGreaterThan(0);
  });

  it('U marks as read and as not read again', async () => {
    const task = userTask();
    inbox([task], marking(task));
    const { user } = renderPage(<InboxPage />, { pattern: '/', at: '/?view=groups' });
    (await screen.findByRole('link', { name: 'ตรวจสอบข้อเท็จจริง' })).focus();
    expect(screen.getByText('(ยังไม่ได้อ่าน)')).toBeTruthy();
    await user.keyboard('[KeyU]');
    await waitFor(() => expect(screen.queryByText('(ยังไม่ได้อ่าน)')).toBeNull());
    await user.keyboard('[KeyU]');
    expect(await screen.findByText('(ยังไม่ได้อ่าน)')).toBeTruthy();
    expect(task.read).toBe(false);
  });
});
