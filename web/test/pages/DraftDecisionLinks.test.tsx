import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import DraftPage from '../../src/pages/draft/DraftPage';
import { PRICES } from '../decisions';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, serve } from '../server';

vi.mock('../../src/modeler/Modeler', () => import('../drawn'));

const DIAGRAM = 'processes/p/p.bpmn';
const AT = '2026-04-10T09:00:00.000Z';
const place = { pattern: '/workbench/drafts/:key', at: '/workbench/drafts/50' };

/** A draft with one business rule task, which asks this decision, and the files that are put into it. */
function office(decisionId: string) {
  const calledDecision = decisionId && `<zeebe:calledDecision decisionId="${decisionId}" resultVariable="r" />`;
  const contents = new Map([
    [
      DIAGRAM,
      `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t"><bpmn:process id="P">
        <bpmn:businessRuleTask id="Task" name="คิดราคา"><bpmn:extensionElements>${calledDecision}</bpmn:extensionElements>
        </bpmn:businessRuleTask></bpmn:process></bpmn:definitions>`,
    ],
    ['processes/p/prices.dmn', PRICES],
  ]);
  const calls = serve({
    'GET /authentication/me': { ...me, ownedProcesses: ['*'] },
    'GET /model-drafts/50': () => ({
      draftKey: '50',
      name: 'ร่าง',
      state: 'OPEN',
      revision: 3,
      basedOn: null,
      updatedBy: 'owner',
      updatedAt: AT,
      files: [...contents.keys()].map((path) => ({
        path,
        kind: path.endsWith('.dmn') ? 'DMN' : 'BPMN',
        bytes: 9,
        revision: 3,
        updatedBy: 'owner',
        updatedAt: AT,
      })),
    }),
    'GET /model-drafts/50/files/content': ({ path }: { path: string }) => {
      const wanted = new URL(path, 'http://x').searchParams.get('path') ?? '';
      return { path: wanted, content: contents.get(wanted), revision: 3 };
    },
    'PUT /model-drafts/50/files/content': ({ body }: { body: unknown }) => {
      const { path, content } = body as { path: string; content: string };
      contents.set(path, content);
      return { path, revision: 4 };
    },
    'POST /model-drafts/50/check': { findings: [] },
    'POST /model-drafts/50/decisions/variables': { variables: [] },
    'POST /decision-definitions/search': ({ body }: { body: unknown }) => {
      const { filter } = body as { filter: { decisionDefinitionId?: string } };
      const all = [{ decisionDefinitionId: 'sum', decisionDefinitionKey: '7', name: 'รวม | Sum', version: 4 }];
      return page(all.filter((each) => (filter.decisionDefinitionId ?? 'sum') === each.decisionDefinitionId));
    },
    'GET /decision-definitions/7/xml': PRICES.replace('price * amount', 'price * 2'),
  });
  return { calls, contents };
}

describe('the decision of a business rule task', () => {
  it('is opened in the file of the draft in which it stands', async () => {
    office('price');
    const { user, router } = renderPage(<DraftPage />, place);
    const button = await screen.findByRole('button', { name: 'เปิดตารางตัดสินใจ' });
    button.focus();
    await user.keyboard('{Enter}');
    await screen.findByRole('grid', { name: 'ตารางตัดสินใจ ราคา' });
    expect(router.state.location.search).toContain('decision=price');
  });

  it('is shown as it is deployed when the draft does not have it', async () => {
    const { contents } = office('sum');
    contents.delete('processes/p/prices.dmn');
    const { user } = renderPage(<DraftPage />, { ...place, language: 'en' });
    await user.click(await screen.findByRole('button', { name: 'Look at the decision in use' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Sum' }));
    await dialog.findByText('Version 4, which is in use, to look at');
    await dialog.findByText('price * 2');
    await expectAccessible(document.body);
    await user.click(dialog.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says when it is nowhere', async () => {
    office('gone');
    const { user } = renderPage(<DraftPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ดูตารางที่ใช้อยู่' }));
    await screen.findByText('ไม่พบการตัดสินใจ gone ในฉบับที่ใช้อยู่');
  });

  it('is made beside the diagram, linked, and opened', async () => {
    const { contents } = office('');
    const { user } = renderPage(<DraftPage />, place);
    await user.click(await screen.findByRole('button', { name: 'สร้างตารางตัดสินใจ' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'สร้างไฟล์ตารางตัดสินใจ' }));
    expect((dialog.getByLabelText('ชื่อการตัดสินใจ') as HTMLInputElement).value).toBe('คิดราคา');
    await user.type(dialog.getByLabelText('รหัส'), 'sum{Enter}');
    await dialog.findByText(/รหัสนี้เป็นของการตัดสินใจที่ใช้อยู่/);
    await user.clear(dialog.getByLabelText('รหัส'));
    await user.type(dialog.getByLabelText('รหัส'), 'Prices{Enter}');
    await dialog.findByText(/มีรหัสนี้แล้ว/);
    await user.clear(dialog.getByLabelText('รหัส'));
    await user.type(dialog.getByLabelText('รหัส'), 'p-fee{Enter}');
    await screen.findByRole('grid', { name: 'ตารางตัดสินใจ คิดราคา' });
    expect(contents.get('processes/p/p-fee.dmn')).toContain('<decision id="p-fee" name="คิดราคา">');
    expect(contents.get(DIAGRAM)).toContain('<zeebe:calledDecision decisionId="p-fee" resultVariable="result" />');
  });
});
