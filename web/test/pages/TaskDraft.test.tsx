import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetHere, keepHere, keptHere, type KeptDraft } from '../../src/app/keptDrafts';
import TaskPage from '../../src/pages/task/TaskPage';
import { form, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({ default: () => <p>diagram</p> }));

const place = { pattern: '/tasks/:key', at: '/tasks/1' };
const owner = { username: 'dpo1', inNameOf: 'dpo1', taskKey: '1' };
const BEFORE = '2026-04-10T09:00:00Z';
const THEIRS = { variables: { report: 'จากเครื่องอื่น' }, savedAt: '2026-04-10T10:00:00Z' };

function task(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'GET /user-tasks/1': new Reply(200, userTask({ assignee: 'dpo1' }), { ETag: '"3"' }),
    'GET /user-tasks/1/form': form,
    'POST /user-tasks/1/variables/search': page([]),
    'GET /user-tasks/1/draft': new Reply(204),
    'PUT /user-tasks/1/draft': { savedAt: '2026-04-10T11:00:00Z' },
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
    ...routes,
  });
}

const kept = (changes: Partial<KeptDraft> = {}) =>
  keepHere({
    ...owner,
    labels: [{ path: 'report', label: { th: 'รายงาน', en: 'Report' } }],
    values: { report: 'ในเบราว์เซอร์' },
    base: null,
    sent: null,
    since: Date.parse('2026-04-10T09:30:00Z'),
    ...changes,
  });
const saved = (calls: ReturnType<typeof task>) =>
  calls.filter(({ method, path }) => method === 'PUT' && path.endsWith('/draft')).map(({ body }) => body);

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => undefined;
  await forgetHere(owner);
});

describe('what the server never got', () => {
  it('is opened again, and sent', async () => {
    await kept();
    const calls = task();
    const { container } = renderPage(<TaskPage />, place);
    expect(await screen.findByDisplayValue('ในเบราว์เซอร์')).toBeTruthy();
    expect(screen.getByText(/เปิดสิ่งที่คุณกรอกไว้ในเบราว์เซอร์นี้ตั้งแต่ ๑๐ เม.ย. ๒๕๖๙/)).toBeTruthy();
    await waitFor(() => expect(saved(calls)).toEqual([{ variables: { report: 'ในเบราว์เซอร์' }, basedOn: null }]));
    expect(await screen.findByText(/บันทึกร่างไว้ในระบบแล้ว/)).toBeTruthy();
    expect(await keptHere(owner)).toBeNull();
    await expectAccessible(container);
  });

  it('goes on from the draft that it was typed over', async () => {
    await kept({ base: BEFORE });
    const calls = task({ 'GET /user-tasks/1/draft': { variables: { report: 'เดิม' }, savedAt: BEFORE } });
    renderPage(<TaskPage />, place);
    expect(await screen.findByDisplayValue('ในเบราว์เซอร์')).toBeTruthy();
    await waitFor(() => expect(saved(calls)).toMatchObject([{ basedOn: BEFORE }]));
  });

  it('goes on from its own save whose answer was lost', async () => {
    await kept({ sent: THEIRS.variables });
    const calls = task({ 'GET /user-tasks/1/draft': THEIRS });
    renderPage(<TaskPage />, place);
    expect(await screen.findByDisplayValue('ในเบราว์เซอร์')).toBeTruthy();
    await waitFor(() => expect(saved(calls)).toMatchObject([{ basedOn: THEIRS.savedAt }]));
  });

  it('and a later draft of the server are shown side by side, and nothing goes before one is chosen', async () => {
    await kept();
    const calls = task({ 'GET /user-tasks/1/draft': THEIRS });
    const { user, container } = renderPage(<TaskPage />, place);
    const choice = await screen.findByRole('region', { name: /คุณมีร่างสองฉบับ/ });
    const row = within(choice).getByRole('row', { name: /^รายงาน/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['ในเบราว์เซอร์', 'จากเครื่องอื่น']);
    expect(screen.queryByRole('button', { name: 'ส่งงาน' })).toBeNull();
    expect(saved(calls)).toEqual([]);
    await expectAccessible(container);
    within(choice).getByRole('button', { name: 'ใช้ฉบับในเบราว์เซอร์นี้' }).focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByDisplayValue('ในเบราว์เซอร์')).toBeTruthy();
    await waitFor(() => expect(saved(calls)).toMatchObject([{ basedOn: THEIRS.savedAt }]));
  });

  it('gives way to the draft of the server when that is chosen', async () => {
    await kept();
    const calls = task({ 'GET /user-tasks/1/draft': THEIRS });
    const { user } = renderPage(<TaskPage />, { ...place, language: 'en' });
    await user.click(await screen.findByRole('button', { name: 'Use the one in the system' }));
    expect(await screen.findByDisplayValue('จากเครื่องอื่น')).toBeTruthy();
    expect(await keptHere(owner)).toBeNull();
    expect(saved(calls)).toEqual([]);
  });

  it('is asked about when another page saves while one types', async () => {
    let there: unknown = new Reply(204);
    const calls = task({
      'GET /user-tasks/1/draft': () => there,
      'PUT /user-tasks/1/draft': () => {
        there = THEIRS;
        return problem(409, { code: 'newer-draft' });
      },
    });
    const { user } = renderPage(<TaskPage />, place);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ที่นี่');
    const choice = await screen.findByRole('region', { name: /คุณมีร่างสองฉบับ/ });
    expect(within(choice).getByRole('cell', { name: 'ที่นี่' })).toBeTruthy();
    await user.click(within(choice).getByRole('button', { name: 'ใช้ฉบับในระบบ' }));
    expect(await screen.findByDisplayValue('จากเครื่องอื่น')).toBeTruthy();
    expect(saved(calls)).toHaveLength(1);
  });

  it('is told of, with the reason, while it cannot be saved', async () => {
    task({ 'PUT /user-tasks/1/draft': problem(404, { code: 'not-found', th: 'ไม่พบข้อมูล', en: 'Not found' }) });
    const { user } = renderPage(<TaskPage />, place);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ครบ');
    expect(await screen.findByText(/ไม่พบข้อมูล.*สิ่งที่กรอกตั้งแต่เวลา/)).toBeTruthy();
    expect((screen.getByLabelText(/^รายงาน/) as HTMLInputElement).value).toBe('ครบ');
  });

  it('can be read and removed when the task cannot be opened any more; script in it is text', async () => {
    await kept({ values: { report: '<img src=x onerror=alert(1)>' } });
    task({ 'GET /user-tasks/1': problem(404, { code: 'not-found' }) });
    const { user, container } = renderPage(<TaskPage />, place);
    const left = await screen.findByRole('region', { name: /สิ่งที่คุณกรอกไว้/ });
    expect(within(left).getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
    expect(left.querySelector('img')).toBeNull();
    await expectAccessible(container);
    await user.click(within(left).getByRole('button', { name: 'ลบออกจากเบราว์เซอร์นี้' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: /สิ่งที่คุณกรอกไว้/ })).toBeNull());
    expect(await keptHere(owner)).toBeNull();
  });

  it('is not shown to another person', async () => {
    await kept({ username: 'dpo2', inNameOf: 'dpo2' });
    task({ 'GET /user-tasks/1': problem(404, { code: 'not-found' }) });
    renderPage(<TaskPage />, place);
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.queryByText('ในเบราว์เซอร์')).toBeNull();
  });

  it('is gone once the task is completed', async () => {
    await kept();
    task({ 'PUT /user-tasks/1/draft': problem(503), 'POST /user-tasks/1/completion': new Reply(204) });
    const { user, router } = renderPage(<TaskPage />, place);
    await screen.findByDisplayValue('ในเบราว์เซอร์');
    await user.click(screen.getByRole('button', { name: 'ส่งงาน' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/'));
    expect(await keptHere(owner)).toBeNull();
  });
});
