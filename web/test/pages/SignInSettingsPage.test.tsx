import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import SignInSettingsPage from '../../src/pages/signinsettings/SignInSettingsPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve } from '../server';

const place = { pattern: '/sign-in-settings', at: '/sign-in-settings' };
const provider = {
  id: 'thaid',
  th: 'ไทยดี',
  en: 'ThaID',
  issuer: 'https://id.example',
  clientId: 'krabuan',
  scopes: ['openid'],
  username: 'preferred_username',
  groupsClaim: 'groups',
  groups: [{ value: 'it', gives: ['clerks', 'panel'] }],
  rolesClaim: 'roles',
  roles: [],
  adopts: true,
};
const settings = {
  passwords: { shortest: 8, longest: 1024, oneTimeSeconds: 604_800, freeFailures: 4, longestLockSeconds: 900 },
  secondFactor: { roles: ['administrator'], accounts: 3, missing: 2 },
  sessions: { longestSeconds: 43_200, idleSeconds: 3_600, codeSeconds: 300, clientTokenSeconds: 5_400 },
  providers: [provider],
};
const part = (name: string) => within(screen.getByRole('region', { name }));

describe('sign-in settings', () => {
  it('tell what is configured, where, and how long things last', async () => {
    serve({ 'GET /authentication/me': { ...me, roles: ['auditor'] }, 'GET /sign-in-settings': settings });
    const { container } = renderPage(<SignInSettingsPage />, { ...place, language: 'en' });
    await screen.findByRole('heading', { name: 'ThaID' });
    part('Identity providers').getByText('it gives clerks, panel');
    part('Identity providers').getByText('KRABUAN_IDENTITY');
    const factor = part('Second factor');
    factor.getByText('Required of: Administrator');
    expect(factor.getByText('Required and still missing, accounts: 2').className).toBe('notice warn');
    const lengths = part('How long things last').getAllByRole('definition');
    expect(lengths.map((each) => each.textContent)).toEqual(['12 hours', '1 hour', '5 minutes', '1 hour 30 minutes']);
    part('Passwords').getByText('A password for one use lasts 7 days');
    await expectAccessible(container);
  });

  it('say so where nothing is configured', async () => {
    const bare = { ...settings, providers: [], secondFactor: { roles: [], accounts: 0, missing: 0 } };
    serve({ 'GET /authentication/me': me, 'GET /sign-in-settings': bare });
    renderPage(<SignInSettingsPage />, place);
    await screen.findByText(/บุคคลเข้าสู่ระบบด้วยรหัสผ่านของระบบนี้/);
    screen.getByText(/ไม่บังคับ/);
  });

  it('say why they cannot be read', async () => {
    serve({ 'GET /authentication/me': me, 'GET /sign-in-settings': problem(403, { th: 'ไม่มีสิทธิ', en: 'x' }) });
    renderPage(<SignInSettingsPage />, place);
    await screen.findByRole('alert');
  });
});
