import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

const DIAGRAM = 'processes/p/p.bpmn';
const TABLE = 'processes/p/d.dmn';
const AT = '2026-04-10T09:00:00.000Z';
const dmn =
  '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="own" name="ราคา"/></definitions>';
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };
const file = (path: string, kind: string) => ({ path, kind, bytes: 9, revision: 3, updatedBy: 'owner', updatedAt: AT });

function office(node: string, more: Routes = {}) {
  const diagram = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t"><bpmn:process id="P">${node}</bpmn:process></bpmn:definitions>`;
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': {
      draftKey: '50',
      name: 'แก้เวลา',
      state: 'OPEN',
      revision: 3,
      basedOn: null,
      updatedBy: 'owner',
      updatedAt: AT,
      files: [file(DIAGRAM, 'BPMN'), file(TABLE, 'DMN')],
    },
    'GET /model-drafts/50/files/content': ({ path }: { path: string }) => {
      const wanted = new URL(path, 'http://x').searchParams.get('path');
      return { path: wanted, content: wanted === TABLE ? dmn : diagram, revision: 3 };
    },
    'PUT /model-drafts/50/files/content': { path: DIAGRAM, revision: 4 },
    'POST /model-drafts/50/check': { findings: [] },
    'POST /decision-definitions/search': page([
      { decisionDefinitionId: 'own', name: 'ราคา' },
      { decisionDefinitionId: 'level', name: 'ระดับ' },
    ]),
    'POST /process-definitions/search': page([{ processDefinitionId: 'other', name: 'กระบวนงานอื่น' }]),
    'POST /resources/search': page([{ resourceId: 'q.form' }, { resourceId: 'q.form' }]),
    'POST /groups/search': page([]),
    ...more,
  });
}
const labels = (choice: HTMLElement) =>
  within(choice)
    .getAllByRole('option')
    .map(({ textContent }) => textContent);
async function saved(calls: { method: string; body: unknown }[]): Promise<string> {
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true), { timeout: 5000 });
  return (calls.findLast(({ method }) => method === 'PUT')?.body as { content: string }).content;
}

describe('what an activity calls', () => {
  it('is a decision table of the draft or a deployed one, each once', async () => {
    const calls = office('<bpmn:businessRuleTask id="Task" />');
    const { user, container } = renderPage(<DraftPage />, place);
    const choice = await screen.findByLabelText('ตารางตัดสินใจ');
    await within(choice).findByRole('option', { name: 'ระดับ (level)' });
    expect(labels(choice)).toEqual(['โปรดเลือก', 'ราคา (own) ในร่างนี้', 'ระดับ (level)']);
    await expectAccessible(container);
    await user.selectOptions(choice, 'level');
    await screen.findByLabelText('ตัวแปรที่เก็บผล');
    expect(await saved(calls)).toContain('<zeebe:calledDecision decisionId="level" resultVariable="result" />');
  });

  it('is not offered where a worker does the task', async () => {
    const worker = '<bpmn:extensionElements><zeebe:taskDefinition type="x" /></bpmn:extensionElements>';
    office(`<bpmn:businessRuleTask id="Task">${worker}</bpmn:businessRuleTask>`);
    renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    expect(screen.queryByLabelText('ตารางตัดสินใจ')).toBeNull();
  });

  it('is another process, in English, and keeps what is not entered here', async () => {
    const kept =
      '<bpmn:extensionElements><zeebe:calledElement processId="gone" propagateAllChildVariables="false" /></bpmn:extensionElements>';
    const calls = office(`<bpmn:callActivity id="Task">${kept}</bpmn:callActivity>`);
    const { user } = renderPage(<DraftPage />, { ...place, language: 'en' });
    const choice = await screen.findByLabelText('Process that is called');
    await within(choice).findByRole('option', { name: 'กระบวนงานอื่น (other)' });
    expect((choice as HTMLSelectElement).value).toBe('gone');
    await user.selectOptions(choice, 'other');
    expect(await saved(calls)).toContain(
      '<zeebe:calledElement processId="other" propagateAllChildVariables="false" />',
    );
  });
});

describe('the form of a task', () => {
  it('may be one that is deployed', async () => {
    const calls = office('<bpmn:userTask id="Task" />');
    const { user } = renderPage(<DraftPage />, place);
    const choice = await screen.findByLabelText('แบบฟอร์ม');
    await within(choice).findByRole('option', { name: 'q.form' });
    expect(labels(choice)).toEqual(['ไม่มีแบบฟอร์ม', 'q.form']);
    await user.selectOptions(choice, 'q.form');
    expect(await saved(calls)).toContain('<zeebe:formDefinition formId="q.form" />');
  });

  it('says when the deployed ones cannot be read', async () => {
    office('<bpmn:userTask id="Task" />', { 'POST /resources/search': problem(503) });
    renderPage(<DraftPage />, place);
    await screen.findByRole('alert');
  });
});
