import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../src/api/types';
import ApprovalsPage from '../../src/pages/approvals/ApprovalsPage';
import { intervention, me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

const place = { pattern: '/approvals', at: '/approvals' };
const owner = { ...me, username: 'owner', ownedProcesses: ['p'] };
const isToDecide = (call: Call) => Object.hasOwn((call.body as { filter: object }).filter, 'toDecide');

function approvals(waiting: Intervention[], mine: Intervention[] = [], routes: Routes = {}) {
  return serve({
    'GET /authentication/me': owner,
    'POST /interventions/search': (call: Call) => page(isToDecide(call) ? waiting : mine),
    ...routes,
  });
}

describe('the requests for approval', () => {
  it('say in words what will happen, who wants it and why', async () => {
    const due_at = '2026-04-13T02:30:00+00:00';
    approvals([
      intervention(),
      intervention({ interventionKey: '71', kind: 'changeTimer', request: { due_at }, about: { th: 'เตือน', en: '' } }),
    ]);
    const { container } = renderPage(<ApprovalsPage />, place);
    const [first, second] = await screen.findAllByText(/^หากอนุมัติ/);
    expect(first?.parentElement?.textContent).toContain('ยกเลิกทั้งเรื่อง');
    expect(second?.parentElement?.textContent).toContain('เวลาของ “เตือน” จะเปลี่ยนเป็น ๑๓ เม.ย.');
    expect(screen.getAllByText('เหตุผล: รับเรื่องซ้ำ')).toHaveLength(2);
    expect(screen.getAllByText(/^ขอโดย dpo1/)).toHaveLength(2);
    await expectAccessible(container);
  });

  it('are approved without a remark, and rejected with a reason only', async () => {
    const calls = approvals([intervention()], [], {
      'POST /interventions/70/approval': new Reply(204),
      'POST /interventions/70/rejection': new Reply(204),
    });
    const { user } = renderPage(<ApprovalsPage />, place);
    await user.click(await screen.findByRole('button', { name: /^อนุมัติ:/ }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'อนุมัติ' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(await screen.findByRole('button', { name: /^ไม่อนุมัติ:/ }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'ไม่อนุมัติ' }));
    expect(await within(dialog).findByText(/^โปรดระบุเหตุผล/)).toBeTruthy();
    await user.type(within(dialog).getByLabelText('เหตุผล'), 'ไม่ใช่เรื่องซ้ำ');
    await user.click(within(dialog).getByRole('button', { name: 'ไม่อนุมัติ' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = calls.filter((call) => /approval|rejection/.test(call.path)).map((call) => call.body);
    expect(sent).toEqual([{ note: null }, { note: 'ไม่ใช่เรื่องซ้ำ' }]);
  });

  it('tell in the dialog why an approval is refused', async () => {
    const refused = problem(409, { code: 'second-person-needed', th: 'ต้องมีบุคคลที่สองอนุมัติ' });
    approvals([intervention()], [], { 'POST /interventions/70/approval': refused });
    const { user } = renderPage(<ApprovalsPage />, place);
    await user.click(await screen.findByRole('button', { name: /^อนุมัติ:/ }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'อนุมัติ' }));
    expect(await within(dialog).findByText('ต้องมีบุคคลที่สองอนุมัติ')).toBeTruthy();
  });

  it('show staff only their own, which they may withdraw', async () => {
    const calls = serve({
      'GET /authentication/me': me,
      'POST /interventions/search': page([intervention({ kind: 'waive', elementInstanceKey: '1' })]),
      'POST /interventions/70/withdrawal': new Reply(204),
    });
    const { user } = renderPage(<ApprovalsPage />, place);
    await user.click(await screen.findByRole('button', { name: /^ถอนคำขอ/ }));
    await waitFor(() => expect(calls.some((call) => call.path.endsWith('/withdrawal'))).toBe(true));
    expect(calls.some((call) => call.path.endsWith('/search') && isToDecide(call))).toBe(false);
    expect(screen.queryByRole('button', { name: /อนุมัติ/ })).toBeNull();
    expect(screen.getByRole('link', { name: 'เปิดงาน' }).getAttribute('href')).toBe('/tasks/1');
  });
});
