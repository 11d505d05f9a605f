import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { placesOf } from '../../src/diagram/nodes';
import ModificationPage from '../../src/pages/modification/ModificationPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

interface Drawn {
  marks: { heat?: Record<string, { text: string }> };
  onPick?: (id: string) => void;
}
/** Stands in for the diagram: an element is clicked by its id, and what is marked is told. */
vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks, onPick }: Drawn) => (
    <div>
      {['Check', 'Sign', 'Start'].map((id) => (
        <button key={id} type="button" onClick={() => onPick?.(id)}>
          click {id}
        </button>
      ))}
      <p data-testid="marks">{JSON.stringify(marks.heat)}</p>
    </div>
  ),
}));

const place = { pattern: '/cases/:key/modification', at: '/cases/300/modification' };
const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
  <startEvent id="Start" name="เริ่ม"/><userTask id="Check" name="ตรวจ"/><userTask id="Sign" name="ลงนาม"/>
  <boundaryEvent id="Late"/><subProcess id="Event" triggeredByEvent="true"/><endEvent id="End" name="จบ"/>
  </process></definitions>`;
const item = {
  processInstanceKey: '300',
  processDefinitionKey: '9',
  processDefinitionId: 'permit',
  processDefinitionName: 'อนุญาต',
  processNameEn: 'Permit',
  state: 'ACTIVE',
  businessId: 'ทส ๑/๒๕๖๙',
  rev: 4,
};
const standing = { elementInstanceKey: '31', elementId: 'Check', elementName: 'ตรวจ', type: 'USER_TASK' };
const MODIFY = '/process-instances/300/modification';

function office(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': { ...me, roles: ['process-owner'], ownedProcesses: ['permit'] },
    'GET /process-instances/300': item,
    'POST /element-instances/search': page([standing]),
    'GET /process-definitions/9/xml': xml,
    [`POST ${MODIFY}`]: new Reply(204),
    ...more,
  };
}

const moved = (calls: Call[]) => calls.filter((call) => call.path === MODIFY);

async function give(user: { type: (at: HTMLElement, text: string) => Promise<void> }, reason: string) {
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('เหตุผล'), `${reason}{Tab}`);
  return dialog;
}

describe('the page that moves a case', () => {
  it('ends and begins what is clicked, says so in words, and does it with the revision that was seen', async () => {
    const calls = serve(office());
    const { user, router, container } = renderPage(<ModificationPage />, place);
    await user.click(await screen.findByText('click Check'));
    await user.click(screen.getByText('click Sign'));
    await user.click(screen.getByText('click Start')); // only an event begins it
    expect(JSON.parse(screen.getByTestId('marks').textContent)).toMatchObject({
      Check: { text: 'ปิด' },
      Sign: { text: 'ไปต่อ' },
    });
    expect((screen.getByLabelText('ปิด “ตรวจ”') as HTMLInputElement).checked).toBe(true);
    screen.getByText('เริ่มขั้นตอน “ลงนาม”');
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'ย้ายขั้นตอน' }));
    await give(user, 'ตรวจแล้วนอกระบบ');
    await user.keyboard('{Enter}');
    await screen.findByText('elsewhere');
    expect(router.state.location.pathname).toBe('/cases/300');
    const [order] = moved(calls);
    expect(order?.headers.get('If-Match')).toBe('"4"');
    expect(order?.body).toEqual({
      moveInstructions: [
        { sourceElementInstruction: { sourceType: 'byId', sourceElementId: 'Check' }, targetElementId: 'Sign' },
      ],
      reason: 'ตรวจแล้วนอกระบบ',
    });
  });

  it('ends one of several instances by its key, and all of an element by its id', async () => {
    const standings = ['31', '32'].map((elementInstanceKey) => ({ ...standing, elementInstanceKey }));
    const sign = { ...standing, elementInstanceKey: '33', elementId: 'Sign' };
    const calls = serve(office({ 'POST /element-instances/search': page([...standings, sign]) }));
    const { user } = renderPage(<ModificationPage />, place);
    await user.click((await screen.findAllByLabelText('ปิด “ตรวจ”'))[0] as HTMLElement);
    await user.click(screen.getByLabelText('ปิด “ลงนาม”'));
    await user.click(screen.getByRole('button', { name: 'ย้ายขั้นตอน' }));
    await give(user, 'ตรวจแล้วนอกระบบ');
    await user.keyboard('{Enter}');
    await screen.findByText('elsewhere');
    expect(moved(calls)[0]?.body).toMatchObject({
      activateInstructions: [],
      terminateInstructions: [{ elementId: 'Sign' }, { elementInstanceKey: '31' }],
    });
  });

  it('is done by keyboard alone, and shows every reason against it', async () => {
    const faults = [{ elementId: 'Sign', rule: 'scope-fails', th: 'เปิดขอบเขตไม่ได้', en: 'the scope fails' }];
    serve(office({ [`POST ${MODIFY}`]: problem(400, { code: 'instructions-refused', faults }) }));
    const { user } = renderPage(<ModificationPage />, place);
    (await screen.findByLabelText('ปิด “ตรวจ”')).focus();
    await user.keyboard(' ');
    screen.getByText(/เรื่องจะไม่เหลือขั้นตอนใด/);
    await user.selectOptions(screen.getByLabelText('ขั้นตอน'), 'Sign');
    screen.getByRole('button', { name: 'เพิ่ม: ขั้นตอน' }).focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByText(/เรื่องจะไม่เหลือขั้นตอนใด/)).toBeNull();
    screen.getByRole('button', { name: 'ย้ายขั้นตอน' }).focus();
    await user.keyboard('{Enter}');
    await give(user, 'ตรวจแล้วนอกระบบ');
    await user.keyboard('{Enter}');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('ลงนาม: เปิดขอบเขตไม่ได้');
  });

  it('is asked for where a second person is needed', async () => {
    const calls = serve(
      office({
        [`POST ${MODIFY}`]: problem(409, { code: 'second-person-needed' }),
        'POST /interventions': new Reply(201, {}),
      }),
    );
    const { user } = renderPage(<ModificationPage />, place);
    await user.click(await screen.findByText('click Sign'));
    await user.click(screen.getByRole('button', { name: 'ย้ายขั้นตอน' }));
    await give(user, 'ตรวจแล้วนอกระบบ');
    await user.keyboard('{Enter}');
    await screen.findByText('ส่งคำขอแล้ว รอผู้อนุมัติ');
    expect(calls.find((call) => call.path === '/interventions')?.body).toMatchObject({ kind: 'modify', key: '300' });
  });

  it('shows the case anew when it has moved meanwhile', async () => {
    const cases = [item, { ...item, rev: 5 }];
    serve(
      office({
        'GET /process-instances/300': () => cases.shift(),
        [`POST ${MODIFY}`]: problem(409, { code: 'stale-revision' }),
      }),
    );
    const { user } = renderPage(<ModificationPage />, place);
    await user.click(await screen.findByText('click Sign'));
    await user.click(screen.getByRole('button', { name: 'ย้ายขั้นตอน' }));
    await give(user, 'ตรวจแล้วนอกระบบ');
    await user.keyboard('{Enter}');
    await screen.findByText('ยังไม่ได้เลือกอะไร');
  });

  it('offers nothing for a case that has ended, nor to who does not own the process', async () => {
    serve(office({ 'GET /process-instances/300': { ...item, state: 'COMPLETED' } }));
    const view = renderPage(<ModificationPage />, place);
    await screen.findByText(/ไม่ได้ดำเนินอยู่/);
    expect(screen.queryByRole('button')).toBeNull();
    view.unmount();
    serve(office({ 'GET /authentication/me': { ...me, roles: ['administrator'] } }));
    renderPage(<ModificationPage />, { ...place, language: 'en' });
    await screen.findByText('Only owners of the process may move its cases.');
  });
});

describe('the elements at which a case can be put', () => {
  it('are the flow nodes that no event begins', () => {
    expect(placesOf(xml)).toEqual(['Check', 'Sign', 'End']);
  });
});
