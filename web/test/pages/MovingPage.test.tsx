import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import MovingPage from '../../src/pages/moving/MovingPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Call, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ onPick }: { onPick: (id: string) => void }) => (
    <>
      {['Check', 'Sign', 'Start'].map((id) => (
        <button key={id} onClick={() => onPick(id)}>
          drawn {id}
        </button>
      ))}
    </>
  ),
}));

const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><startEvent id="Start" name="เริ่ม"/>
  <userTask id="Check" name="ตรวจ"/><userTask id="Sign" name="ลงนาม"/></definitions>`;
const preview = {
  secondPerson: false,
  cases: { total: 3, looked: 3, possible: 2 },
  faults: [{ elementId: 'Sign', rule: 'ancestor', th: 'อยู่คนละขอบเขต', en: 'it is in another scope', cases: 1 }],
};
const operation = {
  batchOperationKey: '5',
  batchOperationType: 'MODIFY_PROCESS_INSTANCE',
  state: 'COMPLETED',
  startDate: null,
  endDate: null,
  actorType: 'USER',
  actorId: 'dpo1',
  operationsTotalCount: 3,
  operationsFailedCount: 1,
  operationsCompletedCount: 2,
  errors: [],
  reason: 'ข้ามขั้นตามมติ',
};
const version = {
  processDefinitionKey: '1',
  processDefinitionId: 'permit',
  version: 1,
  name: 'อนุญาต',
  nameEn: 'Permit',
};
const statistics = { elementId: 'Check', active: 3, canceled: 0, incidents: 0, completed: 0 };
const WHERE = '/moving?process=permit&version=1';

function office(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': { ...me, roles: ['process-owner'], ownedProcesses: ['permit'] },
    'POST /process-definitions/search': page([version]),
    'POST /process-definitions/1/statistics/element-instances': { items: [statistics] },
    'GET /process-definitions/1/xml': xml,
    'POST /process-definitions/1/modification-preview': preview,
    'GET /batch-operations/5': operation,
    ...more,
  };
}
const show = (at = WHERE) => renderPage(<MovingPage />, { pattern: '/moving', at });
const sent = (calls: Call[], path: string) => calls.filter((call) => call.path === path).map(({ body }) => body);

describe('the page that moves many cases', () => {
  it('is filled in by keyboard, and previews before it does anything', async () => {
    const calls = serve(office({ 'POST /process-instances/modification': { batchOperationKey: '5' } }));
    const { user, router, container } = show('/moving');
    await screen.findByRole('option', { name: 'อนุญาต' });
    await user.selectOptions(screen.getByLabelText('กระบวนงาน'), 'permit');
    await user.selectOptions(await screen.findByLabelText('ฉบับ'), '1');
    await user.selectOptions(await screen.findByLabelText('จากขั้นตอน'), 'ตรวจ (ค้าง ๓)');
    await user.selectOptions(screen.getByLabelText('ไปต่อที่ขั้นตอน'), 'ลงนาม');
    expect(router.state.location.search).toBe('?process=permit&version=1&from=Check&to=Sign');
    await screen.findByText('มี ๓ เรื่อง ตรวจแล้ว ๓ เรื่อง ย้ายได้ ๒ เรื่อง');
    within(screen.getByRole('list', { name: 'เหตุที่ย้ายไม่ได้' })).getByText(/อยู่คนละขอบเขต/);
    await expectAccessible(container);
    const button = screen.getByRole('button', { name: 'ย้ายขั้นตอน' });
    act(() => button.focus());
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    dialog.getByText('๓ เรื่องจะออกจาก “ตรวจ” โดยไม่ทำต่อ แล้วเริ่ม “ลงนาม” ทีละเรื่อง');
    dialog.getByText('จะมี ๑ เรื่องที่ย้ายไม่ได้ และจะอยู่ที่เดิม');
    await user.type(dialog.getByRole('textbox'), 'ข้ามขั้นตามมติ');
    expect(sent(calls, '/process-instances/modification')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'ย้ายขั้นตอน' }));
    await screen.findByRole('group', { name: 'ความคืบหน้า' });
    expect(sent(calls, '/process-instances/modification')).toEqual([
      {
        filter: { processDefinitionKey: '1', elementId: 'Check', elementInstanceState: 'ACTIVE' },
        moveInstructions: [{ sourceElementId: 'Check', targetElementId: 'Sign' }],
        reason: 'ข้ามขั้นตามมติ',
      },
    ]);
  });

  it('is chosen on the diagram: where cases wait, then where they go on; never where only an event begins', async () => {
    serve(office());
    const { user, router } = show();
    await user.click(await screen.findByRole('button', { name: 'drawn Check' }));
    await user.click(screen.getByRole('button', { name: 'drawn Start' }));
    expect(router.state.location.search).toBe('?process=permit&version=1&from=Check');
    await user.click(screen.getByRole('button', { name: 'drawn Sign' }));
    await screen.findByRole('heading', { name: 'ผลที่จะเกิดขึ้น' });
    await user.click(screen.getByRole('button', { name: 'drawn Check' }));
    expect(router.state.location.search).toBe('?process=permit&version=1&to=Sign');
  });

  it('asks for each case where the process wants a second person', async () => {
    const calls = serve(
      office({
        'POST /process-definitions/1/modification-preview': { ...preview, secondPerson: true },
        'POST /process-instances/search': page([{ processInstanceKey: '7' }, { processInstanceKey: '8' }]),
        'POST /interventions': ({ body }: Call) =>
          (body as { key: string }).key === '8' ? problem(409, { code: 'invalid-state' }) : { interventionKey: '9' },
      }),
    );
    const { user } = show(`${WHERE}&from=Check&to=Sign`);
    await user.click(await screen.findByRole('button', { name: 'ขออนุมัติย้ายขั้นตอน' }));
    await user.type(within(await screen.findByRole('dialog')).getByRole('textbox'), 'ข้ามขั้นตามมติ');
    await user.keyboard('{Tab}{Enter}');
    await screen.findByText(/ส่งคำขอแล้ว ๑ จาก ๓ เรื่อง ส่งคำขอไม่ได้ ๑ เรื่อง/);
    expect(sent(calls, '/interventions')[0]).toEqual({
      kind: 'modify',
      key: '7',
      request: {
        moveInstructions: [
          {
            sourceElementInstruction: { sourceType: 'byId', sourceElementId: 'Check' },
            targetElementId: 'Sign',
            ancestorScopeInstruction: { ancestorScopeType: 'sourceParent' },
          },
        ],
        reason: 'ข้ามขั้นตามมติ',
      },
    });
  });

  it('says where no case waits, and who may not', async () => {
    serve(office({ 'POST /process-definitions/1/statistics/element-instances': { items: [] } }));
    show();
    await screen.findByText('ไม่มีเรื่องค้างอยู่ในฉบับนี้ จึงไม่มีเรื่องให้ย้าย');
    document.body.replaceChildren();
    serve(office({ 'GET /authentication/me': me }));
    show();
    await screen.findByText('เฉพาะเจ้าของกระบวนงานย้ายขั้นตอนของเรื่องได้');
  });
});
