import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Routes } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

const diagram = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
  <bpmn:process id="P"><bpmn:userTask id="Task" name="ตรวจ" /></bpmn:process></bpmn:definitions>`;
const DIAGRAM = 'processes/p/p.bpmn';
const AT = '2026-04-10T09:00:00.000Z';
const draft = {
  draftKey: '50',
  name: 'แก้เวลา',
  state: 'OPEN',
  revision: 3,
  processDefinitionId: 'p',
  basedOn: null,
  createdBy: 'owner',
  createdAt: AT,
  updatedBy: 'owner',
  updatedAt: AT,
  gitReference: 'main',
  gitCommitId: 'abcdef0123'.repeat(4),
  files: [{ path: DIAGRAM, kind: 'BPMN', bytes: 10, revision: 3, updatedBy: 'owner', updatedAt: AT }],
};
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };
const pattern = (patternId: string, th: string) => ({
  patternId,
  name: { th, en: patternId },
  description: { th: `คำอธิบายของ${th}`, en: `About ${patternId}` },
});

function office(more: Routes = {}) {
  let revision = 3;
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    'GET /model-drafts/50/files/content': () => ({ path: DIAGRAM, content: diagram, revision }),
    'POST /model-drafts/50/check': { findings: [] },
    'GET /model-patterns': { patterns: [pattern('review', 'ตรวจทาน'), pattern('eyes', 'บุคคลที่สอง')] },
    'POST /model-drafts/50/files/pattern': () => ({ path: DIAGRAM, revision: (revision = 4) }),
    'POST /model-drafts/50/files/restoration': () => ({ path: DIAGRAM, revision: (revision = 5) }),
    'POST /resources/search': page([]),
    'POST /groups/search': page([]),
    ...more,
  });
}
const asked = (calls: { path: string; body: unknown }[], end: string) =>
  calls.filter(({ path }) => path.endsWith(end)).map(({ body }) => body);

describe('putting a pattern into a diagram', () => {
  it('is done by keyboard where the chosen element is, and taken back', async () => {
    const calls = office();
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    screen.getByRole('button', { name: 'แทรกรูปแบบสำเร็จ' }).focus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    await user.selectOptions(await dialog.findByLabelText('รูปแบบ'), 'บุคคลที่สอง');
    dialog.getByText('คำอธิบายของบุคคลที่สอง');
    dialog.getByText(/^ตำแหน่ง: /);
    await expectAccessible(screen.getByRole('dialog'));
    dialog.getByRole('button', { name: 'แทรก' }).focus();
    await user.keyboard('{Enter}');
    const back = await screen.findByRole('button', { name: 'นำรูปแบบออก' });
    const [sent] = asked(calls, '/pattern') as { elementId: string }[];
    expect(sent).toEqual({ path: DIAGRAM, revision: 3, patternId: 'eyes', elementId: sent?.elementId });
    expect(sent?.elementId).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    back.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'นำรูปแบบออก' })).toBeNull());
    expect(asked(calls, '/restoration')).toEqual([{ path: DIAGRAM, to: 3, revision: 4 }]);
  });

  it('says in the dialog what stood in the way', async () => {
    const refusal = { code: 'pattern-place', th: 'โปรดเลือกเส้นลำดับ', en: 'Choose a flow' };
    office({ 'POST /model-drafts/50/files/pattern': problem(400, refusal) });
    const { user } = renderPage(<DraftPage />, { ...place, language: 'en' });
    await screen.findByRole('region', { name: 'Details' });
    await user.click(screen.getByRole('button', { name: 'Insert a pattern' }));
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByText('About review');
    await user.click(dialog.getByRole('button', { name: 'Insert' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('Choose a flow');
  });

  it('says when the patterns could not be read', async () => {
    office({ 'GET /model-patterns': problem(503, { code: 'busy', th: 'ระบบไม่ว่าง', en: 'Busy' }) });
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    await user.click(screen.getByRole('button', { name: 'แทรกรูปแบบสำเร็จ' }));
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByRole('alert');
    await user.click(dialog.getByRole('button', { name: 'แทรก' }));
    expect((await dialog.findAllByRole('alert')).length).toBe(2);
  });

  it('stands beside what says from which commit the draft is', async () => {
    office();
    renderPage(<DraftPage />, place);
    await screen.findByText('ไฟล์จากแหล่งไฟล์ Git: main คอมมิต abcdef0123');
  });
});
