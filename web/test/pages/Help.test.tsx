import { render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Me } from '../../src/api/types';
import type { OwnSettings } from '../../src/api/ownSettings';
import { Help } from '../../src/app/Help';
import { Markdown, titled } from '../../src/help/Markdown';
import { helpIds, helpOf } from '../../src/help/texts';
import { useMe } from '../../src/app/session';
import { useOwnSettings } from '../../src/app/useOwnSettings';
import { useI18n } from '../../src/i18n';
import { me as dpo } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { Reply, serve, type Routes } from '../server';

const SETTINGS = '/authentication/me/settings';
const NOTHING: OwnSettings = { display: null, tours: [], rev: 0 };
const DARK = { language: 'en', theme: 'dark', textSize: 125, still: false } as const;

function Header() {
  const me = useMe();
  const settings = useOwnSettings(me.username);
  const { setLanguage } = useI18n();
  return (
    <>
      <Help me={me} settings={settings} />
      <button type="button" onClick={() => setLanguage('en')}>
        English
      </button>
    </>
  );
}

function open(settings: OwnSettings, routes: Routes = {}, me: Partial<Me> = {}) {
  const calls = serve({
    'GET /authentication/me': { ...dpo, ...me },
    [`GET ${SETTINGS}`]: settings,
    [`PUT ${SETTINGS}`]: () => new Reply(204),
    'PUT /authentication/me/tours/staff': () => new Reply(204),
    'PUT /authentication/me/tours/administrator': () => new Reply(204),
    ...routes,
  });
  return { calls, ...renderPage(<Header />, { pattern: '/mine', at: '/mine' }) };
}

const puts = (calls: { method: string; path: string; body: unknown }[]) =>
  calls.filter((call) => call.method === 'PUT').map(({ path, body }) => (body === undefined ? path : body));

describe('the tour of the first day', () => {
  it('begins by itself, is gone through by keyboard, and does not come again', async () => {
    const { user, calls, container, unmount } = open(NOTHING);
    const tour = within(await screen.findByRole('dialog', { name: 'ยินดีต้อนรับ' }));
    await expectAccessible(container);
    expect(document.activeElement?.textContent).toBe('ยินดีต้อนรับ');
    for (let step = 1; step < 5; step += 1) {
      tour.getByText(`ขั้นที่ ${'๐๑๒๓๔๕'[step]} จาก ๕`);
      tour.getByRole('button', { name: 'ถัดไป' }).focus();
      await user.keyboard('{Enter}');
    }
    await user.click(tour.getByRole('button', { name: 'เริ่มใช้งาน' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(puts(calls)).toEqual(['/authentication/me/tours/staff']);
    unmount();
    open(NOTHING);
    await screen.findByRole('button', { name: 'วิธีใช้' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is skipped with Escape', async () => {
    const { user, calls } = open(NOTHING, {}, { roles: ['administrator'], groups: [] });
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(puts(calls)).toEqual(['/authentication/me/tours/administrator']);
  });

  it('does not begin for who has seen it elsewhere, and is seen again from the help', async () => {
    const { user } = open({ ...NOTHING, tours: ['staff'] });
    await user.click(await screen.findByRole('button', { name: 'วิธีใช้' }));
    const help = within(await screen.findByRole('dialog', { name: 'เรื่องของฉัน' }));
    expect(help.getAllByRole('listitem').length).toBeGreaterThan(1);
    await user.click(help.getByRole('button', { name: 'วันแรกของเจ้าหน้าที่' }));
    await screen.findByRole('dialog', { name: 'ยินดีต้อนรับ' });
  });
});

describe('the display that an account keeps', () => {
  const seen = { tours: ['staff'] };

  it('is taken over by a browser that has not got it', async () => {
    const { calls } = open({ ...seen, display: DARK, rev: 3 });
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
    await screen.findByRole('button', { name: 'Help' });
    expect(puts(calls)).toEqual([]);
  });

  it('gives way to a later choice on this browser, which the account then keeps', async () => {
    localStorage.setItem('krabuan.accounts', JSON.stringify({ tours: [], revs: { dpo1: 3 } }));
    const { user, calls } = open({ ...seen, display: DARK, rev: 3 });
    await waitFor(() => expect(calls.some((call) => call.path === SETTINGS)).toBe(true));
    await user.click(screen.getByRole('button', { name: 'English' }));
    await waitFor(() =>
      expect(puts(calls)).toEqual([{ language: 'en', theme: 'system', textSize: 100, still: false }]),
    );
  });

  it('says so when the account could not keep it', async () => {
    const { user, calls } = open({ ...seen, display: null, rev: 0 }, { [`PUT ${SETTINGS}`]: () => new Reply(503) });
    await waitFor(() => expect(calls.some((call) => call.path === SETTINGS)).toBe(true));
    await user.click(screen.getByRole('button', { name: 'English' }));
    await screen.findByText(/^Your account could not keep/);
  });
});

describe('help texts', () => {
  it('are there in both languages, each with a title', () => {
    expect(helpIds('th').length).toBeGreaterThan(10);
    expect(helpIds('th')).toEqual(helpIds('en'));
  });

  it.each([
    ['/', 'inbox'],
    ['/tasks/7', 'task'],
    ['/cases', 'cases'],
    ['/cases/7', 'case'],
    ['/workbench/drafts/7', 'workbench'],
    ['/nowhere', 'general'],
  ])('of %s is %s', (path, id) => {
    expect(helpOf(path)).toBe(id);
  });

  it('become elements and text, never HTML', () => {
    const text = '# T\n\n<script>x()</script> **b** [l](javascript:x())\n\n- `a`\n- <img src=x onerror=x()>';
    const { title, body } = titled(text);
    const { container } = render(<Markdown text={body} />);
    expect(container.querySelectorAll('li')).toHaveLength(2);
    expect(container.textContent).toContain('<script>x()</script> b [l](javascript:x())');
    expect(title).toBe('T');
    expect(container.querySelector('script, img, a')).toBeNull();
  });
});
