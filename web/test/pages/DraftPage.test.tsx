import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { drawn } from '../drawn';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { compared, warning } from '../compared';
import { page, problem, Reply, serve, type Routes } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));
vi.mock('../../src/diagram/Diagram', () => ({ default: () => <p>only shown</p> }));

const diagram = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0" targetNamespace="t">
  <bpmn:process id="P"><bpmn:userTask id="Task" name="ตรวจ"><bpmn:extensionElements>
  <zeebe:formDefinition formId="p.check" /></bpmn:extensionElements></bpmn:userTask></bpmn:process></bpmn:definitions>`;
const file = (path: string, kind: string) => ({
  path,
  kind,
  bytes: 10,
  revision: 3,
  updatedBy: 'owner2',
  updatedAt: '2026-04-10T09:00:00.000Z',
});
const DIAGRAM = 'processes/p/p.bpmn';
const FORM = 'forms/p/check.form';
const draft = {
  draftKey: '50',
  name: 'แก้เวลา',
  state: 'OPEN',
  revision: 3,
  processDefinitionId: 'p',
  processDefinitionVersion: 2,
  basedOn: { processDefinitionId: 'p', version: 2, newestVersion: 2 },
  createdBy: 'owner',
  createdAt: '2026-04-10T09:00:00.000Z',
  updatedBy: 'owner2',
  updatedAt: '2026-04-10T09:00:00.000Z',
  deploymentKey: null,
  reason: null,
  files: [file(DIAGRAM, 'BPMN'), file(FORM, 'FORM')],
};
const contents: Record<string, string> = {
  [DIAGRAM]: diagram,
  [FORM]: JSON.stringify({ id: 'p.check', components: [{ key: 'evidence', label: 'หลักฐาน' }] }),
};
const finding = {
  code: 'no-form',
  severity: 'ERROR',
  path: DIAGRAM,
  elementId: 'Task',
  line: 3,
  message: { th: 'งานนี้ไม่มีแบบฟอร์ม', en: 'This task has no form' },
};
const CONTENT = '/model-drafts/50/files/content';
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };

function oneDraft(more: Routes = {}) {
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    [`GET ${CONTENT}`]: ({ path }: { path: string }) => {
      const wanted = new URL(path, 'http://x').searchParams.get('path') ?? '';
      return { path: wanted, content: contents[wanted], revision: 3 };
    },
    [`PUT ${CONTENT}`]: { path: DIAGRAM, revision: 4 },
    'POST /model-drafts/50/check': { findings: [] },
    'POST /model-comparisons': compared([warning]),
    'POST /resources/search': page([]),
    'POST /groups/search': page([
      { groupId: 'dpo', name: 'เจ้าหน้าที่คุ้มครองข้อมูล', nameEn: 'DPO' },
      { groupId: 'law', name: 'กลุ่มกฎหมาย', nameEn: 'Legal' },
    ]),
    'POST /users/search': page([{ username: 'owner2', name: 'ผู้ดูแลคนที่สอง' }]),
    ...more,
  });
}

const panel = async () => within(await screen.findByRole('region', { name: 'รายละเอียด' }));
const written = (calls: { method: string; body: unknown }[]) =>
  calls.filter(({ method }) => method === 'PUT').map(({ body }) => (body as { content: string }).content);

describe('the page of a draft', () => {
  it('shows what the chosen task says, without barriers', async () => {
    oneDraft();
    const { container } = renderPage(<DraftPage />, place);
    const details = await panel();
    expect((details.getByLabelText('ชื่อ (ไทย)') as HTMLInputElement).value).toBe('ตรวจ');
    await waitFor(() => expect((details.getByLabelText('แบบฟอร์ม') as HTMLSelectElement).value).toBe('p.check'));
    await screen.findByText('ไม่พบข้อผิดพลาด');
    await expectAccessible(container);
  });

  it('saves a changed standard time over the revision that was opened, and checks again', async () => {
    const calls = oneDraft();
    const { user } = renderPage(<DraftPage />, place);
    const details = await panel();
    await user.type(details.getByLabelText('เวลามาตรฐาน'), '3{Enter}');
    await user.selectOptions(details.getByLabelText('วิธีนับเวลา'), 'working');
    await screen.findByText('บันทึกแล้ว');
    await waitFor(() => expect(written(calls).at(-1)).toContain('standardTime="P3D" calendar="working"'));
    expect(calls.find(({ method }) => method === 'PUT')?.body).toMatchObject({ path: DIAGRAM, revision: 3 });
    await waitFor(() => expect(calls.filter(({ path }) => path.endsWith('/check')).length).toBeGreaterThan(1));
  });

  it('names what is typed in Thai and English once the field is left', async () => {
    const calls = oneDraft();
    const { user } = renderPage(<DraftPage />, { ...place, language: 'en' });
    const details = within(await screen.findByRole('region', { name: 'Details' }));
    await user.type(details.getByLabelText('Name (English)'), 'Check');
    expect(drawn.model?.snapshot().edition).toBe(0);
    await user.tab();
    expect(drawn.model?.snapshot().edition).toBe(1);
    await waitFor(() => expect(written(calls).at(-1)).toContain('<krabuan:text lang="en">Check</krabuan:text>'));
  });

  it('adds a control point on a field of the form, all by keyboard', async () => {
    const calls = oneDraft();
    const { user } = renderPage(<DraftPage />, place);
    const details = await panel();
    details.getByRole('button', { name: 'เพิ่มจุดควบคุม' }).focus();
    await user.keyboard('{Enter}');
    const point = within(await details.findByRole('group', { name: 'cp-Task-1' }));
    point.getByLabelText('สิ่งที่ต้องมี (ไทย)').focus();
    await user.keyboard('มีหลักฐาน');
    await user.selectOptions(point.getByLabelText('ช่องในแบบฟอร์ม'), 'หลักฐาน');
    await waitFor(() =>
      expect(written(calls).at(-1)).toContain('<krabuan:binding type="formField" field="evidence" />'),
    );
    expect(written(calls).at(-1)).toContain('<krabuan:text lang="th">มีหลักฐาน</krabuan:text>');
    await user.click(point.getByRole('button', { name: 'นำออก: cp-Task-1' }));
    await waitFor(() => expect(written(calls).at(-1)).not.toContain('controlPoint'));
  });

  it('chooses who performs the task from the directory', async () => {
    const calls = oneDraft();
    const { user } = renderPage(<DraftPage />, place);
    const details = await panel();
    await details.findByRole('option', { name: 'กลุ่มกฎหมาย' });
    await user.selectOptions(details.getByLabelText('เพิ่มกลุ่ม'), 'กลุ่มกฎหมาย');
    await user.click(details.getByRole('button', { name: 'เพิ่ม: เพิ่มกลุ่ม' }));
    await user.selectOptions(details.getByLabelText('เพิ่มกลุ่ม'), 'เจ้าหน้าที่คุ้มครองข้อมูล');
    await user.click(details.getByRole('button', { name: 'เพิ่ม: เพิ่มกลุ่ม' }));
    await user.click(details.getByRole('button', { name: 'นำออก: กลุ่มกฎหมาย' }));
    await waitFor(() => expect(written(calls).at(-1)).toContain('candidateGroups="dpo"'));
  });

  it('draws findings on their elements, lists them, and leads to them', async () => {
    oneDraft({ 'POST /model-drafts/50/check': { findings: [finding] } });
    const { user } = renderPage(<DraftPage />, place);
    await panel();
    const list = within(screen.getByRole('region', { name: 'ผลการตรวจ' }));
    await list.findByText(/งานนี้ไม่มีแบบฟอร์ม/);
    await waitFor(() => expect(drawn.model?.marks).toContainEqual(['krabuan-error', ['Task']]));
    await user.click(list.getByRole('button', { name: 'ไปที่ Task' }));
    expect(drawn.model?.chosen).toEqual(['Task']);
    await user.click(screen.getByRole('button', { name: 'เผยแพร่' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/เหตุผล/), 'ตามคู่มือใหม่');
    await user.click(dialog.getByRole('button', { name: 'เผยแพร่' }));
    await dialog.findByText(/โปรดแก้ไขข้อผิดพลาด ๑ รายการก่อน/);
  });

  it('says who was faster, and saves over it only when asked to', async () => {
    let theirs = false;
    const calls = oneDraft({
      [`PUT ${CONTENT}`]: ({ body }: { body: unknown }) =>
        (body as { revision: number }).revision === 3
          ? problem(409, { code: 'stale-revision' })
          : { path: DIAGRAM, revision: 9 },
      [`GET ${CONTENT}`]: () => ({ path: DIAGRAM, content: diagram, revision: theirs ? 8 : 3 }),
    });
    const { user, container } = renderPage(<DraftPage />, place);
    const details = await panel();
    await user.type(details.getByLabelText('ขั้นตอนที่'), '4{Enter}');
    await screen.findByText(/ผู้ดูแลคนที่สอง แก้ไขไฟล์นี้เมื่อ/);
    await expectAccessible(container);
    theirs = true;
    await user.click(screen.getByRole('button', { name: 'บันทึกของฉันทับ' }));
    await screen.findByText('บันทึกแล้ว');
    expect(calls.findLast(({ method }) => method === 'PUT')?.body).toMatchObject({ revision: 8 });
  });

  it('opens what another person saved when that is chosen', async () => {
    let revision = 3;
    oneDraft({
      [`PUT ${CONTENT}`]: problem(409, { code: 'stale-revision' }),
      [`GET ${CONTENT}`]: () => ({ path: DIAGRAM, content: diagram.replace('ตรวจ', `ตรวจ${revision}`), revision }),
    });
    const { user } = renderPage(<DraftPage />, place);
    await user.type((await panel()).getByLabelText('ขั้นตอนที่'), '4{Enter}');
    const theirs = await screen.findByRole('button', { name: 'เปิดฉบับของผู้นั้น (ทิ้งของฉัน)' });
    revision = 8;
    await user.click(theirs);
    await waitFor(async () =>
      expect(((await panel()).getByLabelText('ชื่อ (ไทย)') as HTMLInputElement).value).toBe('ตรวจ8'),
    );
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('publishes what is on the screen, with the reason, and shows it closed then', async () => {
    let state = 'OPEN';
    let revision = 3;
    const calls = oneDraft({
      'GET /model-drafts/50': () => ({ ...draft, state, revision }),
      [`PUT ${CONTENT}`]: () => ({ path: DIAGRAM, revision: (revision = 4) }),
      'POST /model-drafts/50/publication': () => {
        state = 'PUBLISHED';
        return { draftKey: '50', state };
      },
    });
    const { user } = renderPage(<DraftPage />, place);
    await user.type((await panel()).getByLabelText('ขั้นตอนที่'), '4{Enter}');
    await user.click(screen.getByRole('button', { name: 'เผยแพร่' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'เผยแพร่' }));
    await dialog.findByRole('textbox', { name: /เหตุผล/ });
    expect(calls.some(({ path }) => path.endsWith('/publication'))).toBe(false);
    await user.type(dialog.getByLabelText(/เหตุผล/), 'ตามคู่มือใหม่');
    await user.click(dialog.getByRole('button', { name: 'เผยแพร่' }));
    await screen.findByText('only shown');
    expect(written(calls)).toHaveLength(1);
    expect(calls.find(({ path }) => path.endsWith('/publication'))?.body).toEqual({
      revision: 4,
      reason: 'ตามคู่มือใหม่',
    });
    screen.getByText('ร่างนี้แก้ไขไม่ได้แล้ว');
    expect(screen.queryByRole('button', { name: 'เผยแพร่' })).toBeNull();
  });

  it('discards a draft after asking', async () => {
    const calls = oneDraft({ 'DELETE /model-drafts/50': new Reply(204) });
    const { user } = renderPage(<DraftPage />, place);
    await panel();
    await user.click(screen.getByRole('button', { name: 'ยกเลิกร่าง' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'ยกเลิกร่าง' }));
    await screen.findByText('elsewhere');
    expect(calls.some(({ method }) => method === 'DELETE')).toBe(true);
  });

  it('says so when there is no such draft', async () => {
    oneDraft({ 'GET /model-drafts/50': problem(404) });
    renderPage(<DraftPage />, place);
    await screen.findByRole('alert');
  });
});
