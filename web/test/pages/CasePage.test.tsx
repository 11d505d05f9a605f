import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Marks } from '../../src/diagram/marks';
import CasePage from '../../src/pages/case/CasePage';
import { controlPoint, deadline, me, processInstance } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks }: { marks: Marks }) => <p data-testid="marks">{JSON.stringify(marks)}</p>,
}));

const place = { pattern: '/cases/:key', at: '/cases/300' };
const diagram = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <userTask id="Task_Check" name="ตรวจข้อมูล"><extensionElements>
    <krabuan:text xmlns:krabuan="https://krabuan.org/schema/1.0" lang="en">Check the data</krabuan:text>
  </extensionElements></userTask></definitions>`;
const event = (sequence: number, type: string) => ({
  sequence,
  at: '2026-04-10T09:00:00.000Z',
  type,
  actor: 'dpo1',
  onBehalfOf: sequence === 2 ? 'dpo2' : null,
  elementId: 'Task_Check',
  elementName: 'ตรวจสอบข้อเท็จจริง',
  data: {},
  hash: 'ab',
});

const history = (items: ReturnType<typeof event>[], archive: object | null = null): Routes => ({
  'GET /process-instances/300/history': {
    items,
    page: { hasMore: false, lastSequence: items[items.length - 1]?.sequence ?? 0 },
    archive,
  },
});

function oneCase(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'GET /process-instances/300': processInstance({ businessId: 'กษ 12' }),
    'POST /element-instances/search': page([
      { elementInstanceKey: '1', elementId: 'Task_Check', elementName: 'ตรวจสอบ', type: 'USER_TASK', state: 'ACTIVE' },
    ]),
    'GET /process-instances/300/sequence-flows': { items: [{ elementId: 'Flow_1' }] },
    'GET /process-instances/300/statistics/element-instances': {
      items: [{ elementId: 'Task_Check', active: 1, canceled: 0, incidents: 0, completed: 2 }],
    },
    'GET /process-instances/300/deadlines': { items: [] },
    'GET /process-instances/300/control-points': { items: [] },
    'GET /process-instances/300/comments': { items: [] },
    'POST /documents/search': page([]),
    ...history([event(1, 'x'), event(2, 'x')]),
    'GET /process-instances/300/history/verification': {
      valid: true,
      events: 2,
      head: 'ab',
      firstBadSequence: null,
      signed: null,
    },
    'GET /process-instances/300/variables-at': {
      items: [{ name: 'aware_at', value: '"2026-04-10T16:00+07:00"', scopeKey: '300' }],
      sequence: 2,
    },
    'GET /process-definitions/9/xml': diagram,
    ...routes,
  });
}

/** The rows of the history, without what else tells of events: the filters, the replay under the diagram. */
async function timeline() {
  const [list] = await waitFor(() => {
    const found = [...document.querySelectorAll<HTMLElement>('.timeline')];
    expect(found.length).toBe(1);
    return found;
  });
  return within(list as HTMLElement);
}

describe('the case page', () => {
  it('marks in the diagram where the case stands, the path and the counts', async () => {
    oneCase();
    const { container } = renderPage(<CasePage />, place);
    expect(JSON.parse((await screen.findByTestId('marks')).textContent ?? '')).toEqual({
      active: ['Task_Check'],
      taken: ['Flow_1'],
      counts: { Task_Check: 2 },
    });
    expect(screen.getByText('ขั้นตอนปัจจุบัน: ตรวจข้อมูล')).toBeTruthy();
    await expectAccessible(container);
  });

  it('names steps in English where the diagram does', async () => {
    oneCase();
    renderPage(<CasePage />, { ...place, language: 'en' });
    expect(await screen.findByText('Present step: Check the data')).toBeTruthy();
  });

  it('says that the history was verified', async () => {
    oneCase();
    renderPage(<CasePage />, place);
    expect(await screen.findByText(/ประวัติครบถ้วน ไม่ถูกแก้ไข \(๒ เหตุการณ์\)/)).toBeTruthy();
  });

  it('warns when it was altered', async () => {
    const verification = { valid: false, events: 2, head: 'ab', firstBadSequence: 2, signed: null };
    oneCase({ 'GET /process-instances/300/history/verification': verification });
    renderPage(<CasePage />, place);
    expect(await screen.findByText(/คำเตือน: ประวัติถูกแก้ไขตั้งแต่เหตุการณ์ที่ ๒/)).toBeTruthy();
  });

  it('tells in which archive the beginning of the history is', async () => {
    oneCase({
      ...history([event(8, 'user-task-claimed')], { archive: 3, madeAt: '2026-04-10T09:00:00.000000Z', events: 7 }),
    });
    renderPage(<CasePage />, place);
    expect(await screen.findByText(/เหตุการณ์ ๗ รายการแรกของเรื่องนี้ย้ายไปอยู่ในแฟ้มจดหมายเหตุที่ ๓/)).toBeTruthy();
  });

  it('leaves out what the engine notes of its own working, until it is asked for', async () => {
    oneCase({
      ...history([event(1, 'user-task-claimed'), event(2, 'flow-taken')]),
    });
    const { user } = renderPage(<CasePage />, place);
    expect((await timeline()).getByText('รับงาน')).toBeTruthy();
    expect((await timeline()).queryByText('ผ่านเส้นทาง')).toBeNull();
    await user.click(screen.getByRole('checkbox'));
    expect((await timeline()).getByText('ผ่านเส้นทาง')).toBeTruthy();
  });

  it('shows the data of the moment that is chosen', async () => {
    const calls = oneCase();
    const { user } = renderPage(<CasePage />, place);
    await user.click(await screen.findByRole('button', { name: 'ดูข้อมูล ณ เวลานี้ ๒' }));
    const table = await screen.findByRole('table');
    expect(within(table).getByRole('row', { name: 'aware_at ๑๐ เม.ย. ๒๕๖๙ ๑๖:๐๐ น.' })).toBeTruthy();
    expect(calls.some((call) => call.path.endsWith('/variables-at?sequence=2'))).toBe(true);
    expect((await timeline()).getByText(/dpo1 ปฏิบัติหน้าที่แทน dpo2/)).toBeTruthy();
  });

  it('says what was erased, and calls who was forgotten by a number', async () => {
    oneCase({
      ...history([{ ...event(1, 'comment-written'), actor: `p_a1b2c3${'0'.repeat(26)}`, onBehalfOf: null }]),
      'GET /process-instances/300/variables-at': {
        items: [{ name: 'citizen', value: '"$erased"', scopeKey: '300' }],
        sequence: 1,
      },
    });
    const { user } = renderPage(<CasePage />, place);
    await user.click(await screen.findByRole('button', { name: 'ดูข้อมูล ณ เวลานี้ ๑' }));
    const table = await screen.findByRole('table');
    expect(within(table).getByRole('row', { name: 'citizen (ลบข้อมูลส่วนบุคคลแล้ว)' })).toBeTruthy();
    expect((await timeline()).getByText(/บุคคลที่ลบข้อมูลแล้ว \(a1b2c3\)/)).toBeTruthy();
    expect(screen.getByRole('option', { name: 'บุคคลที่ลบข้อมูลแล้ว (a1b2c3)' })).toBeTruthy();
  });

  it('counts to an event what the engine noted in its course', async () => {
    const calls = oneCase({
      ...history([event(1, 'instance-created'), event(2, 'variable-set'), event(3, 'user-task-claimed')]),
    });
    const { user } = renderPage(<CasePage />, place);
    await user.click(await screen.findByRole('button', { name: 'ดูข้อมูล ณ เวลานี้ ๑' }));
    await screen.findByRole('table');
    expect(calls.some((call) => call.path.endsWith('/variables-at?sequence=2'))).toBe(true);
  });

  it('shows a missed deadline with its reasons, and control points with their result', async () => {
    oneCase({
      'GET /process-instances/300/deadlines': {
        items: [
          deadline({ state: 'LATE', stoppedAt: '2026-04-14T02:00:00.000Z', lateReasons: 'ระบบล่ม' }),
          deadline({
            deadlineKey: '6',
            deadlineId: 'dl-2',
            state: 'KEPT',
            stoppedAt: '2026-04-11T02:00:00.000Z',
            text: { th: 'แจ้งเจ้าของข้อมูล', en: null },
          }),
        ],
      },
      'GET /process-instances/300/control-points': {
        items: [controlPoint({ state: 'FAILED', recordedAt: '2026-04-14T02:00:00.000Z', recordedBy: 'dpo1' })],
      },
    });
    const { user, container } = renderPage(<CasePage />, place);
    await user.click(await screen.findByRole('tab', { name: 'กำหนดเวลา' }));
    const panel = within(screen.getByRole('tabpanel'));
    expect(panel.getByText('ล่าช้า มีเหตุผล')).toBeTruthy();
    expect(panel.getByText('เหตุผลที่ล่าช้า: ระบบล่ม')).toBeTruthy();
    expect(panel.getByText('ทันกำหนด')).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: 'จุดควบคุม' }));
    await waitFor(() => expect(screen.getByText('ไม่ผ่าน')).toBeTruthy());
    await expectAccessible(container);
  });

  const manages = {
    'GET /authentication/me': { ...me, username: 'owner', ownedProcesses: ['p'] },
    'POST /interventions/search': page([]),
    'POST /element-instances/wait-states/search': page([
      { elementInstanceKey: '5', elementId: 'Task_Check', details: { dueDate: Date.parse('2026-04-10T10:00:00Z') } },
    ]),
    'POST /incidents/search': page([{ incidentKey: '6', elementId: 'Task_Check', errorMessage: 'no x' }]),
  };

  it('lets the owner cancel the case at once, or asks for approval where the process demands it', async () => {
    const calls = oneCase({
      ...manages,
      'POST /process-instances/300/cancellation': problem(409, { code: 'second-person-needed' }),
      'POST /interventions': new Reply(201, { interventionKey: '70' }),
    });
    const { user } = renderPage(<CasePage />, place);
    await user.click(await screen.findByRole('button', { name: 'ยกเลิกเรื่อง' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('เหตุผล'), 'รับเรื่องซ้ำ');
    await user.click(within(dialog).getByRole('button', { name: 'ยกเลิกเรื่อง' }));
    expect(await screen.findByText('ส่งคำขอแล้ว รอผู้อนุมัติ')).toBeTruthy();
    const body = { kind: 'cancel', key: '300', request: { reason: 'รับเรื่องซ้ำ' } };
    expect(calls.find((call) => call.path === '/interventions')?.body).toEqual(body);
  });

  it('lets the owner change a timer and try again what failed', async () => {
    const calls = oneCase({
      ...manages,
      'POST /element-instances/5/due-time': new Reply(204),
      'POST /incidents/6/resolution': new Reply(204),
    });
    const { container, user } = renderPage(<CasePage />, place);
    await user.click(await screen.findByRole('button', { name: 'เปลี่ยนเวลา: ตรวจข้อมูล' }));
    await expectAccessible(container);
    await user.type(within(await screen.findByRole('dialog')).getByLabelText('เหตุผล'), 'ประชุมเลื่อน');
    await user.click(screen.getByRole('button', { name: 'เปลี่ยนเวลา' }));
    await user.click(await screen.findByRole('button', { name: 'ลองอีกครั้ง: ตรวจข้อมูล' }));
    await user.type(within(await screen.findByRole('dialog')).getByLabelText('เหตุผล'), 'แก้ข้อมูลแล้ว');
    await user.click(screen.getByRole('button', { name: 'ลองอีกครั้ง' }));
    await waitFor(() => expect(calls.some((call) => call.path.endsWith('/resolution'))).toBe(true));
    const changed = calls.find((call) => call.path.endsWith('/due-time'))?.body;
    expect(changed).toEqual({ dueDate: '2026-04-10T10:00:00.000Z', elementId: 'Task_Check', reason: 'ประชุมเลื่อน' });
  });

  it('offers staff nothing of that', async () => {
    oneCase();
    renderPage(<CasePage />, place);
    await screen.findByTestId('marks');
    expect(screen.queryByRole('heading', { name: 'การจัดการเรื่อง' })).toBeNull();
  });
});
