import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { lazy, useEffect } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { beforeEach, describe, expect, it } from 'vitest';
import { get, post } from '../../src/api/client';
import { SessionProvider } from '../../src/app/session';
import { Shell } from '../../src/app/Shell';
import { LanguageProvider } from '../../src/i18n';
import { AnnouncerProvider } from '../../src/ui/Announcer';
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

/** The application on a page that asks the server for a case; that of one's tasks is never loaded. */
function onACase() {
  const Slow = lazy(() => new Promise<never>(() => undefined));
  const routes = [
    { path: '/', element: <Slow /> },
    { path: '/cases/1', element: <AsksForACase /> },
  ];
  const router = createMemoryRouter([{ element: <Shell />, children: routes }], { initialEntries: ['/cases/1'] });
  render(
    <LanguageProvider initial="th">
      <SessionProvider>
        <AnnouncerProvider>
          <RouterProvider router={router} />
        </AnnouncerProvider>
      </SessionProvider>
    </LanguageProvider>,
  );
  return userEvent.setup();
}

function AsksForACase() {
  useEffect(() => void get('/cases'), []);
  return <p>a case that only ann may see</p>;
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

  it('leaves the page before at once, however long the next one takes, and asks for nothing of it in one’s own name', async () => {
    sessionStorage.setItem('krabuan.actingFor', 'ann');
    const calls = office();
    const user = onACase();
    await screen.findByText('a case that only ann may see');
    await user.click(screen.getByRole('button', { name: 'กลับมาทำงานในชื่อตนเอง' }));
    await waitFor(() => expect(screen.queryByText('กำลังปฏิบัติราชการแทน ann')).toBeNull());
    expect(screen.queryByText('a case that only ann may see')).toBeNull();
    expect(calls.filter((call) => call.path === '/cases').map(inWhoseName)).toEqual(['ann']);
  });
});
