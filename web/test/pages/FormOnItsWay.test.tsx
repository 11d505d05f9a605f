import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import StartPage from '../../src/pages/start/StartPage';
import { form, me } from '../fixtures';
import { renderPage } from '../render';
import { page, Reply, serve } from '../server';

const way = vi.hoisted(() => {
  let arrive: (nothing: null) => void = () => undefined;
  const come = new Promise<null>((resolve) => (arrive = resolve));
  return { come, arrive };
});
vi.mock('../../src/forms/FormView', async (original) => {
  await way.come;
  return original();
});

const definition = { processDefinitionKey: '9', processDefinitionId: 'p', name: 'แจ้งเหตุ', nameEn: '', version: 2 };

describe('a form that comes later than its page', () => {
  it('cannot be sent before it is there: nothing would be sent', async () => {
    const calls = serve({
      'GET /authentication/me': me,
      'POST /process-catalogue/search': { ...page([]), units: [] },
      'GET /process-catalogue/9': new Reply(404),
      'GET /process-definitions/9': { ...definition, hasStartForm: true },
      'GET /process-definitions/9/form': form,
      'POST /process-instances': { processInstanceKey: '300' },
    });
    const { user } = renderPage(<StartPage />, { pattern: '/start/:key', at: '/start/9' });
    await screen.findByRole('heading', { name: 'แจ้งเหตุ' });
    const send = { name: 'เริ่มเรื่อง' };
    expect(screen.queryByRole('button', send)).toBeNull();
    way.arrive(null);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ครบ');
    await user.click(screen.getByRole('button', send));
    await waitFor(() =>
      expect(calls.find(({ method, path }) => method === 'POST' && path === '/process-instances')?.body).toMatchObject({
        variables: { report: 'ครบ' },
      }),
    );
  });
});
