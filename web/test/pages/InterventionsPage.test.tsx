import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import InterventionsPage from '../../src/pages/interventions/InterventionsPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Call, type Routes } from '../server';

const place = { pattern: '/interventions', at: '/interventions' };
const asked = (calls: Call[]) =>
  calls.filter(({ path }) => path === '/interventions/search').map(({ body }) => (body as { filter: object }).filter);
const intervention = (changes: object = {}) => ({
  interventionKey: '1',
  kind: 'waive',
  state: 'APPROVED',
  reason: 'เอกสารตามมาภายหลัง',
  request: {},
  elementId: 'Task_Check',
  elementInstanceKey: '11',
  processInstanceKey: '300',
  processDefinitionId: 'p',
  processDefinitionKey: '9',
  businessId: 'กษ 12',
  requestedBy: 'ann',
  onBehalfOf: null,
  requestDate: '2026-04-10T09:00:00.000Z',
  decidedBy: 'ben',
  decisionDate: '2026-04-10T10:00:00.000Z',
  note: 'ตามที่หารือ',
  processName: { th: 'แจ้งเหตุ', en: 'Notification' },
  about: { th: 'ตรวจครบถ้วน', en: 'Checked whole' },
  ...changes,
});

function register(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'POST /interventions/search': page([intervention()]),
    'POST /process-definitions/search': page([{ processDefinitionId: 'p', name: 'แจ้งเหตุ', nameEn: 'Notification' }]),
    'POST /users/search': page([
      { username: 'ann', name: 'อัญชัน' },
      { username: 'ben', name: 'เบญจมาศ' },
    ]),
    ...routes,
  });
}

describe('the register of interventions and waivers', () => {
  it('tells of each what was asked for and why, by whom, and who decided', async () => {
    register();
    const { container } = renderPage(<InterventionsPage />, place);
    const table = await screen.findByRole('table', { name: 'ทะเบียนคำขอแทรกแซงและยกเว้น' });
    const [, row] = within(table).getAllByRole('row');
    const said = within(row as HTMLElement);
    expect(said.getByRole('link', { name: 'กษ 12' }).getAttribute('href')).toBe('/cases/300');
    expect(said.getByText('เหตุผล: เอกสารตามมาภายหลัง')).toBeTruthy();
    expect(await within(table).findAllByText('เบญจมาศ')).not.toHaveLength(0);
    expect(said.getAllByText('ตามที่หารือ')).not.toHaveLength(0);
    await expectAccessible(container);
  });

  it('asks for what the address says, and is narrowed by keyboard', async () => {
    const calls = register();
    const at = '/interventions?state=REJECTED&process=p&from=2026-04-01&until=2026-04-30';
    const { user, router } = renderPage(<InterventionsPage />, { ...place, at, language: 'en' });
    await screen.findByRole('table');
    const first = {
      state: 'REJECTED',
      processDefinitionId: 'p',
      requestDate: { $gte: '2026-04-01T00:00:00+07:00', $lte: '2026-04-30T23:59:59.999999+07:00' },
    };
    expect(asked(calls)[0]).toEqual(first);
    await user.selectOptions(screen.getByLabelText('Kind'), 'Extend a deadline');
    await waitFor(() => expect(asked(calls).at(-1)).toEqual({ ...first, kind: 'extend' }));
    screen.getByRole('link', { name: 'Waiting' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.search).toContain('state=PENDING'));
  });

  it('saves what is found as a table, and says when that is refused', async () => {
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
    const table = '\uFEFFเลขที่เรื่อง\r\n';
    const calls = register({ 'POST /interventions/export': table });
    const { user, unmount } = renderPage(<InterventionsPage />, { ...place, at: '/interventions?state=REJECTED' });
    const button = await screen.findByRole('button', { name: 'ดาวน์โหลดรายการ (CSV)' });
    button.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    const sent = calls.find(({ path }) => path === '/interventions/export?language=th');
    expect(sent?.body).toMatchObject({ filter: { state: 'REJECTED' } });
    unmount();
    register({ 'POST /interventions/export': problem(503) });
    renderPage(<InterventionsPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ดาวน์โหลดรายการ (CSV)' }));
    await waitFor(() =>
      expect(screen.getAllByRole('status').map((each) => each.textContent)).toContain(
        'มีผู้ใช้ระบบจำนวนมาก โปรดลองใหม่ในอีกสักครู่',
      ),
    );
    expect(saved).toHaveBeenCalledTimes(1);
  });

  it('says that there is none, and what failed with a way to try again', async () => {
    register({ 'POST /interventions/search': page([]) });
    const { unmount } = renderPage(<InterventionsPage />, place);
    expect(await screen.findByText('ไม่มีคำขอตามเงื่อนไขนี้')).toBeTruthy();
    unmount();
    register({ 'POST /interventions/search': problem(503) });
    renderPage(<InterventionsPage />, place);
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'ลองใหม่' })).toBeTruthy();
  });
});
