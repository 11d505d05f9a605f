/** A draft with a file of decisions, as the server would answer for it. */
import { PRICES } from './decisions';
import { me } from './fixtures';
import { serve, type Routes } from './server';

export const PATH = 'processes/p/prices.dmn';
export const CONTENT = '/model-drafts/50/files/content';
export const place = { pattern: '/workbench/drafts/:key', at: `/workbench/drafts/50?file=${PATH}` };
export const draft = {
  draftKey: '50',
  name: 'แก้ราคา',
  state: 'OPEN',
  revision: 3,
  basedOn: null,
  createdBy: 'owner',
  createdAt: '2026-04-10T09:00:00.000Z',
  updatedBy: 'owner',
  updatedAt: '2026-04-10T09:00:00.000Z',
  files: ['a.bpmn', PATH].map((path) => ({
    path,
    kind: path === PATH ? 'DMN' : 'BPMN',
    bytes: 10,
    revision: 3,
    updatedBy: 'owner',
    updatedAt: '2026-04-10T09:00:00.000Z',
  })),
};
export const trial = {
  output: '9',
  failure: null,
  failedDecisionId: null,
  missing: [],
  warnings: [],
  evaluatedDecisions: [
    {
      decisionDefinitionId: 'price',
      decisionDefinitionName: 'ราคา',
      output: '9',
      evaluatedInputs: [{ inputId: 'in', inputName: 'จำนวน | Amount', inputValue: '12' }],
      matchedRules: [{ ruleId: 'many', ruleIndex: 1, evaluatedOutputs: [{ outputValue: '9' }] }],
    },
  ],
};

export function oneDraft(more: Routes = {}) {
  let revision = 3;
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    [`GET ${CONTENT}`]: { path: PATH, content: PRICES, revision: 3 },
    [`PUT ${CONTENT}`]: () => ({ path: PATH, revision: (revision += 1) }),
    'POST /model-drafts/50/check': { findings: [] },
    'POST /model-drafts/50/decisions/variables': {
      variables: [{ name: 'amount', type: 'number', label: 'จำนวน | Amount' }],
    },
    'POST /model-drafts/50/decisions/evaluation': trial,
    ...more,
  });
}

/** What was saved, in order. */
export const written = (calls: { method: string; body: unknown }[]) =>
  calls.filter(({ method }) => method === 'PUT').map(({ body }) => (body as { content: string }).content);
