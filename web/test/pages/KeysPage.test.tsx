import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import KeysPage from '../../src/pages/keys/KeysPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

const place = { pattern: '/people/keys', at: '/people/keys' };
const key = (changes: object) => ({
  apiKeyId: 'k1',
  kind: 'TOKEN',
  username: 'worker',
  name: 'ระบบสารบรรณ',
  permissions: ['job:work'],
  madeAt: '2026-04-10T09:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  ...changes,
});
const items = [key({}), key({ apiKeyId: 'k2', kind: 'CLIENT', name: 'mail room', permissions: null })];

function keys(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': { ...me, roles: ['administrator'] },
    'POST /api-keys/search': page(items),
    'POST /users/search': page([{ username: 'worker', name: 'โปรแกรมสารบรรณ' }]),
    ...more,
  };
}

describe('the page of tokens and programs', () => {
  it('lists those of every account and revokes each', async () => {
    const calls = serve(keys({ 'DELETE /tokens/k1': new Reply(204), 'DELETE /clients/k2': problem(503) }));
    const { user, container } = renderPage(<KeysPage />, place);
    await screen.findByText('ระบบสารบรรณ');
    const [link] = await screen.findAllByRole('link', { name: 'โปรแกรมสารบรรณ' });
    expect(link?.getAttribute('href')).toBe('/people/accounts/worker');
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'เพิกถอน: ระบบสารบรรณ' }));
    await screen.findByText(/เพิกถอน.*แล้ว/);
    await user.click(screen.getByRole('button', { name: 'เพิกถอน: mail room' }));
    expect(calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
      '/tokens/k1',
      '/clients/k2',
    ]);
  });

  it('is narrowed by account and state', async () => {
    const calls = serve(keys());
    const { user } = renderPage(<KeysPage />, { ...place, language: 'en' });
    await screen.findByText('mail room');
    await user.type(screen.getByLabelText('Account'), 'worker{Enter}');
    await user.selectOptions(screen.getByLabelText('State'), 'Valid');
    await screen.findByText('mail room');
    const last = calls.findLast(({ path }) => path === '/api-keys/search')?.body as { filter: object };
    expect(last.filter).toMatchObject({ username: 'worker', revokedAt: { $exists: false } });
    expect(Object.keys(last.filter)).toContain('$or');
  });

  it('says when there are none', async () => {
    serve(keys({ 'POST /api-keys/search': page([]) }));
    renderPage(<KeysPage />, { ...place, language: 'en' });
    await screen.findByText('There are none that fit');
  });
});
