import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { describe, expect, it } from 'vitest';
import type { Me } from '../../src/api/types';
import { readAppearance, USUAL } from '../../src/app/appearance';
import { SessionProvider } from '../../src/app/session';
import { Shell } from '../../src/app/Shell';
import { LanguageProvider } from '../../src/i18n';
import { FakeEvents } from '../events';
import { me } from '../fixtures';
import { expectAccessible } from '../render';
import { page, serve } from '../server';

const unread: object[] = [];

function open(secondFactorRequired: boolean, at: string, who: Partial<Me> = {}) {
  const calls = serve({
    'GET /authentication/me': { ...me, secondFactorRequired, ...who },
    'POST /substitutions/search': () => page([]),
    'POST /notifications/search': () => page(unread),
  });
  const pages = ['/', '/cases', '/cases/7', '/people', '/account'].map((path) => ({
    path,
    element: <p>{`page ${path}`}</p>,
  }));
  const router = createMemoryRouter([{ element: <Shell />, children: pages }], { initialEntries: [at] });
  render(
    <LanguageProvider>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </LanguageProvider>,
  );
  return calls;
}

describe('the shell', () => {
  it('leads whoever must have a second factor to the account, and nowhere else', async () => {
    const calls = open(true, '/cases');
    await screen.findByText('page /account');
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(calls.map(({ path }) => path)).toEqual(['/authentication/me']);
  });

  it('leaves everybody else where they wanted to go', async () => {
    open(false, '/cases');
    await screen.findByText('page /cases');
    screen.getByRole('navigation');
  });

  it('counts what is unread, and counts again when the bell rings', async () => {
    const events = FakeEvents.install();
    open(false, '/cases');
    await screen.findByText('page /cases');
    unread.push({}, {}, {});
    events.send('notification', {});
    await screen.findByText('๓');
    unread.pop();
    events.send('notification', {});
    await screen.findByText('๒');
    unread.length = 0;
  });
});

const ADMINISTRATOR: Partial<Me> = { roles: ['administrator'] };
const names = (role: string) => screen.queryAllByRole(role).map((each) => each.textContent);

describe('the main menu', () => {
  it('shows each person the sections of which they see a place', async () => {
    open(false, '/', { roles: [], ownedProcesses: [] });
    const bar = within(await screen.findByRole('navigation'));
    expect(bar.getAllByRole('link').map((link) => link.textContent)).toEqual([
      'งานของฉัน',
      'เริ่มเรื่องใหม่',
      'เรื่องของฉัน',
      'การแจ้งเตือน',
    ]);
    expect(bar.getAllByRole('button').map((button) => button.textContent)).toEqual(['เรื่องและการกำกับ ▾']);
  });

  it('is gone through by keyboard: a section opens, and its place is followed', async () => {
    open(false, '/', ADMINISTRATOR);
    const user = userEvent.setup();
    const section = await screen.findByRole('button', { name: /^การดูแลระบบ/ });
    section.focus();
    await user.keyboard('{Enter}');
    expect(names('menuitem')).toEqual(expect.arrayContaining(['บุคคลและสิทธิ', 'ช่องทางแจ้งเตือนภายนอก', 'ข้อความแจ้งเตือน']));
    await user.keyboard('{Home}');
    await expectAccessible(document.body);
    await user.keyboard('{Enter}');
    await screen.findByText('page /people');
  });

  it('marks the section of the page, also of a page below a place', async () => {
    open(false, '/cases/7', ADMINISTRATOR);
    await screen.findByText('page /cases/7');
    expect(screen.getByRole('button', { name: /^เรื่องและการกำกับ/ })).toHaveProperty('dataset.here', 'true');
    expect(screen.getByRole('button', { name: /^การดูแลระบบ/ }).dataset).not.toHaveProperty('here');
  });

  it('is a drawer on a narrow window: opened, followed and closed by keyboard', async () => {
    open(false, '/', ADMINISTRATOR);
    const user = userEvent.setup();
    const opener = await screen.findByRole('button', { name: 'เมนู' });
    opener.focus();
    await user.keyboard('{Enter}');
    const drawer = within(screen.getByRole('dialog', { name: 'เมนูหลัก' }));
    expect(drawer.getAllByRole('heading').map((heading) => heading.textContent)).toEqual([
      'งาน',
      'เรื่องและการกำกับ',
      'การดูแลระบบ',
    ]);
    await expectAccessible(document.body);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(opener));
    await user.keyboard('{Enter}');
    drawerLink('ทะเบียนเรื่อง').focus();
    await user.keyboard('{Enter}');
    await screen.findByText('page /cases');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

function drawerLink(name: string): HTMLElement {
  return within(screen.getByRole('dialog')).getByRole('link', { name });
}

describe('the display', () => {
  it('is chosen in the menu of the account by keyboard, and is back at the defaults by one button', async () => {
    open(false, '/cases');
    const user = userEvent.setup();
    (await screen.findByRole('button', { name: /^บัญชีผู้ใช้/ })).focus();
    await user.keyboard('{Enter}');
    screen.getByRole('menuitem', { name: 'การแสดงผล' }).focus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog', { name: 'การแสดงผล' }));
    await expectAccessible(document.body);
    dialog.getByRole('radio', { name: 'ตามเครื่องของคุณ' }).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    await user.selectOptions(dialog.getByLabelText('ขนาดตัวอักษร'), '๒๐๐%');
    dialog.getByRole('checkbox', { name: 'ลดการเคลื่อนไหว' }).focus();
    await user.keyboard(' ');
    expect(readAppearance()).toEqual({ theme: 'dark', textSize: '200', still: true });
    await user.click(dialog.getByRole('button', { name: 'ใช้ค่าเริ่มต้น' }));
    expect(readAppearance()).toEqual(USUAL);
    await user.click(dialog.getByRole('button', { name: 'เสร็จ' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
