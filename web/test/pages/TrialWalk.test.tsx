import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Marks } from '../../src/diagram/marks';
import TrialPage from '../../src/pages/trial/TrialPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { serve, type Call, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks }: { marks: Marks }) => <pre data-testid="marks">{JSON.stringify(marks)}</pre>,
}));

const diagram = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
  <bpmn:process id="leave" isExecutable="true"><bpmn:startEvent id="S" /><bpmn:userTask id="Check" name="ตรวจคำขอ" />
  <bpmn:sequenceFlow id="F1" sourceRef="S" targetRef="Check" /></bpmn:process></bpmn:definitions>`;
const DIAGRAM = 'processes/leave/leave.bpmn';
const AT = '2026-04-10T02:00:00.000000Z';
const draft = {
  draftKey: '50',
  name: 'แก้เวลา',
  state: 'OPEN',
  revision: 3,
  basedOn: null,
  createdBy: 'owner',
  createdAt: AT,
  updatedBy: 'owner',
  updatedAt: AT,
  files: [{ path: DIAGRAM, kind: 'BPMN', bytes: 9, revision: 3, updatedBy: 'owner', updatedAt: AT }],
};
const wait = {
  kind: 'TASK',
  elementId: 'Check',
  name: '',
  correlationKey: '',
  dueDate: null,
  accounts: ['clerks1', 'clerks2'],
  form: null,
  data: {},
  item: null,
};
const nowhere = {
  revision: 3,
  processDefinitionId: 'leave',
  path: DIAGRAM,
  at: AT,
  now: AT,
  state: null,
  refused: null,
  taken: [],
  standing: [],
  waiting: [],
  beginnings: [{ kind: 'NONE', elementId: 'S', name: '', dueDate: null, form: null }],
  variables: {},
};
const standing = {
  ...nowhere,
  state: 'ACTIVE',
  beginnings: [],
  taken: ['S', 'F1', 'Check'].map((elementId) => ({ processDefinitionId: 'leave', elementId, count: 1 })),
  standing: ['Check'],
  waiting: [wait],
  variables: { days: 3 },
};
const ended = { ...standing, state: 'COMPLETED', standing: [], waiting: [] };
const place = { pattern: '/workbench/drafts/:key/trial', at: '/workbench/drafts/50/trial' };

interface Sent {
  start?: unknown;
  steps?: unknown[];
}

/** Answers by how many choices were sent. */
function office(answers: object[], more: Routes = {}, form: string | null = null) {
  const beginnings = nowhere.beginnings.map((each) => ({ ...each, form }));

  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    'GET /model-drafts/50/files/content': { path: DIAGRAM, content: diagram, revision: 3 },
    'POST /model-drafts/50/simulation': ({ body }: Call) => {
      const { start, steps = [] } = body as Sent;
      return start ? answers[steps.length] : { ...nowhere, beginnings };
    },
    ...more,
  });
}

const sent = (calls: Call[]) =>
  calls.filter(({ path }) => path.endsWith('/simulation')).map(({ body }) => body as Sent);
const marks = () => JSON.parse(screen.getByTestId('marks').textContent) as Marks;

async function opened() {
  const rendered = renderPage(<TrialPage />, place);
  const { user } = rendered;
  (await screen.findByRole('tab', { name: 'สถานการณ์ทดสอบ' })).focus();
  await user.keyboard('{ArrowRight}');
  await screen.findByRole('heading', { name: 'เริ่มเรื่อง' });
  return rendered;
}

describe('a case that is walked by hand', () => {
  it('begins, goes on choice by choice by keyboard, and says where it stands', async () => {
    const calls = office([standing, ended]);
    const { user, container } = await opened();
    await expectAccessible(container);
    await user.type(screen.getByRole('textbox', { name: 'ข้อมูล' }), '{{"days": 3}');
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    const list = within(await screen.findByRole('region', { name: 'สิ่งที่เรื่องรออยู่' }));
    screen.getByText('เรื่องอยู่ที่ ตรวจคำขอ');
    expect(marks()).toMatchObject({ active: ['Check'], taken: ['F1'], counts: { S: 1 } });
    expect(document.activeElement?.textContent).toContain('เรื่องกำลังดำเนินอยู่');
    await expectAccessible(container);
    await user.selectOptions(list.getByRole('combobox', { name: 'ในนามบัญชีสมมติ' }), 'clerks2');
    list.getByRole('button', { name: 'ส่งงานในนาม clerks2' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getAllByText('เรื่องสิ้นสุดแล้ว')).not.toHaveLength(0));
    const start = { as: 'owner', data: { days: 3 } };
    const begun = { processDefinitionId: 'leave', at: AT, start };
    expect(sent(calls)).toEqual([
      { processDefinitionId: 'leave' },
      { ...begun, steps: [] },
      { ...begun, steps: [{ task: 'Check', as: 'clerks2' }] },
    ]);
  });

  it('goes a step back, and is kept as a scenario that expects what is seen', async () => {
    const calls = office([standing, ended], { 'PUT /model-drafts/50/files/content': { path: 'x', revision: 4 } });
    const { user } = await opened();
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    await user.click(await screen.findByRole('button', { name: 'ส่งงานในนาม clerks1' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'สิ่งที่เรื่องรออยู่' })).toBeNull());
    await user.click(screen.getByRole('button', { name: 'ย้อนกลับหนึ่งขั้น' }));
    await screen.findByRole('region', { name: 'สิ่งที่เรื่องรออยู่' });
    await user.click(screen.getByRole('button', { name: 'บันทึกเป็นสถานการณ์' }));
    await screen.findByText('บันทึกเป็น scenario-1.yaml แล้ว');
    const put = calls.find(({ method }) => method === 'PUT')?.body as { path: string; content: string };
    expect(put.path).toBe('processes/leave/scenarios/scenario-1.yaml');
    expect(put.content).toContain(
      'start: {"as":"owner"}\nsteps:\n- {"expect":{"state":"ACTIVE","waiting":["Check"]}}\n',
    );
  });

  it('stays where it is when a choice is refused, and says why', async () => {
    const why = { line: null, message: { th: 'คุณไม่มีสิทธิ์', en: 'You may not' } };
    office([standing, { ...standing, refused: { step: 1, reasons: [why] } }]);
    const { user, container } = await opened();
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    await user.click(await screen.findByRole('button', { name: 'ส่งงานในนาม clerks1' }));
    expect((await screen.findByRole('alert')).textContent).toContain('คุณไม่มีสิทธิ์');
    screen.getByRole('region', { name: 'สิ่งที่เรื่องรออยู่' });
    await expectAccessible(container);
  });

  it('takes no data that are none', async () => {
    const calls = office([standing]);
    const { user } = await opened();
    await user.type(screen.getByRole('textbox', { name: 'ข้อมูล' }), '[[1]');
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    await screen.findByText('ข้อมูลต้องเป็น JSON ที่อยู่ใน { }');
    expect(sent(calls)).toHaveLength(1);
  });

  it.each([
    ['MESSAGE', { name: 'paid', correlationKey: 'A-1' }, 'ส่งข้อความ', { message: { name: 'paid', key: 'A-1' } }],
    ['SIGNAL', { name: 'closed' }, 'ส่งสัญญาณ', { signal: { name: 'closed' } }],
    ['JOB', { name: 'pack' }, 'งานระบบสำเร็จ', { job: { type: 'pack', complete: {} } }],
    [
      'TIMER',
      { dueDate: '2026-04-13T02:00:00.000000Z' },
      'เลื่อนเวลาไปถึงกำหนด',
      { until: '2026-04-13T02:00:00.000000Z' },
    ],
  ])('makes happen what is waited for: %s', async (kind, more, action, step) => {
    const calls = office([{ ...standing, waiting: [{ ...wait, accounts: [], kind, ...more }] }, ended]);
    const { user } = await opened();
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    await user.click(await screen.findByRole('button', { name: action }));
    await waitFor(() => expect(sent(calls).at(-1)?.steps).toEqual([step]));
  });

  it('goes on with data that somebody corrects', async () => {
    const field = { id: 'f', key: 'days', label: 'วัน', type: 'number' };
    const form = JSON.stringify({ schemaVersion: 16, type: 'default', id: 'leave.start', components: [field] });
    const calls = office([standing, ended], {}, form);
    const { user } = await opened();
    await user.click(await screen.findByRole('button', { name: 'เริ่มเรื่อง' }));
    await user.click(await screen.findByText('ข้อมูลของเรื่องขณะนี้'));
    const known = within(screen.getByText('ข้อมูลของเรื่องขณะนี้').closest('details') as HTMLElement);
    const days = await known.findByRole('textbox', { name: 'วัน' });
    await user.clear(days);
    await user.type(days, '9');
    await user.click(known.getByRole('button', { name: 'แก้ข้อมูลของเรื่อง' }));
    await waitFor(() => expect(sent(calls).at(-1)?.steps).toEqual([{ correct: { as: 'owner', data: { days: 9 } } }]));
  });

  it('has a job throw the error that a boundary event catches', async () => {
    const calls = office([{ ...standing, waiting: [{ ...wait, kind: 'JOB', name: 'pack', accounts: [] }] }, ended]);
    const { user } = await opened();
    await user.click(screen.getByRole('button', { name: 'เริ่มเรื่อง' }));
    await user.type(await screen.findByRole('textbox', { name: 'รหัสข้อผิดพลาด' }), 'BROKEN');
    await user.click(screen.getByRole('button', { name: 'งานระบบแจ้งข้อผิดพลาด' }));
    await waitFor(() => expect(sent(calls).at(-1)?.steps).toEqual([{ job: { type: 'pack', error: 'BROKEN' } }]));
  });
});
