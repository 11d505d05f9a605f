import { screen, waitFor } from '@testing-library/react';
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
  files: [{ path: DIAGRAM, kind: 'BPMN', bytes: 10, revision: 3, updatedBy: 'owner', updatedAt: AT }],
};
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };

function office(more: Routes = {}) {
  let revision = 3;
  return serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': draft,
    'GET /model-drafts/50/files/content': () => ({ path: DIAGRAM, content: diagram, revision }),
    'POST /model-drafts/50/check': { findings: [] },
    'POST /model-drafts/50/files/layout': () => ({ path: DIAGRAM, revision: (revision = 4) }),
    'POST /model-drafts/50/files/restoration': () => ({ path: DIAGRAM, revision: (revision = 5) }),
    'POST /resources/search': page([]),
    'POST /groups/search': page([]),
    ...more,
  });
}
const asked = (calls: { path: string; body: unknown }[], end: string) =>
  calls.filter(({ path }) => path.endsWith(end)).map(({ body }) => body);

describe('drawing a diagram anew', () => {
  it('is done by keyboard, and taken back', async () => {
    const calls = office();
    const { user, container } = renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    screen.getByRole('button', { name: 'จัดวางใหม่' }).focus();
    await user.keyboard('{Enter}');
    const back = await screen.findByRole('button', { name: 'กลับไปใช้การจัดวางเดิม' });
    expect(asked(calls, '/layout')).toEqual([{ path: DIAGRAM, revision: 3 }]);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    await expectAccessible(container);
    back.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'กลับไปใช้การจัดวางเดิม' })).toBeNull());
    expect(asked(calls, '/restoration')).toEqual([{ path: DIAGRAM, to: 3, revision: 4 }]);
  });

  it('offers the way back once the new drawing is open, not over the old one', async () => {
    let show: (nothing: null) => void = () => undefined;
    const shown = new Promise<null>((resolve) => (show = resolve));
    let asked = 0;
    office({
      'GET /model-drafts/50/files/content': async () => {
        asked += 1;
        if (asked > 1) await shown;
        return { path: DIAGRAM, content: diagram, revision: asked > 1 ? 4 : 3 };
      },
    });
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    await user.click(screen.getByRole('button', { name: 'จัดวางใหม่' }));
    await waitFor(() => expect(asked).toBe(2));
    expect(screen.queryByRole('button', { name: 'กลับไปใช้การจัดวางเดิม' })).toBeNull();
    show(null);
    await screen.findByRole('button', { name: 'กลับไปใช้การจัดวางเดิม' });
  });

  it('leaves a diagram that is laid out already', async () => {
    office({ 'POST /model-drafts/50/files/layout': { path: DIAGRAM, revision: 3 } });
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    await user.click(screen.getByRole('button', { name: 'จัดวางใหม่' }));
    await screen.findByText('ผังจัดวางเรียบร้อยอยู่แล้ว');
  });

  it('says what stood in the way', async () => {
    const refusal = { code: 'diagram-undrawable', th: 'จัดวางไฟล์นี้ไม่ได้', en: 'It cannot be laid out' };
    office({ 'POST /model-drafts/50/files/layout': problem(400, refusal) });
    const { user } = renderPage(<DraftPage />, place);
    await screen.findByRole('region', { name: 'รายละเอียด' });
    await user.click(screen.getByRole('button', { name: 'จัดวางใหม่' }));
    await screen.findByText('จัดวางไฟล์นี้ไม่ได้');
  });
});
