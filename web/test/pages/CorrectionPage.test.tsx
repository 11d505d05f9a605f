import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import CorrectionPage from '../../src/pages/correction/CorrectionPage';
import { form, me, processInstance } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, Reply, serve } from '../server';

describe('correcting the start data', () => {
  it('begins with what the case has, and sends what was corrected', async () => {
    const calls = serve({
      'GET /authentication/me': me,
      'GET /process-instances/300': processInstance(),
      'GET /process-definitions/9/form': form,
      'POST /variables/search': page([{ name: 'report', value: '"เดิม"', scopeKey: '300' }]),
      'POST /process-instances/300/correction': new Reply(204),
    });
    const place = { pattern: '/cases/:key/correction', at: '/cases/300/correction' };
    const { user, router, container } = renderPage(<CorrectionPage />, place);
    const field = await screen.findByDisplayValue('เดิม');
    await expectAccessible(container);
    await user.clear(field);
    await user.type(field, 'ใหม่');
    await user.click(screen.getByRole('button', { name: 'บันทึกการแก้ไข' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/cases/300'));
    expect(calls.find((call) => call.path.endsWith('/correction'))?.body).toMatchObject({
      variables: { report: 'ใหม่' },
    });
  });
});
