import { EditorView } from '@codemirror/view';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

const AT = '2026-04-10T09:00:00.000Z';
const DIAGRAM = 'processes/p/p.bpmn';
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };
const CONTENT = '/model-drafts/50/files/content';
const task = (said = '') => `<bpmn:userTask id="Task_1" name="ตรวจ"><bpmn:extensionElements>
  <krabuan:text lang="en">Check</krabuan:text>${said}</bpmn:extensionElements></bpmn:userTask>`;

function office(element: string, more: Routes = {}) {
  const files = [{ path: DIAGRAM, kind: 'BPMN', bytes: 9, revision: 3, updatedBy: 'owner', updatedAt: AT }];
  const contents: Record<string, string> = {
    [DIAGRAM]: `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0"
      targetNamespace="t"><bpmn:process id="p">${element}</bpmn:process></bpmn:definitions>`,
  };
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': () => ({
      draftKey: '50',
      name: 'ข้อมูล',
      state: 'OPEN',
      revision: 3,
      processDefinitionId: 'p',
      basedOn: null,
      updatedBy: 'owner',
      updatedAt: AT,
      files: [...files],
    }),
    [`GET ${CONTENT}`]: ({ path }: { path: string }) => {
      const wanted = new URL(path, 'http://x').searchParams.get('path') ?? '';
      return { path: wanted, content: contents[wanted], revision: 3 };
    },
    [`PUT ${CONTENT}`]: ({ body }: { body: { path: string; content: string } }) => {
      if (!contents[body.path]) files.push({ ...files[0]!, path: body.path, kind: 'FORM' }); // eslint-disable-line @typescript-eslint/no-non-null-assertion
      contents[body.path] = body.content;
      return { path: body.path, revision: 4 };
    },
    'POST /model-drafts/50/check': { findings: [] },
    'POST /model-drafts/50/variables': { variables: [] },
    'GET /expressions/functions': { functions: [] },
    'POST /expressions/check': { fault: null, names: [] },
    'POST /resources/search': page([]),
    'POST /groups/search': page([]),
    ...more,
  });
}

type Calls = { method: string; body: unknown }[];
const put = (calls: Calls, path: string) =>
  calls.findLast(({ method, body }) => method === 'PUT' && (body as { path: string }).path === path)?.body as
    { content: string; revision: number | null } | undefined;
const panel = async () => within(await screen.findByRole('region', { name: /รายละเอียด|Details/ }));
const saved = (calls: Calls, said: RegExp) =>
  waitFor(() => expect(put(calls, DIAGRAM)?.content).toMatch(said), { timeout: 6000 });

describe('the form of a task', () => {
  it('is made where it is needed, called after the task in both languages, linked, and opened', async () => {
    const calls = office(task());
    const { user, router, container } = renderPage(<DraftPage />, place);
    (await (await panel()).findByRole('button', { name: 'สร้างแบบฟอร์มใหม่' })).focus();
    await user.keyboard('{Enter}');
    const link = await screen.findByRole('link', { name: 'เปิดแบบฟอร์มนี้' });
    await saved(calls, /<zeebe:formDefinition formId="p.Task_1"/);
    const form = put(calls, 'forms/p/p.Task_1.form');
    expect(form?.revision).toBeNull();
    expect(JSON.parse(form?.content ?? '')).toMatchObject({
      id: 'p.Task_1',
      title: 'ตรวจ',
      properties: { 'title.en': 'Check' },
      components: [],
    });
    await expectAccessible(container);
    await user.click(link);
    expect(router.state.location.search).toBe('?file=forms%2Fp%2Fp.Task_1.form');
    await screen.findByRole('button', { name: 'เพิ่มช่อง' }, { timeout: 20_000 });
  });

  it('is not linked when it could not be made', async () => {
    const full = problem(409, { code: 'draft-full', th: 'ฉบับร่างเต็มแล้ว', en: 'The draft is full.' });
    const calls = office(task(), { [`PUT ${CONTENT}`]: full });
    const { user } = renderPage(<DraftPage />, { ...place, language: 'en' });
    await user.click(await (await panel()).findByRole('button', { name: 'Make a new form' }));
    await screen.findByText('The draft is full.');
    expect(put(calls, DIAGRAM)).toBeUndefined();
  });

  it('is offered where somebody begins a case', async () => {
    office('<bpmn:startEvent id="Start" />');
    renderPage(<DraftPage />, place);
    await (await panel()).findByLabelText('แบบฟอร์ม');
  });
});

describe('data that go into a task and come out', () => {
  it('are added, named, written as a text, and removed', async () => {
    const calls = office(task());
    const { user } = renderPage(<DraftPage />, place);
    await user.click(await (await panel()).findByRole('button', { name: 'เพิ่มข้อมูลเข้า' }));
    await saved(calls, /<zeebe:input source="=null" target="data1"/);
    const one = within(await screen.findByRole('group', { name: 'data1' }));
    await user.click(await one.findByRole('checkbox', { name: 'คำนวณด้วยนิพจน์' }, { timeout: 20_000 }));
    await user.type(one.getByLabelText('ค่า'), 'ด่วน{Enter}');
    await saved(calls, /<zeebe:input source="ด่วน" target="data1"/);
    await user.clear(one.getByLabelText('เก็บในชื่อ'));
    await user.type(one.getByLabelText('เก็บในชื่อ'), 'urgency{Enter}');
    await saved(calls, /<zeebe:input source="ด่วน" target="urgency"/);
    await user.click(screen.getByRole('button', { name: 'นำออก: urgency' }));
    await waitFor(() => expect(put(calls, DIAGRAM)?.content).not.toContain('ioMapping'), { timeout: 6000 });
  });

  it('become a quoted text when they are computed instead', async () => {
    const calls = office(task('<zeebe:ioMapping><zeebe:output source="ผ่าน" target="result"/></zeebe:ioMapping>'));
    const { user } = renderPage(<DraftPage />, place);
    const one = within(await (await panel()).findByRole('group', { name: 'result' }));
    await user.click(one.getByRole('checkbox', { name: 'คำนวณด้วยนิพจน์' }));
    await saved(calls, /<zeebe:output source="=(&#34;|&quot;)ผ่าน(&#34;|&quot;)" target="result"/);
  });
});

describe('a timer', () => {
  it('waits for a length, or for what an expression says', async () => {
    const calls = office(`<bpmn:intermediateCatchEvent id="Wait"><bpmn:timerEventDefinition id="D">
      <bpmn:timeDuration>P5D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`);
    const { user, container } = renderPage(<DraftPage />, place);
    const details = await panel();
    await user.selectOptions(await details.findByLabelText('เวลาที่รอ'), 'วันและเวลาที่กำหนด');
    await saved(calls, /<bpmn:timeDate[^>]*>P5D</);
    await user.click(details.getByRole('checkbox', { name: 'คำนวณด้วยนิพจน์' }));
    const field = await details.findByRole('textbox', { name: 'เมื่อใด' });
    await waitFor(() => expect(EditorView.findFromDOM(field)).not.toBeNull(), { timeout: 20_000 });
    const view = EditorView.findFromDOM(field);
    act(() => view?.focus());
    act(() => view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: 'due' } }));
    await user.tab();
    await saved(calls, /<bpmn:timeDate[^>]*>=due</);
    expect(put(calls, DIAGRAM)?.content).not.toContain('timeDuration');
    await expectAccessible(container);
  });
});
