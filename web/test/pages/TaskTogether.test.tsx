import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetHere, keptHere } from '../../src/app/keptDrafts';
import TaskPage from '../../src/pages/task/TaskPage';
import { FakeEvents } from '../events';
import { form, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({ default: () => <p>diagram</p> }));

const place = { pattern: '/tasks/:key', at: '/tasks/1' };
const owner = { username: 'dpo1', inNameOf: 'dpo1', taskKey: '1' };
const mine = { assignee: 'dpo1' };

/** The task as the server has it changes with `now`; the page hears of that by an event. */
function task(routes: Routes = {}) {
  const events = FakeEvents.install();
  let answer: unknown = new Reply(200, userTask(mine), { ETag: '"3"' });
  const calls = serve({
    'GET /authentication/me': me,
    'GET /user-tasks/1': () => answer,
    'GET /user-tasks/1/form': form,
    'POST /user-tasks/1/variables/search': page([]),
    'GET /user-tasks/1/draft': new Reply(204),
    'PUT /user-tasks/1/draft': { savedAt: '2026-04-10T11:00:00Z' },
    'PUT /user-tasks/1/presence': { others: [] },
    'DELETE /user-tasks/1/presence': new Reply(204),
    'GET /user-tasks/1/control-points': { items: [] },
    'POST /interventions/search': page([]),
    'GET /user-tasks/1/co-signatures': { items: [], digest: null, variables: null, mayISign: false },
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
    'DELETE /user-tasks/1/assignee': () => {
      answer = new Reply(200, userTask({ assignee: null }));
      return new Reply(204);
    },
    ...routes,
  });
  const becomes = (next: unknown) => {
    answer = next;
    events.send('user-task', { userTaskKey: '1', state: 'CREATED', assignee: null });
  };
  return { calls, events, becomes };
}

async function typed(user: ReturnType<typeof renderPage>['user']) {
  const field = await screen.findByLabelText(/^รายงาน/);
  await user.type(field, 'พิมพ์ไว้');
  await screen.findByText(/บันทึกร่าง/, undefined, { timeout: 5000 });
}

const value = () => (screen.getByLabelText(/^รายงาน/) as HTMLInputElement).value;

beforeEach(async () => {
  await forgetHere(owner);
});

describe('two people at one task', () => {
  it('are told of each other, and when one has left', async () => {
    let others: unknown[] = [{ username: 'dpo2', since: '2026-04-10T09:00:00Z' }];
    const { calls, events } = task({ 'PUT /user-tasks/1/presence': () => ({ others }) });
    const { container, unmount } = renderPage(<TaskPage />, place);
    expect(await screen.findByText('ขณะนี้เปิดงานนี้อยู่ด้วย: สมหญิง')).toBeTruthy();
    await expectAccessible(container);
    others = [];
    events.send('task-presence', { userTaskKey: '1' });
    await waitFor(() => expect(screen.queryByText(/เปิดงานนี้อยู่ด้วย/)).toBeNull());
    unmount();
    expect(calls.some(({ method, path }) => method === 'DELETE' && path === '/user-tasks/1/presence')).toBe(true);
  });

  it('are not told of who only reads', async () => {
    const auditor = { ...me, roles: ['auditor'], groups: [] };
    const { calls } = task({ 'GET /authentication/me': auditor });
    renderPage(<TaskPage />, place);
    await screen.findByLabelText(/^รายงาน/);
    expect(calls.filter(({ path }) => path.endsWith('/presence'))).toEqual([]);
  });
});

describe('a task that is taken away while one types', () => {
  it.each([
    ['by who takes it', new Reply(200, userTask({ assignee: 'dpo2' })), 'งานนี้เป็นของ สมหญิง แล้ว'],
    ['by who gives it back to the group', new Reply(200, userTask({ assignee: null })), 'งานนี้ถูกคืนแล้ว'],
    [
      'by who completes it',
      new Reply(200, userTask({ assignee: 'dpo2', state: 'COMPLETED', completedBy: 'dpo2' })),
      'สมหญิง ส่งงานนี้แล้ว',
    ],
    ['with its case', new Reply(200, userTask({ ...mine, state: 'CANCELED' })), 'งานนี้สิ้นสุดแล้ว'],
    ['with the permission', problem(404, { code: 'not-found' }), 'คุณไม่มีสิทธิดูงานนี้แล้ว'],
  ])('%s: the form stays, to read, and what was typed is kept', async (_by, next, says) => {
    const { becomes } = task();
    const { user, container } = renderPage(<TaskPage />, place);
    await typed(user);
    becomes(next);
    const notice = (await screen.findByText(new RegExp(says))).closest('[role=alert]') as HTMLElement;
    await within(notice).findByText(/เก็บอยู่ในเบราว์เซอร์นี้/);
    await waitFor(() => expect(value()).toBe('พิมพ์ไว้'));
    expect((screen.getByLabelText(/^รายงาน/) as HTMLInputElement).readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: 'ส่งงาน' })).toBeNull();
    expect((await keptHere(owner))?.values).toMatchObject({ report: 'พิมพ์ไว้' });
    expect(await screen.findByRole('region', { name: /สิ่งที่คุณกรอกไว้/ })).toBeTruthy();
    await expectAccessible(container);
  });

  it('is told of when nothing was typed, too, and nothing is kept', async () => {
    const { becomes } = task();
    renderPage(<TaskPage />, place);
    await screen.findByLabelText(/^รายงาน/);
    becomes(new Reply(200, userTask({ assignee: 'dpo2' })));
    expect(await screen.findByText('งานนี้เป็นของ สมหญิง แล้ว')).toBeTruthy();
    expect(await keptHere(owner)).toBeNull();
    expect(screen.queryByText(/เก็บอยู่ในเบราว์เซอร์นี้/)).toBeNull();
  });

  it('is no news to who gave it back and sees another claim it, but to who claimed it again', async () => {
    const { becomes } = task({ 'POST /user-tasks/1/assignment': new Reply(204) });
    const { user } = renderPage(<TaskPage />, place);
    await user.click(await screen.findByRole('button', { name: 'คืนงาน' }));
    await screen.findByRole('button', { name: 'รับงานนี้' });
    becomes(new Reply(200, userTask({ assignee: 'dpo2' })));
    await screen.findByText('งานนี้ สมหญิง รับไว้แล้ว');
    expect(screen.queryByText('งานนี้เป็นของ สมหญิง แล้ว')).toBeNull();
    becomes(new Reply(200, userTask({ assignee: null })));
    await user.click(await screen.findByRole('button', { name: 'รับงานนี้' }));
    becomes(new Reply(200, userTask(mine)));
    await screen.findByRole('button', { name: 'คืนงาน' });
    becomes(new Reply(200, userTask({ assignee: 'dpo2' })));
    expect(await screen.findByText('งานนี้เป็นของ สมหญิง แล้ว')).toBeTruthy();
  });

  it('is noticed when a draft is refused, and no event came', async () => {
    let closed = false;
    const gone = problem(404, { code: 'not-found', th: 'ไม่พบข้อมูล', en: 'Not found' });
    task({
      'GET /user-tasks/1': () => (closed ? gone : new Reply(200, userTask(mine))),
      'PUT /user-tasks/1/draft': () => {
        closed = true;
        return gone;
      },
    });
    const { user } = renderPage(<TaskPage />, place);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ครบ');
    expect(await screen.findByText('คุณไม่มีสิทธิดูงานนี้แล้ว', undefined, { timeout: 5000 })).toBeTruthy();
    for (const name of ['คืนงาน', 'ขอให้ร่วมลงนาม', 'ส่งความเห็น']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
    await waitFor(() => expect(value()).toBe('ครบ'));
  });
});

it('is printed with the class of its case at the head', async () => {
  const print = vi.fn();
  vi.stubGlobal('print', print);
  task({ 'GET /process-instances/300': { processInstanceKey: '300', accessClass: 'SECRET' } });
  const { user, container } = renderPage(<TaskPage />, place);
  await user.click(await screen.findByRole('button', { name: 'พิมพ์' }));
  await waitFor(() => expect(print).toHaveBeenCalledOnce());
  expect(container.querySelector('.print-head')?.textContent).toContain('ลับมาก');
  expect(container.querySelector('.print-head')?.textContent).toContain('พิมพ์โดย');
});

it('says nothing of what one does oneself', async () => {
  task();
  const { user } = renderPage(<TaskPage />, place);
  await typed(user);
  await user.click(screen.getByRole('button', { name: 'คืนงาน' }));
  expect(await screen.findByRole('button', { name: 'รับงานนี้' })).toBeTruthy();
  expect(screen.queryByText(/งานนี้ถูกคืนแล้ว/)).toBeNull();
});
