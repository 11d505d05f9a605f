import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import StartPage from '../../src/pages/start/StartPage';
import { form, me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

const definition = {
  processDefinitionKey: '9',
  processDefinitionId: 'p',
  name: 'แจ้งเหตุ',
  nameEn: 'Notification',
  version: 2,
  hasStartForm: true,
};
const one = { pattern: '/start/:key', at: '/start/9' };

function processes(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'POST /process-definitions/search': page([
      definition,
      { ...definition, processDefinitionKey: '10', name: 'เริ่มไม่ได้', startable: false },
    ]),
    'GET /process-definitions/9': definition,
    'GET /process-definitions/9/form': form,
    'POST /process-instances': { processInstanceKey: '300' },
    ...routes,
  });
}

describe('starting a case', () => {
  it('offers what the person may start', async () => {
    processes();
    const { container } = renderPage(<StartPage />, { pattern: '/start', at: '/start' });
    expect((await screen.findByRole('link', { name: 'แจ้งเหตุ' })).getAttribute('href')).toBe('/start/9');
    expect(screen.queryByText('เริ่มไม่ได้')).toBeNull();
    await expectAccessible(container);
  });

  it('starts with the form’s data and the case’s number, and opens the case', async () => {
    const calls = processes();
    const { user, router } = renderPage(<StartPage />, one);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ครบ');
    await user.type(screen.getByLabelText('เลขที่เรื่อง (ถ้ามี)'), 'กษ 12');
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/cases/300'));
    expect(calls.find((call) => call.path === '/process-instances')?.body).toMatchObject({
      processDefinitionKey: '9',
      variables: { report: 'ครบ' },
      businessId: 'กษ 12',
    });
  });

  it('starts without a form where there is none', async () => {
    const calls = processes({ 'GET /process-definitions/9/form': new Reply(204) });
    const { user } = renderPage(<StartPage />, one);
    await user.click(await screen.findByRole('button', { name: 'เริ่มเรื่อง' }));
    await waitFor(() => expect(calls.some((call) => call.path === '/process-instances')).toBe(true));
    expect(calls.find((call) => call.path === '/process-instances')?.body).toEqual({
      processDefinitionKey: '9',
      variables: {},
    });
  });

  it('shows why a case was not started', async () => {
    processes({ 'POST /process-instances': problem(403) });
    const { user } = renderPage(<StartPage />, one);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'x');
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    expect((await screen.findByRole('alert')).textContent).toBe('คุณไม่มีสิทธิ์ดำเนินการนี้');
  });
});
