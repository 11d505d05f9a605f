import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import AccountPage from '../../src/pages/account/AccountPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, Reply, serve, type Routes } from '../server';

const place = { pattern: '/account', at: '/account' };
const FACTOR = '/authentication/me/second-factor';
const FEED = '/authentication/me/calendar-feed';
const PUSH = '/authentication/me/push-addresses';
const CODES = Array.from({ length: 10 }, (_, n) => `aaaaa-0000${n}`);
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const session = (id: string, current: boolean) => ({
  sessionId: id,
  madeAt: '2026-04-10T09:00:00.000Z',
  expiresAt: '2026-04-10T21:00:00.000Z',
  agent: current ? FIREFOX : 'curl/8',
  current,
});
const token = {
  tokenId: 't1',
  name: 'ระบบสารบรรณ',
  permissions: null,
  madeAt: '2026-04-10T09:00:00.000Z',
  expiresAt: '2999-01-01T00:00:00.000Z',
  revokedAt: null,
};

function account(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': me,
    [`GET ${FACTOR}`]: { state: 'off', since: null, recoveryCodesLeft: 0 },
    'GET /users/dpo1/sessions': { items: [session('s1', true), session('s2', false)] },
    'GET /users/dpo1/tokens': { items: [token] },
    [`GET ${PUSH}`]: { items: [] },
    'GET /authentication/me/notification-preferences': problem(503),
    [`GET ${FEED}`]: { madeAt: null, groupTasks: null, statutory: null },
    ...more,
  };
}

const part = (name: string) => within(screen.getByRole('region', { name }));

describe('my account', () => {
  it('switches the second factor on: password, picture and key, code, recovery codes', async () => {
    let on = false;
    const calls = serve(
      account({
        [`GET ${FACTOR}`]: () => ({
          state: on ? 'on' : 'off',
          since: on ? '2026-04-10T09:00:00Z' : null,
          recoveryCodesLeft: 10,
        }),
        [`POST ${FACTOR}`]: new Reply(201, {
          secret: 'ABCDEFGH',
          address: 'otpauth://x',
          qrCode: 'data:image/svg+xml,x',
        }),
        [`PUT ${FACTOR}`]: () => {
          on = true;
          return { recoveryCodes: CODES };
        },
      }),
    );
    const { user, container } = renderPage(<AccountPage />, place);
    await user.click(await screen.findByRole('button', { name: 'เปิดใช้' }));
    const factor = part('การยืนยันตัวตนด้วยรหัสจากโทรศัพท์');
    await user.type(factor.getByLabelText('รหัสผ่านปัจจุบัน'), 'secret{Enter}');
    expect((await factor.findByRole('img')).getAttribute('src')).toBe('data:image/svg+xml,x');
    factor.getByText('ABCD EFGH');
    await expectAccessible(container);
    await user.type(factor.getByLabelText('รหัสหกหลักจากแอป'), '123456{Enter}');
    expect((await factor.findAllByRole('listitem')).map((item) => item.textContent)).toEqual(CODES);
    await expectAccessible(container);
    const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
    await user.click(factor.getByRole('button', { name: 'พิมพ์' }));
    expect(print).toHaveBeenCalledOnce();
    await user.click(factor.getByRole('button', { name: 'เก็บไว้แล้ว' }));
    await factor.findByText(/รหัสกู้คืนที่ยังใช้ได้ ๑๐ รหัส/);
    expect(screen.queryByText(CODES[0] ?? '')).toBeNull();
    expect(calls.filter(({ method }) => method !== 'GET').map(({ body }) => body)).toEqual([
      { password: 'secret' },
      { code: '123456' },
    ]);
  });

  it('switches it off with password and code, and says what was wrong', async () => {
    const answers = [problem(400, { code: 'wrong-code', th: 'รหัสไม่ถูกต้อง', en: 'x' }), new Reply(204)];
    const calls = serve(
      account({
        [`GET ${FACTOR}`]: { state: 'on', since: '2026-04-10T09:00:00Z', recoveryCodesLeft: 3 },
        [`POST ${FACTOR}/removal`]: () => answers.shift(),
      }),
    );
    const { user } = renderPage(<AccountPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ปิดใช้' }));
    const factor = part('การยืนยันตัวตนด้วยรหัสจากโทรศัพท์');
    await user.type(factor.getByLabelText('รหัสผ่านปัจจุบัน'), 'secret');
    await user.type(factor.getByLabelText('รหัสหกหลักหรือรหัสกู้คืน'), '1{Enter}');
    expect((await factor.findByRole('alert')).textContent).toBe('รหัสไม่ถูกต้อง');
    await user.click(factor.getByRole('button', { name: 'ปิดใช้' }));
    await screen.findByText('ปิดการยืนยันตัวตนด้วยรหัสจากโทรศัพท์แล้ว');
    expect(calls.filter(({ path }) => path.endsWith('removal'))).toHaveLength(2);
  });

  it('sends a new password only when it was typed twice the same', async () => {
    const calls = serve(account({ 'PUT /authentication/me/password': new Reply(204) }));
    const { user } = renderPage(<AccountPage />, place);
    await screen.findByRole('button', { name: 'เปลี่ยนรหัสผ่าน' });
    const form = part('รหัสผ่าน');
    await user.type(form.getByLabelText('รหัสผ่านปัจจุบัน'), 'old');
    await user.type(form.getByLabelText('รหัสผ่านใหม่'), 'a longer one');
    await user.type(form.getByLabelText('รหัสผ่านใหม่อีกครั้ง'), 'a longer on{Enter}');
    form.getByText('รหัสผ่านใหม่ทั้งสองช่องไม่ตรงกัน');
    expect(calls.some(({ method }) => method === 'PUT')).toBe(false);
    await user.type(form.getByLabelText('รหัสผ่านใหม่อีกครั้ง'), 'e{Enter}');
    await screen.findByText(/เปลี่ยนรหัสผ่านแล้ว/);
    expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({
      currentPassword: 'old',
      newPassword: 'a longer one',
    });
    expect((form.getByLabelText('รหัสผ่านใหม่') as HTMLInputElement).value).toBe('');
  });

  it('ends one session, and all others', async () => {
    const calls = serve(
      account({ 'DELETE /sessions/s2': new Reply(204), 'DELETE /users/dpo1/sessions': new Reply(204) }),
    );
    const { user, container } = renderPage(<AccountPage />, place);
    await screen.findByText('Firefox บน Linux');
    await user.click(screen.getByRole('button', { name: /ออกจากระบบ: อุปกรณ์ที่ไม่รู้จัก/ }));
    await user.click(screen.getByRole('button', { name: 'ออกจากระบบที่อุปกรณ์อื่นทั้งหมด' }));
    expect(calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
      '/sessions/s2',
      '/users/dpo1/sessions?others=true',
    ]);
    await expectAccessible(container);
  });

  it('makes a key that is shown once, and revokes one', async () => {
    const calls = serve(
      account({
        'POST /tokens': new Reply(201, { token: 'kbn_secret', tokenId: 't2' }),
        'DELETE /tokens/t1': new Reply(204),
      }),
    );
    const { user, container } = renderPage(<AccountPage />, place);
    const days = await screen.findByLabelText('ใช้ได้กี่วัน');
    await user.type(screen.getByLabelText('ใช้ทำอะไร'), 'รายงาน');
    await user.clear(days);
    await user.type(days, '๐{Enter}');
    screen.getByText(/ตั้งแต่ ๑ ถึง ๓๖๕/);
    await user.clear(days);
    await user.type(days, '๓๐{Enter}');
    await screen.findByText('kbn_secret');
    const sent = calls.find(({ method }) => method === 'POST')?.body as { name: string; expiresAt: string };
    expect(sent.name).toBe('รายงาน');
    expect(Date.parse(sent.expiresAt) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'ปิด' }));
    expect(screen.queryByText('kbn_secret')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'เพิกถอน: ระบบสารบรรณ' }));
    expect(calls.at(-2)?.path).toBe('/tokens/t1');
  });

  it('shows nothing but the second factor to whom it is missing', async () => {
    serve(account({ 'GET /authentication/me': { ...me, secondFactorRequired: true } }));
    renderPage(<AccountPage />, place);
    await screen.findByRole('button', { name: 'เปิดใช้' });
    screen.getByText(/โปรดตั้งค่าให้เสร็จก่อน/);
    expect(screen.getAllByRole('region')).toHaveLength(1);
  });

  it('says where the password is kept when it is not here', async () => {
    serve(account({ 'GET /authentication/me': { ...me, hasPassword: false } }));
    renderPage(<AccountPage />, place);
    await screen.findByText(/ด้วยบัญชีของหน่วยงานอื่น/);
    expect(screen.queryByRole('button', { name: 'เปิดใช้' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'เปลี่ยนรหัสผ่าน' })).toBeNull();
  });
});
