import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import TaskPage from '../../src/pages/task/TaskPage';
import { me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, Reply, serve, type Routes } from '../server';

const place = { at: '/tasks/1', pattern: '/tasks/:key' };
const NOBODY = { items: [], digest: null, variables: null, mayISign: false };
const DIGEST = 'a'.repeat(64);
const asked = {
  coSignatureKey: '5',
  kind: 'user',
  name: 'dpo1',
  source: 'PERSON',
  state: 'PENDING',
  digest: DIGEST,
  askedBy: 'dpo2',
  askDate: '2026-04-10T09:00:00.000Z',
  signedBy: null,
  signedThrough: null,
  signDate: null,
  reason: null,
};

function task(changes: Parameters<typeof userTask>[0], routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'GET /user-tasks/1': new Reply(200, userTask(changes), { ETag: '"3"' }),
    'GET /user-tasks/1/form': new Reply(204),
    'POST /user-tasks/1/variables/search': page([]),
    'GET /user-tasks/1/draft': new Reply(204),
    'GET /user-tasks/1/control-points': { items: [] },
    'GET /user-tasks/1/co-signatures': NOBODY,
    'GET /user-tasks/1/actions': { returnTo: [], recall: false, coSign: false },
    'GET /user-tasks/1/course': { next: [] },
    'POST /user-tasks/search': page([]),
    'GET /process-instances/300/deadlines': { items: [] },
    'GET /process-instances/300/comments': { items: [] },
    'POST /documents/search': page([]),
    'GET /process-instances/300/sequence-flows': { items: [] },
    'POST /element-instances/search': page([]),
    'GET /process-definitions/9/xml': '<definitions/>',
    'POST /users/search': page([{ username: 'dpo2', name: 'สมหญิง' }]),
    ...routes,
  });
}

describe('doing a task with others', () => {
  it('asks a person for help', async () => {
    const calls = task({ assignee: 'dpo1' }, { 'POST /user-tasks/1/delegation': new Reply(204) });
    const { user } = renderPage(<TaskPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ขอให้ผู้อื่นช่วยทำ' }));
    await user.click(screen.getByRole('button', { name: 'ส่งให้ช่วยทำ' }));
    expect((await screen.findByRole('alert')).textContent).toContain('เลือกบุคคล');
    await user.type(screen.getByRole('combobox'), 'สม');
    await user.click(await screen.findByRole('option', { name: /สมหญิง/ }));
    await user.type(screen.getByLabelText('ขอให้ช่วยเรื่องใด'), 'ตรวจยอด');
    await user.click(screen.getByRole('button', { name: 'ส่งให้ช่วยทำ' }));
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/delegation'))?.body).toEqual({ to: 'dpo2', note: 'ตรวจยอด' }),
    );
  });

  it('asks several to sign, one after the other, by keyboard', async () => {
    const people = page([
      { username: 'dpo2', name: 'สมหญิง' },
      { username: 'dpo3', name: 'สมชาย' },
    ]);
    const calls = task(
      { assignee: 'dpo1' },
      { 'POST /users/search': people, 'POST /user-tasks/1/co-signatures': new Reply(204) },
    );
    const { user } = renderPage(<TaskPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ขอให้ร่วมลงนาม' }));
    screen.getByRole('combobox').focus();
    for (const name of ['สมหญิง', 'สมชาย']) {
      await user.keyboard(name);
      await screen.findByRole('option', { name: new RegExp(name) });
      await user.keyboard('{ArrowDown}{Enter}');
      // the field is for the next one, and the list does not cover what stands below
      await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox')));
      expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('');
      expect(screen.queryByRole('listbox')).toBeNull();
    }
    await user.keyboard('{Tab}{Enter}');
    await waitFor(() =>
      expect(calls.find((call) => call.method === 'POST' && call.path.endsWith('/co-signatures'))?.body).toMatchObject({
        users: ['dpo2', 'dpo3'],
      }),
    );
  });

  it('gives back what one helps with, and does not offer to complete it', async () => {
    const helping = { assignee: 'dpo1', owner: 'dpo2', delegationState: 'PENDING' };
    const calls = task(helping, { 'POST /user-tasks/1/resolution': new Reply(204) });
    const { user, router } = renderPage(<TaskPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ส่งคืนเจ้าของงาน' }));
    expect(screen.queryByRole('button', { name: 'ส่งงาน' })).toBeNull();
    await user.type(screen.getByLabelText('ความเห็นถึงเจ้าของงาน'), 'ถูกต้อง');
    await user.click(screen.getByRole('button', { name: 'ส่งคืนเจ้าของงาน' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/'));
    expect(calls.find((call) => call.path.endsWith('/resolution'))?.body).toMatchObject({ note: 'ถูกต้อง' });
  });

  it('signs what was read', async () => {
    const laid = { items: [asked], digest: DIGEST, variables: { x: 1 }, mayISign: true };
    const calls = task(
      { assignee: 'dpo2' },
      { 'GET /user-tasks/1/co-signatures': laid, 'POST /user-tasks/1/co-signature': new Reply(204) },
    );
    const { user, container } = renderPage(<TaskPage />, place);
    const sign = await screen.findByRole('button', { name: 'ลงนาม' });
    await expectAccessible(container);
    await user.click(sign);
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/co-signature'))?.body).toEqual({
        agree: true,
        digest: DIGEST,
        reason: null,
      }),
    );
  });

  it('sends the case back where the diagram allows it', async () => {
    const to = { elementId: 'Draft', name: { th: 'ร่าง', en: 'Draft' } };
    const calls = task(
      { assignee: 'dpo1' },
      {
        'GET /user-tasks/1/actions': { returnTo: [to], recall: false, coSign: false },
        'POST /user-tasks/1/return': new Reply(204),
      },
    );
    const { user } = renderPage(<TaskPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ส่งกลับแก้ไข' }));
    await user.type(screen.getByRole('textbox', { name: 'เหตุผล' }), 'ขาดใบเสร็จ');
    await user.click(screen.getByRole('button', { name: 'ส่งกลับแก้ไข' }));
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/return'))?.body).toEqual({ to: 'Draft', reason: 'ขาดใบเสร็จ' }),
    );
  });

  it('takes back what one completed', async () => {
    const done = { assignee: 'dpo1', completedBy: 'dpo1', state: 'COMPLETED' as const };
    task(done, { 'GET /user-tasks/1/actions': { returnTo: [], recall: true, coSign: false } });
    renderPage(<TaskPage />, place);
    expect(await screen.findByRole('button', { name: 'ดึงงานกลับ' })).toBeDefined();
  });
});
