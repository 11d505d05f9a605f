import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import CheckedPage from '../../src/pages/checked/CheckedPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Call, type Routes } from '../server';

const place = { pattern: '/checked', at: '/checked' };
const asked = (calls: Call[]) =>
  calls.filter(({ path }) => path === '/control-points/search').map(({ body }) => (body as { filter: object }).filter);
const result = (changes: object = {}) => ({
  controlPointResultKey: '1',
  controlPointId: 'cp-1',
  state: 'FAILED',
  detail: { th: 'เกินเวลามาตรฐาน', en: 'later than the standard time' },
  recordedAt: '2026-04-10T09:00:00.000Z',
  recordedBy: 'ann',
  elementId: 'Task_Check',
  userTaskKey: '11',
  stepNumber: '2',
  processInstanceKey: '300',
  processDefinitionId: 'p',
  processDefinitionKey: '9',
  businessId: 'กษ 12',
  text: { th: 'ตรวจครบถ้วน', en: 'Checked whole' },
  elementName: { th: 'ตรวจสอบ', en: 'Check' },
  processName: { th: 'แจ้งเหตุ', en: 'Notification' },
  ...changes,
});

function register(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'POST /control-points/search': page([
      result(),
      result({
        controlPointResultKey: '2',
        state: 'WAIVED',
        detail: { reason: 'รัฐมนตรีเห็นชอบ', requestedBy: 'ben' },
      }),
    ]),
    'POST /process-definitions/search': page([{ processDefinitionId: 'p', name: 'แจ้งเหตุ', nameEn: 'Notification' }]),
    'POST /users/search': page([
      { username: 'ann', name: 'อัญชัน' },
      { username: 'ben', name: 'เบญจมาศ' },
    ]),
    ...routes,
  });
}

describe('the register of control points as they were worked', () => {
  it('shows each with its case, what was found, and of a waiver the reason and both persons', async () => {
    register();
    const { container } = renderPage(<CheckedPage />, place);
    const table = await screen.findByRole('table', { name: 'ผลการตรวจจุดควบคุม' });
    const row = (text: string) => within(within(table).getByRole('row', { name: new RegExp(text) }));
    expect(row('เกินเวลามาตรฐาน').getByRole('link', { name: 'กษ 12' }).getAttribute('href')).toBe('/cases/300');
    expect(row('เกินเวลามาตรฐาน').getAllByText('ไม่ผ่าน')).not.toHaveLength(0);
    expect(row('ได้รับยกเว้น').getByText('เหตุผล: รัฐมนตรีเห็นชอบ')).toBeTruthy();
    expect(await within(table).findByText('เบญจมาศ')).toBeTruthy();
    await expectAccessible(container);
  });

  it('asks for what the address says', async () => {
    const calls = register();
    const at = '/checked?state=WAIVED&process=p&person=ann&from=2026-04-01&until=2026-04-30';
    renderPage(<CheckedPage />, { pattern: '/checked', at });
    await screen.findByRole('table');
    expect(asked(calls)[0]).toEqual({
      state: 'WAIVED',
      processDefinitionId: 'p',
      recordedBy: 'ann',
      recordedAt: { $gte: '2026-04-01T00:00:00+07:00', $lte: '2026-04-30T23:59:59.999999+07:00' },
    });
  });

  it('is narrowed by keyboard, and widened again', async () => {
    const calls = register();
    const { user, router } = renderPage(<CheckedPage />, { ...place, at: '/checked?person=ann', language: 'en' });
    await screen.findByRole('option', { name: 'Notification' });
    fireEvent.change(screen.getByLabelText('Process'), { target: { value: 'p' } });
    await waitFor(() => expect(asked(calls).at(-1)).toEqual({ processDefinitionId: 'p', recordedBy: 'ann' }));
    screen.getByRole('link', { name: 'Failed' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.search).toContain('state=FAILED'));
    screen.getByRole('button', { name: /^Remove the condition Recorded by/ }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked(calls).at(-1)).toEqual({ state: 'FAILED', processDefinitionId: 'p' }));
  });

  it('says that there is none, and what failed', async () => {
    register({ 'POST /control-points/search': page([]) });
    const { unmount } = renderPage(<CheckedPage />, place);
    expect(await screen.findByText('ไม่มีผลการตรวจตามเงื่อนไข')).toBeTruthy();
    unmount();
    register({ 'POST /control-points/search': problem(403) });
    renderPage(<CheckedPage />, place);
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});
