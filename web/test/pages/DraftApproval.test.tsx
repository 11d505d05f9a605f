import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { compared, warning } from '../compared';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));
vi.mock('../../src/diagram/Diagram', () => ({ default: () => <p>only shown</p> }));

const diagram = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
  <bpmn:process id="P"><bpmn:userTask id="Task" name="ตรวจ" /></bpmn:process></bpmn:definitions>`;
const DIAGRAM = 'processes/p/p.bpmn';
const CHANGED = { updatedBy: 'owner2', updatedAt: '2026-04-10T09:00:00.000Z' };
const draft = {
  draftKey: '50',
  name: 'แก้เวลา',
  state: 'OPEN',
  revision: 3,
  processDefinitionId: 'p',
  processDefinitionVersion: 2,
  basedOn: { processDefinitionId: 'p', version: 2, newestVersion: 2 },
  createdBy: 'owner',
  createdAt: CHANGED.updatedAt,
  ...CHANGED,
  deploymentKey: null,
  reason: null,
  requestedBy: null,
  requestedAt: null,
  files: [{ path: DIAGRAM, kind: 'BPMN', bytes: 10, revision: 3, ...CHANGED }],
};
const waiting = { ...draft, state: 'AWAITING_APPROVAL', requestedBy: 'owner2', requestedAt: CHANGED.updatedAt };
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };

function office(more: Routes = {}) {
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    'GET /model-drafts/50/files/content': { path: DIAGRAM, content: diagram, revision: 3 },
    'POST /model-drafts/50/check': { findings: [] },
    'POST /resources/search': page([]),
    'POST /groups/search': page([]),
    'POST /users/search': page([{ username: 'owner2', name: 'ผู้ดูแลคนที่สอง' }]),
    'POST /model-comparisons': compared([warning]),
    ...more,
  });
}

describe('the publication of a draft', () => {
  it('says what publishing would change before one publishes', async () => {
    const calls = office();
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    await user.click(screen.getByRole('button', { name: 'เผยแพร่' }));
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByText('ตัดจุดควบคุมออก: “แนบหลักฐาน”');
    dialog.getByText('โปรดพิจารณา');
    expect(calls.find(({ path }) => path.endsWith('/model-comparisons'))?.body).toEqual({
      before: { processDefinitionId: 'p', version: 2 },
      after: { draftKey: '50' },
      diagrams: false,
    });
    await expectAccessible(document.body);
  });

  it('lets a second person approve what was asked for, by keyboard', async () => {
    const calls = office({
      'GET /model-drafts/50': { ...waiting, reason: 'ตามมติที่ประชุม' },
      'POST /model-drafts/50/publication/approval': {},
    });
    const { user, container } = renderPage(<DraftPage />, place);
    await screen.findByText('ผู้ดูแลคนที่สอง ขอเผยแพร่', { exact: false });
    screen.getByText('เหตุผล: ตามมติที่ประชุม');
    await screen.findByText('ตัดจุดควบคุมออก: “แนบหลักฐาน”');
    await expectAccessible(container);
    screen.getByRole('button', { name: 'อนุมัติและเผยแพร่' }).focus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    dialog.getByRole('button', { name: 'อนุมัติและเผยแพร่' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls.find(({ path }) => path.endsWith('/approval'))?.body).toEqual({ revision: 3 });
  });

  it('offers the decision once the changes are there to be read, not where they push it aside', async () => {
    let show: (nothing: null) => void = () => undefined;
    const shown = new Promise<null>((resolve) => (show = resolve));
    office({ 'GET /model-drafts/50': waiting, 'POST /model-comparisons': shown.then(() => compared([warning])) });
    renderPage(<DraftPage />, place);
    await screen.findByText('ผู้ดูแลคนที่สอง ขอเผยแพร่', { exact: false });
    expect(screen.queryByRole('button', { name: 'อนุมัติและเผยแพร่' })).toBeNull();
    show(null);
    await screen.findByRole('button', { name: 'อนุมัติและเผยแพร่' });
    screen.getByText('ตัดจุดควบคุมออก: “แนบหลักฐาน”');
  });

  it('sends back what was asked for, with the reason', async () => {
    const calls = office({
      'GET /model-drafts/50': waiting,
      'POST /model-drafts/50/publication/rejection': new Reply(204),
    });
    const { user } = renderPage(<DraftPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ส่งกลับให้แก้ไข' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/เหตุผล/), 'ขาดจุดควบคุม');
    await user.click(dialog.getByRole('button', { name: 'ส่งกลับให้แก้ไข' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls.find(({ path }) => path.endsWith('/rejection'))?.body).toEqual({ reason: 'ขาดจุดควบคุม' });
  });

  it('offers who asked only to take it back, and says what is refused', async () => {
    office({
      'GET /model-drafts/50': { ...waiting, requestedBy: me.username },
      'POST /model-drafts/50/publication/withdrawal': problem(409, { code: 'draft-not-awaiting' }),
    });
    const { user } = renderPage(<DraftPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ถอนคำขอ' }));
    expect(screen.queryByRole('button', { name: 'อนุมัติและเผยแพร่' })).toBeNull();
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'ถอนคำขอ' }));
    await dialog.findByRole('alert');
  });
});
