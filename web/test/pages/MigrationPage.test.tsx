import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import MigrationPage from '../../src/pages/migration/MigrationPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ name, marks }: { name: string; marks: { active: readonly string[] } }) => (
    <p>
      drawn {name}: {marks.active.join()}
    </p>
  ),
}));

const words = (th: string, en: string) => ({ th, en });
const version = (key: string, number: number) => ({
  processDefinitionKey: key,
  processDefinitionId: 'permit',
  version: number,
  name: words('อนุญาต', 'Permit'),
});
const preview = {
  source: version('1', 1),
  target: version('2', 2),
  secondPerson: false,
  mapping: [
    {
      sourceElementId: 'Check',
      targetElementId: 'Check',
      elementType: 'USER_TASK',
      name: words('ตรวจ', 'Check'),
      active: 3,
      possible: ['Check', 'Verify'],
    },
    {
      sourceElementId: 'Sign',
      targetElementId: null,
      elementType: 'USER_TASK',
      name: words('ลงนาม', 'Sign'),
      active: 0,
      possible: ['Check', 'Verify'],
    },
  ],
  cases: { total: 3, looked: 3, possible: 2 },
  faults: [{ elementId: 'Sign', rule: 'unmapped', th: 'ไม่มีคู่ในแผนการย้าย', en: 'it is not mapped', cases: 1 }],
};
const comparison = {
  changes: [
    {
      part: 'ELEMENT',
      processDefinitionId: 'permit',
      id: 'Check',
      title: words('ขั้นตอน “ตรวจ”', 'Step “Check”'),
      code: 'control-point-removed',
      kind: 'REMOVED',
      severity: 'WARNING',
      message: words('ตัดจุดควบคุมออก: “ครบถ้วน”', 'Control point removed: “Complete”'),
    },
  ],
  moreChanges: 0,
  unreadable: [],
  diagrams: [],
};
const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><userTask id="Check" name="ตรวจใหม่"/>
  <userTask id="Verify" name="ทวนสอบ"/></definitions>`;
const operation = {
  batchOperationKey: '5',
  batchOperationType: 'MIGRATE_PROCESS_INSTANCE',
  state: 'PARTIALLY_COMPLETED',
  startDate: null,
  endDate: null,
  actorType: 'USER',
  actorId: 'dpo1',
  operationsTotalCount: 3,
  operationsFailedCount: 1,
  operationsCompletedCount: 2,
  errors: [],
  reason: 'ใช้ผังใหม่ตามมติ',
};
const deployed = (key: string, number: number) => ({
  processDefinitionKey: key,
  processDefinitionId: 'permit',
  version: number,
  name: 'อนุญาต',
  nameEn: 'Permit',
});
const place = { pattern: '/migration', at: '/migration?process=permit&from=1&to=2' };

function office(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': { ...me, roles: ['process-owner'], ownedProcesses: ['permit'] },
    'POST /process-definitions/search': ({ body }: Call) =>
      page(JSON.stringify(body).includes('isLatest') ? [deployed('2', 2)] : [deployed('2', 2), deployed('1', 1)]),
    'POST /process-definitions/statistics/process-instances-by-version': page([
      { processDefinitionKey: '1', activeInstancesWithIncidentCount: 1, activeInstancesWithoutIncidentCount: 2 },
    ]),
    'POST /process-definitions/1/migration-preview': preview,
    'POST /model-comparisons': comparison,
    'GET /process-definitions/1/xml': xml,
    'GET /process-definitions/2/xml': xml,
    'GET /batch-operations/5': operation,
    ...more,
  };
}

const sent = (calls: Call[], path: string) => calls.filter((call) => call.path === path).map(({ body }) => body);
const DRY = '/process-definitions/1/migration-preview';

describe('the page of migration', () => {
  it('is chosen step by step in its address', async () => {
    serve(office());
    const { user, router } = renderPage(<MigrationPage />, { pattern: '/migration', at: '/migration' });
    await user.selectOptions(await screen.findByLabelText('กระบวนงาน'), await screen.findByText('อนุญาต'));
    await screen.findAllByText('ฉบับที่ ๑ (๓ เรื่อง)');
    await user.selectOptions(screen.getByLabelText('จากฉบับ'), '1');
    await user.selectOptions(screen.getByLabelText('ไปฉบับ'), '2');
    expect(router.state.location.search).toBe('?process=permit&from=1&to=2');
    await screen.findByRole('heading', { name: 'ผลที่จะเกิดขึ้น' });
  });

  it('tells what would happen and what would be lost, in words and on both diagrams', async () => {
    const calls = serve(office());
    const { container } = renderPage(<MigrationPage />, place);
    await screen.findByText('มี ๓ เรื่อง ตรวจแล้ว ๓ เรื่อง ย้ายได้ ๒ เรื่อง');
    const against = within(screen.getByRole('list', { name: 'เหตุที่ย้ายไม่ได้' }));
    expect(against.getByRole('listitem').textContent).toBe('ลงนาม: ไม่มีคู่ในแผนการย้าย ๑ เรื่อง');
    const differs = within(screen.getByRole('region', { name: 'สิ่งที่ต่างไปในฉบับใหม่' }));
    expect((await differs.findByText(/ตัดจุดควบคุมออก: “ครบถ้วน”/)).textContent).toContain('โปรดพิจารณา');
    expect(sent(calls, '/model-comparisons')).toEqual([
      {
        before: { processDefinitionId: 'permit', version: 1 },
        after: { processDefinitionId: 'permit', version: 2 },
        diagrams: false,
      },
    ]);
    await screen.findByText('drawn อนุญาต ๑: Check');
    await screen.findByText('drawn อนุญาต ๒: Check');
    await expectAccessible(container);
  });

  it('works out anew what another mapping would do', async () => {
    const calls = serve(office());
    const { user } = renderPage(<MigrationPage />, place);
    await screen.findByText('ทวนสอบ');
    await user.selectOptions(screen.getByLabelText('“ตรวจ” ไปอยู่ที่'), 'Verify');
    await waitFor(() => expect(sent(calls, DRY)).toHaveLength(2));
    await user.click(screen.getByRole('button', { name: 'แสดงทุกขั้นตอน' }));
    screen.getByLabelText('“ลงนาม” ไปอยู่ที่');
    expect(sent(calls, DRY)).toEqual([
      { targetProcessDefinitionKey: '2', mappingInstructions: null },
      {
        targetProcessDefinitionKey: '2',
        mappingInstructions: [{ sourceElementId: 'Check', targetElementId: 'Verify' }],
      },
    ]);
  });

  it('goes on from what is chosen, also while it is looked into', async () => {
    serve(office());
    const answer = globalThis.fetch;
    let asked = 0;
    const slow = vi.fn((input: string, init?: RequestInit) =>
      input.includes('migration-preview') && asked++ > 0 ? new Promise<Response>(() => undefined) : answer(input, init),
    );
    vi.stubGlobal('fetch', slow);
    const { user } = renderPage(<MigrationPage />, place);
    await screen.findByText('ทวนสอบ');
    const choice = screen.getByLabelText('“ตรวจ” ไปอยู่ที่') as HTMLSelectElement;
    await user.selectOptions(choice, 'Verify');
    expect(choice.value).toBe('Verify');
    await user.selectOptions(choice, '');
    expect(choice.value).toBe('');
    await waitFor(() => expect(asked).toBe(3));
  });

  it('is done as an operation with progress, by keyboard, with a reason', async () => {
    const calls = serve(
      office({ 'POST /process-instances/migration': { batchOperationKey: '5', batchOperationType: 'x' } }),
    );
    const { user } = renderPage(<MigrationPage />, place);
    (await screen.findByRole('button', { name: 'ย้ายเรื่อง' })).focus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    dialog.getByText(/๑ เรื่องที่ย้ายไม่ได้/);
    await user.type(dialog.getByLabelText('เหตุผล'), 'ใช้ผังใหม่ตามมติ');
    await user.keyboard('{Tab}{Enter}');
    await screen.findByText('เสร็จ ๒ จาก ๓ เรื่อง ไม่สำเร็จ ๑ เรื่อง');
    expect(sent(calls, '/process-instances/migration')).toEqual([
      {
        filter: { processDefinitionKey: '1' },
        migrationPlan: {
          targetProcessDefinitionKey: '2',
          mappingInstructions: [{ sourceElementId: 'Check', targetElementId: 'Check' }],
        },
        reason: 'ใช้ผังใหม่ตามมติ',
      },
    ]);
  });

  it('is asked for case by case where the process wants a second person', async () => {
    const answers = [new Reply(201, {}), problem(409, { code: 'invalid-state' }), new Reply(201, {})];
    const calls = serve(
      office({
        [`POST ${DRY}`]: { ...preview, secondPerson: true },
        'POST /process-instances/search': page(['30', '31', '32'].map((key) => ({ processInstanceKey: key }))),
        'POST /interventions': () => answers.shift(),
      }),
    );
    const { user } = renderPage(<MigrationPage />, { ...place, language: 'en' });
    await user.click(await screen.findByRole('button', { name: 'Ask for approval: Migrate the cases' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('Reason'), 'the new diagram');
    await user.click(dialog.getByRole('button', { name: 'Ask for approval: Migrate the cases' }));
    await screen.findByText(/Asked for 2 of 3 cases\. 1 could not be asked for/);
    expect(sent(calls, '/interventions')).toMatchObject(
      ['30', '31', '32'].map((key) => ({ kind: 'migrate', key, request: { reason: 'the new diagram' } })),
    );
  });

  it('offers nothing to do where no case can go, and says what was refused', async () => {
    const stuck = { ...preview, cases: { total: 3, looked: 3, possible: 0 } };
    serve(office({ [`POST ${DRY}`]: stuck }));
    const view = renderPage(<MigrationPage />, place);
    expect((await screen.findByRole('button', { name: 'ย้ายเรื่อง' })).hasAttribute('disabled')).toBe(true);
    view.unmount();
    serve(office({ [`POST ${DRY}`]: problem(403) }));
    renderPage(<MigrationPage />, place);
    await screen.findByRole('alert');
  });
});
