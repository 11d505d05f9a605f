import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import SignInPage from '../../src/pages/signin/SignInPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve } from '../server';

const place = { pattern: '/signin', at: '/signin' };

describe('the sign-in page', () => {
  it('signs in with name and password', async () => {
    let signedIn = false;
    const calls = serve({
      'GET /authentication/me': () => (signedIn ? me : problem(401)),
      'POST /session': () => {
        signedIn = true;
        return { username: 'dpo1', csrfToken: 'token-1' };
      },
    });
    const { user, container } = renderPage(<SignInPage />, place);
    await user.type(await screen.findByLabelText('ชื่อผู้ใช้'), ' dpo1 ');
    await user.type(screen.getByLabelText('รหัสผ่าน'), 'secret{Enter}');
    expect(calls.find((call) => call.path === '/session')?.body).toEqual({ username: 'dpo1', password: 'secret' });
    await expectAccessible(container);
  });

  it('says that name or password is wrong, not which', async () => {
    serve({ 'GET /authentication/me': problem(401), 'POST /session': problem(401, { code: 'wrong-password' }) });
    const { user } = renderPage(<SignInPage />, place);
    await user.type(await screen.findByLabelText('ชื่อผู้ใช้'), 'dpo1');
    await user.type(screen.getByLabelText('รหัสผ่าน'), 'x{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง');
  });

  it('asks for what is missing in its own language and sends nothing', async () => {
    const calls = serve({ 'GET /authentication/me': problem(401) });
    const { user, container } = renderPage(<SignInPage />, place);
    await user.click(await screen.findByRole('button', { name: 'เข้าสู่ระบบ' }));
    expect(screen.getAllByText('โปรดกรอกช่องนี้')).toHaveLength(2);
    expect(calls.map((call) => call.path)).toEqual(['/authentication/me', '/session/providers']);
    await expectAccessible(container);
  });

  it('asks for the code after the password, and begins anew when the server says so', async () => {
    const refusals = [problem(401, { code: 'wrong-code', th: 'รหัสไม่ถูกต้อง', en: 'Wrong code.' })];
    refusals.push(problem(401, { code: 'sign-in-again', th: 'หมดเวลา', en: 'Begin again.' }));
    const calls = serve({
      'GET /authentication/me': problem(401),
      'POST /session': { username: 'dpo1', csrfToken: null, codeNeeded: true },
      'POST /session/code': () => refusals.shift(),
    });
    const { user, container } = renderPage(<SignInPage />, place);
    await user.type(await screen.findByLabelText('ชื่อผู้ใช้'), 'dpo1');
    await user.type(screen.getByLabelText('รหัสผ่าน'), 'secret{Enter}');
    const code = await screen.findByLabelText(/รหัสหกหลักจากแอป/);
    await expectAccessible(container);
    await user.type(code, '123456{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('รหัสไม่ถูกต้อง');
    expect(calls.at(-1)?.body).toEqual({ code: '123456' });
    await user.type(screen.getByLabelText(/รหัสหกหลักจากแอป/), '7{Enter}');
    await screen.findByLabelText('ชื่อผู้ใช้');
    expect(screen.getByRole('alert').textContent).toBe('หมดเวลา');
  });
});
