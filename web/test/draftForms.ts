/** A draft with one form in it, and what tests of its page ask. */
import { screen, waitFor } from '@testing-library/react';
import { expect } from 'vitest';
import { me } from './fixtures';
import { page, serve, type Routes } from './server';

const AT = '2026-04-10T09:00:00.000Z';
export const FORM = 'forms/p/check.form';
export const DIAGRAM = 'processes/p/p.bpmn';
export const form = {
  schemaVersion: 16,
  type: 'default',
  id: 'p.check',
  components: [
    {
      type: 'textfield',
      id: 's',
      key: 'subject',
      label: 'เรื่อง',
      properties: { 'label.en': 'Subject' },
      validate: { required: true },
    },
    { type: 'group', id: 'g', label: 'ที่อยู่', components: [{ type: 'number', id: 'n', key: 'amount', label: 'วงเงิน' }] },
  ],
};
export const diagram = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t"><bpmn:process id="P"><bpmn:userTask id="Task">
  <bpmn:extensionElements><zeebe:formDefinition formId="p.check" /></bpmn:extensionElements></bpmn:userTask>
  </bpmn:process></bpmn:definitions>`;
const file = (path: string, kind: string) => ({ path, kind, bytes: 9, revision: 3, updatedBy: 'owner', updatedAt: AT });
const known = {
  name: 'limit',
  type: 'number',
  label: { th: 'วงเงินคงเหลือ', en: 'What is left' },
  sourceElementId: 'S',
  source: { th: 'ยื่น', en: 'Apply' },
  own: false,
};
export const place = { pattern: '/workbench/drafts/:key', at: `/workbench/drafts/50?file=${FORM}` };
export const CONTENT = '/model-drafts/50/files/content';
export const draft = {
  draftKey: '50',
  name: 'แก้แบบฟอร์ม',
  state: 'OPEN',
  revision: 3,
  processDefinitionId: 'p',
  basedOn: null,
  updatedBy: 'owner',
  updatedAt: AT,
  files: [file(DIAGRAM, 'BPMN'), file(FORM, 'FORM')],
};

export function office(more: Routes = {}) {
  let saved = JSON.stringify(form);
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    [`GET ${CONTENT}`]: ({ path }: { path: string }) => {
      const wanted = new URL(path, 'http://x').searchParams.get('path') ?? '';
      return { path: wanted, content: wanted === FORM ? saved : diagram, revision: 3 };
    },
    [`PUT ${CONTENT}`]: ({ body }: { body: { content: string } }) => {
      saved = body.content;
      return { path: FORM, revision: 4 };
    },
    'GET /model-drafts/50/forms/content': () => ({ formId: 'p.check', schema: saved }),
    'POST /model-drafts/50/forms/trial': { values: { subject: 'ก' }, errors: [], hidden: ['amount'] },
    'POST /model-drafts/50/check': { findings: [] },
    'POST /model-drafts/50/variables': { variables: [known] },
    'GET /expressions/functions': { functions: [] },
    'POST /expressions/check': { fault: null, names: [] },
    'POST /resources/search': page([]),
    'POST /users/search': page([]),
    ...more,
  });
}

export interface Written {
  components: {
    key?: string;
    label?: string;
    properties?: Record<string, string>;
    components?: Written['components'];
  }[];
}
export async function saved(calls: { method: string; body: unknown }[]): Promise<Written> {
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true), { timeout: 5000 });
  return JSON.parse((calls.findLast(({ method }) => method === 'PUT')?.body as { content: string }).content) as Written;
}
export const outline = () =>
  screen.findByRole('treegrid', { name: /ช่องในแบบฟอร์ม|Fields of the form/ }, { timeout: 20_000 });
export const details = (name: string) => screen.findByRole('region', { name });
