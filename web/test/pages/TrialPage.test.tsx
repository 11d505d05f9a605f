import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Marks } from '../../src/diagram/marks';
import TrialPage from '../../src/pages/trial/TrialPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve, type Call, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks }: { marks: Marks }) => <pre data-testid="marks">{JSON.stringify(marks)}</pre>,
}));

const HOSTILE = '<img src=x onerror=alert(1)>';
const diagram = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
  <bpmn:process id="leave" isExecutable="true"><bpmn:startEvent id="S" />
  <bpmn:userTask id="Check" name="ตรวจคำขอ" /><bpmn:userTask id="Other" name="${HOSTILE.replaceAll('<', '&lt;')}" />
  <bpmn:sequenceFlow id="F1" sourceRef="S" targetRef="Check" />
  <bpmn:sequenceFlow id="F2" sourceRef="Check" targetRef="Other" /></bpmn:process></bpmn:definitions>`;
const DIAGRAM = 'processes/leave/leave.bpmn';
const SCENARIO = 'processes/leave/scenarios/happy.yaml';
const AT = '2026-04-10T02:00:00.000000Z';
const file = (path: string, kind: string) => ({ path, kind, bytes: 9, revision: 3, updatedBy: 'owner', updatedAt: AT });
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
  files: [file(DIAGRAM, 'BPMN'), file(SCENARIO, 'SCENARIO'), file('processes/leave/vectors.yaml', 'SCENARIO')],
};
const taken = ['leave', 'S', 'F1', 'Check'].map((elementId) => ({ processDefinitionId: 'leave', elementId, count: 1 }));
const failed = {
  path: SCENARIO,
  title: { th: 'อนุมัติทันที', en: 'Granted at once' },
  passed: false,
  step: 2,
  line: 3,
  reasons: [{ line: null, message: { th: 'สถานะ: คาดว่า COMPLETED แต่พบ ACTIVE', en: 'state' } }],
  taken,
  waiting: ['Check'],
};
const coverage = [{ processDefinitionId: 'leave', path: DIAGRAM, reached: 3, total: 5, missing: ['Other', 'F2'] }];
const TEXT = 'process: leave\nsteps:\n- {task: Check, as: clerks1}\n';
const place = { pattern: '/workbench/drafts/:key/trial', at: '/workbench/drafts/50/trial' };

function office(more: Routes = {}) {
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    'GET /model-drafts/50/files/content': ({ path }: Call) =>
      path.includes('happy') || path.includes('scenario-')
        ? { path: SCENARIO, content: TEXT, revision: 3 }
        : { path: DIAGRAM, content: diagram, revision: 3 },
    'POST /model-drafts/50/trial': { revision: 3, scenarios: [failed], coverage },
    ...more,
  });
}

const marks = () => JSON.parse(screen.getByTestId('marks').textContent) as Marks;
const bodies = (calls: Call[], method: string, end: string) =>
  calls.filter((call) => call.method === method && call.path.split('?')[0]?.endsWith(end)).map(({ body }) => body);

describe('the scenarios of a draft', () => {
  it('are played by keyboard; what none of them went through is drawn and listed', async () => {
    const calls = office();
    const { user, container } = renderPage(<TrialPage />, place);
    const list = within(await screen.findByRole('list', { name: 'สถานการณ์ทดสอบ' }));
    expect(list.getAllByRole('button')).toHaveLength(1);
    list.getByText('ยังไม่เล่น');
    screen.getByRole('button', { name: 'เล่นทุกสถานการณ์' }).focus();
    await user.keyboard('{Enter}');
    await list.findByText('ไม่ผ่าน');
    list.getByText('อนุมัติทันที');
    expect(bodies(calls, 'POST', '/trial')).toEqual([{}]);
    expect(marks()).toMatchObject({ taken: ['F1'], counts: { S: 1, Check: 1 }, active: [], missed: ['Other', 'F2'] });
    screen.getByText(`ตรวจคำขอ → ${HOSTILE}`);
    expect(container.querySelector('img')).toBeNull();
    await expectAccessible(container);
  });

  it('tell where one failed and why, lead to the line, and are changed and played again', async () => {
    const calls = office({
      'PUT /model-drafts/50/files/content': { path: SCENARIO, revision: 4 },
    });
    const { user, container } = renderPage(<TrialPage />, place);
    await user.click(await screen.findByRole('button', { name: 'เล่นทุกสถานการณ์' }));
    (await screen.findByRole('button', { name: /อนุมัติทันที/ })).focus();
    await user.keyboard('{Enter}');
    await screen.findByText('สถานะ: คาดว่า COMPLETED แต่พบ ACTIVE');
    screen.getByText('ไม่เป็นไปตามสถานการณ์ที่ขั้นที่ ๒');
    expect(marks()).toMatchObject({ active: ['Check'], taken: ['F1'], missed: [] });
    const text: HTMLTextAreaElement = screen.getByRole('textbox', { name: SCENARIO });
    await user.click(screen.getByRole('button', { name: 'ไปที่บรรทัด ๓' }));
    expect(text.value.slice(text.selectionStart, text.selectionEnd)).toBe('- {task: Check, as: clerks1}');
    await expectAccessible(container);
    await user.keyboard('{End}# ');
    await user.click(screen.getByRole('button', { name: 'เล่นสถานการณ์นี้' }));
    await waitFor(() => expect(bodies(calls, 'POST', '/trial')).toEqual([{}, { path: SCENARIO }]));
    const [written] = bodies(calls, 'PUT', '/content') as { content: string; revision: number }[];
    expect(written).toMatchObject({ path: SCENARIO, revision: 3, content: expect.stringContaining('# ') as string });
  });

  it('do not write over what another person saved', async () => {
    office({ 'PUT /model-drafts/50/files/content': problem(409, { code: 'stale-revision' }) });
    const { user } = renderPage(<TrialPage />, place);
    await user.click(await screen.findByRole('button', { name: /happy.yaml/ }));
    await user.type(await screen.findByRole('textbox', { name: SCENARIO }), '#');
    await user.click(screen.getByRole('button', { name: 'เล่นสถานการณ์นี้' }));
    await screen.findByRole('alert');
    screen.getByRole('button', { name: /เปิดฉบับของผู้นั้น/ });
  });

  it('say what stands in the way of playing them', async () => {
    const refusal = { code: 'deployment-refused', th: 'ไฟล์มีข้อผิดพลาด', en: 'The files have faults' };
    office({ 'POST /model-drafts/50/trial': problem(400, refusal) });
    const { user } = renderPage(<TrialPage />, place);
    await user.click(await screen.findByRole('button', { name: 'เล่นทุกสถานการณ์' }));
    expect((await screen.findByRole('alert')).textContent).toContain('ไฟล์มีข้อผิดพลาด');
  });

  it('teach what they are where there is none, and one is added', async () => {
    const calls = office({
      'GET /model-drafts/50': { ...draft, files: draft.files.slice(0, 1) },
      'PUT /model-drafts/50/files/content': { path: SCENARIO, revision: 4 },
    });
    const { user, container } = renderPage(<TrialPage />, place);
    await screen.findByRole('heading', { name: 'ยังไม่มีสถานการณ์ทดสอบ' });
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'เพิ่มสถานการณ์' }));
    await screen.findByText('เพิ่มสถานการณ์แล้ว');
    const [written] = bodies(calls, 'PUT', '/content') as { path: string; content: string; revision: null }[];
    expect(written?.path).toBe('processes/leave/scenarios/scenario-1.yaml');
    expect(written?.content).toContain('process: "leave"\n');
    expect(written?.revision).toBeNull();
  });

  it('are only looked at in a draft that is closed', async () => {
    office({ 'GET /model-drafts/50': { ...draft, state: 'PUBLISHED' } });
    const { user } = renderPage(<TrialPage />, place);
    await user.click(await screen.findByRole('button', { name: /happy.yaml/ }));
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: SCENARIO })).readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: 'เพิ่มสถานการณ์' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'ลบสถานการณ์' })).toBeNull();
  });
});
