import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { get, post } from '../../src/api/client';
import { Shell } from '../../src/app/Shell';
import { me } from '../fixtures';
import { renderPage } from '../render';
import { page, problem, serve, type Call, type Routes } from '../server';

const place = { pattern: '/', at: '/' };
const inWhoseName = (call: Call) => call.headers.get('X-On-Behalf-Of');

/** Ann is absent, and dpo1 stands in; what is asked in ann's name is answered as such. */
function office(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': (call: Call) => ({ ...me, onBehalfOf: inWhoseName(call) }),
    'POST /substitutions/search': page([{ substitutionKey: '1', absent: 'ann', substitute: 'dpo1' }]),
    'POST /notifications/search': page([]),
    'POST /users/search': page([]),
    'GET /cases': {},
    ...routes,
  });
}

beforeEach(() => sessionStorage.clear());

describe('acting in the name of another', () => {
  it('is switched on and off in the header, and told to the server with every request on cases and tasks', async () => {
    const calls = office();
    const { user } = renderPage(<Shell />, place);
    await user.click(await screen.findByRole('button', { name: 'ปฏิบัติราชการแทน' }));
    await user.click(await screen.findByRole('menuitem', { name: 'แทน ann' }));
    await screen.findByText('กำลังปฏิบัติราชการแทน ann');
    await get('/cases');
    expect(calls.filter((call) => call.path === '/cases').map(inWhoseName)).toEqual(['ann']);
    await user.click(screen.getByRole('button', { name: 'กลับมาทำงานในชื่อตนเอง' }));
    await waitFor(() => expect(screen.queryByText('กำลังปฏิบัติราชการแทน ann')).toBeNull());
    await get('/cases');
    expect(calls.filter((call) => call.path === '/cases').map(inWhoseName)).toEqual(['ann', null]);
  });

  it('goes on after a reload, but never for what belongs to the account', async () => {
    sessionStorage.setItem('krabuan.actingFor', 'ann');
    const calls = office();
    renderPage(<Shell />, place);
    await screen.findByText('กำลังปฏิบัติราชการแทน ann');
    await act(() => post('/substitutions/search'));
    const own = calls.filter((call) => /substitutions|notifications/.test(call.path));
    expect(own.length).toBeGreaterThan(1);
    expect(own.map(inWhoseName).filter(Boolean)).toEqual([]);
  });

  it('ends when the server says that one does not stand in any more', async () => {
    sessionStorage.setItem('krabuan.actingFor', 'ann');
    office({
      'GET /authentication/me': (call: Call) => (inWhoseName(call) ? problem(403, { code: 'no-substitute' }) : me),
    });
    renderPage(<Shell />, place);
    await screen.findByRole('button', { name: /^บัญชีผู้ใช้/ });
    expect(screen.queryByText(/^กำลังปฏิบัติราชการแทน/)).toBeNull();
    expect(sessionStorage.getItem('krabuan.actingFor')).toBeNull();
  });
});
