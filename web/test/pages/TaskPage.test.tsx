import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useI18n } from '../../src/i18n';
import TaskPage from '../../src/pages/task/TaskPage';
import { binding, controlPoint, deadline, form, intervention, me, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

// bpmn-js needs an SVG engine, which a test's document has not; real browsers test the diagram
vi.mock('../../src/diagram/Diagram', () => ({ default: () => <p>diagram</p> }));

const place = { pattern: '/tasks/:key', at: '/tasks/1' };
const variable = (name: string, value: unknown) => ({ name, value: JSON.stringify(value), scopeKey: '300' });
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();

function task(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'GET /user-tasks/1': new Reply(200, userTask({ assignee: 'dpo1' }), { ETag: '"3"' }),
    'GET /user-tasks/1/form': form,
    'POST /user-tasks/1/variables/search': page([]),
    'GET /user-tasks/1/draft': new Reply(204),
    'PUT /user-tasks/1/draft': { savedAt: '2026-04-10T09:30:00Z' },
    'GET /user-tasks/1/control-points': { items: [controlPoint()] },
    'POST /interventions/search': page([]),
    'POST /user-tasks/1/completion': new Reply(204),
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
const completion = (calls: ReturnType<typeof task>) => calls.find((call) => call.path.endsWith('/completion'));

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
});

describe('the task page', () => {
  it('completes with what was filled in, at the revision that was read', async () => {
    const calls = task();
    const { user, container, router } = renderPage(<TaskPage />, place);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ครบ');
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'ส่งงาน' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/'));
    expect(completion(calls)?.body).toMatchObject({ variables: { report: 'ครบ' } });
    expect(completion(calls)?.headers.get('If-Match')).toBe('"3"');
  });

  it('leads to what is missing before anything is sent', async () => {
    const calls = task();
    const { user } = renderPage(<TaskPage />, place);
    const field = await screen.findByLabelText(/^รายงาน/);
    await user.click(screen.getByRole('button', { name: 'ส่งงาน' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('โปรดแก้ไข ๑ รายการ');
    await user.click(within(alert).getByRole('button', { name: 'รายงาน' }));
    expect(document.activeElement).toBe(field);
    expect(completion(calls)).toBeUndefined();
    await user.keyboard('ครบ');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect((field as HTMLInputElement).value).toBe('ครบ');
  });

  it('shows what the server refuses at the field, in the language', async () => {
    const errors = [{ field: 'report', code: 'too-short', th: 'สั้นเกินไป', en: 'too short' }];
    task({ 'POST /user-tasks/1/completion': problem(400, { code: 'form-invalid', errors }) });
    const { user } = renderPage(<TaskPage />, place);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'x');
    await user.click(screen.getByRole('button', { name: 'ส่งงาน' }));
    expect((await screen.findByRole('alert')).textContent).toContain('สั้นเกินไป');
    await waitFor(() => expect(screen.getAllByText('สั้นเกินไป').length).toBeGreaterThan(0));
  });

  it('names the control points that stand in the way, and leads to their field', async () => {
    const late = binding({ type: 'deadline', deadlineId: 'dl-notify', lateReasonsField: 'late_reasons' });
    const controlPoints = [
      { id: 'cp-late', text: { th: 'แจ้งทันเวลา', en: '' }, detail: { th: 'ต้องระบุเหตุผล (late_reasons)', en: '' } },
    ];
    task({
      'GET /user-tasks/1/control-points': { items: [controlPoint({ controlPointId: 'cp-late', binding: late })] },
      'POST /user-tasks/1/completion': problem(409, { code: 'control-point-unsatisfied', controlPoints }),
    });
    const { user } = renderPage(<TaskPage />, place);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'x');
    await user.click(screen.getByRole('button', { name: 'ส่งงาน' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('แจ้งทันเวลา');
    expect(alert.textContent).toContain('ต้องระบุเหตุผล “เหตุผลที่ล่าช้า”');
    await user.click(within(alert).getByRole('button', { name: 'ไปยังช่องนี้' }));
    expect(document.activeElement).toBe(screen.getByLabelText('เหตุผลที่ล่าช้า'));
  });

  it('tells that a control point is met as soon as its field is filled in', async () => {
    task();
    const { user } = renderPage(<TaskPage />, place);
    const field = await screen.findByLabelText(/^รายงาน/);
    expect(screen.getByText('ยังไม่ครบ')).toBeTruthy();
    await user.type(field, 'ครบ');
    expect(await screen.findByText('ครบแล้ว')).toBeTruthy();
  });

  it('opens the draft, and says so', async () => {
    task({ 'GET /user-tasks/1/draft': { variables: { report: 'ร่างไว้' }, savedAt: '2026-04-10T09:00:00Z' } });
    renderPage(<TaskPage />, place);
    expect(await screen.findByDisplayValue('ร่างไว้')).toBeTruthy();
    expect(screen.getByText(/เปิดร่างที่บันทึกไว้เมื่อ ๑๐ เม.ย. ๒๕๖๙/)).toBeTruthy();
  });

  it('keeps what was filled in when the language is changed', async () => {
    task();
    function Switch() {
      const { setLanguage } = useI18n();
      return <button onClick={() => setLanguage('en')}>switch</button>;
    }
    const page = (
      <>
        <Switch />
        <TaskPage />
      </>
    );
    const { user } = renderPage(page, place);
    await user.type(await screen.findByLabelText(/^รายงาน/), 'ครบ');
    await user.click(screen.getByText('switch'));
    expect((await screen.findByLabelText<HTMLInputElement>(/^Report/)).value).toBe('ครบ');
  });

  it('names people and groups', async () => {
    task({
      'POST /groups/search': page([{ groupId: 'dpo', name: 'เจ้าหน้าที่คุ้มครองข้อมูล', nameEn: 'DPO' }]),
      'POST /users/search': page([{ username: 'agri_data_group1', name: 'กลุ่มบริหารข้อมูล 1' }]),
    });
    renderPage(<TaskPage />, place);
    expect(await screen.findByText('เจ้าหน้าที่คุ้มครองข้อมูล')).toBeTruthy();
    expect(await screen.findByText('กลุ่มบริหารข้อมูล 1')).toBeTruthy();
  });

  it('lets nobody fill in before the task is claimed', async () => {
    const open = userTask();
    const calls = task({
      'GET /user-tasks/1': () => open,
      'POST /user-tasks/1/variables/search': page([variable('report', 'เดิม')]),
      'POST /user-tasks/1/assignment': () => {
        open.assignee = 'dpo1';
        return new Reply(204);
      },
    });
    const { user } = renderPage(<TaskPage />, place);
    const field = await screen.findByDisplayValue('เดิม');
    expect((field as HTMLInputElement).readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: 'ส่งงาน' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'รับงานนี้' }));
    expect(await screen.findByRole('button', { name: 'ส่งงาน' })).toBeTruthy();
    expect(calls.some((call) => call.path === '/user-tasks/1/assignment')).toBe(true);
  });

  it('explains, once the deadline has passed, what completion takes', async () => {
    const late = controlPoint({
      binding: binding({ type: 'deadline', deadlineId: 'dl-notify', lateReasonsField: 'late_reasons' }),
    });
    task({
      'GET /user-tasks/1/control-points': { items: [late] },
      'GET /process-instances/300/deadlines': {
        items: [deadline({ dueAt: ago(1), lateUntil: ago(-24), state: 'MISSED' })],
      },
    });
    const { container } = renderPage(<TaskPage />, place);
    expect(await screen.findByText('พ้นกำหนดแล้ว: แจ้งภายใน ๗๒ ชั่วโมง')).toBeTruthy();
    expect(screen.getByText(/ต้องระบุเหตุผลความจำเป็นในช่อง “เหตุผลที่ล่าช้า”/)).toBeTruthy();
    await expectAccessible(container);
  });

  it('asks for a waiver in the name of who does the task, with a reason, and shows that it waits', async () => {
    const asked = intervention({ kind: 'waive', request: { control_point_id: 'cp-check-1' }, reason: 'เอกสารตามมา' });
    let waiting = page<unknown>([]);
    const calls = task({
      'POST /interventions/search': () => waiting,
      'POST /interventions': () => {
        waiting = page([asked]);
        return new Reply(201, { interventionKey: '70' });
      },
    });
    const { user } = renderPage(<TaskPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ขอยกเว้น: รายงานครบถ้วน' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('เหตุผล'), 'รอ');
    await user.click(within(dialog).getByRole('button', { name: 'ขอยกเว้น' }));
    expect(await within(dialog).findByText('โปรดระบุเหตุผลอย่างน้อย ๕ ตัวอักษร')).toBeTruthy();
    await expectAccessible(dialog);
    await user.type(within(dialog).getByLabelText('เหตุผล'), 'เอกสารตามมา');
    await user.click(within(dialog).getByRole('button', { name: 'ขอยกเว้น' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByText('ขอยกเว้นแล้ว รออนุมัติ')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^ขอยกเว้น/ })).toBeNull();
    const request = { controlPointId: 'cp-check-1', reason: 'รอเอกสารตามมา' };
    expect(calls.find((call) => call.path === '/interventions')?.body).toEqual({ kind: 'waive', key: '1', request });
  });

  it('offers no waiver to who neither does the task nor owns the process', async () => {
    task({ 'GET /authentication/me': { ...me, username: 'colleague', groups: [] } });
    renderPage(<TaskPage />, place);
    await screen.findByText('รายงานครบถ้วน');
    expect(screen.queryByRole('button', { name: /^ขอยกเว้น/ })).toBeNull();
  });
});
