import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import CausePage from '../../src/pages/incidents/CausePage';
import IncidentsPage from '../../src/pages/incidents/IncidentsPage';
import JobsPage from '../../src/pages/jobs/JobsPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

vi.mock('../../src/diagram/Diagram', () => ({
  default: ({ marks }: { marks: { active: readonly string[] } }) => <p>drawn: {marks.active.join()}</p>,
}));

const list = { pattern: '/incidents', at: '/incidents' };
const one = { pattern: '/incidents/:key', at: '/incidents/40' };
const cause = {
  causeKey: '40',
  processDefinitionId: 'orders',
  processDefinitionKey: '9',
  elementId: 'Pack',
  errorType: 'JOB_NO_RETRIES',
  errorMessage: 'no boxes',
  errorHashCode: 77,
  incidentCount: 3,
  processInstanceCount: 2,
  firstDate: '2026-04-10T09:00:00.000Z',
  latestDate: '2026-04-10T10:00:00.000Z',
  processName: { th: 'คำสั่งซื้อ', en: 'Orders' },
  elementName: { th: 'บรรจุ', en: 'Pack' },
};
const incident = {
  incidentKey: '40',
  errorType: 'JOB_NO_RETRIES',
  errorMessage: 'no boxes',
  state: 'ACTIVE',
  creationTime: '2026-04-10T09:00:00.000Z',
  elementId: 'Pack',
  elementInstanceKey: '31',
  jobKey: '50',
  processInstanceKey: '300',
  rootProcessInstanceKey: '300',
  processDefinitionKey: '9',
  processDefinitionId: 'orders',
  businessId: 'ทส ๑/๒๕๖๙',
  tenantId: '<default>',
};
const job = {
  jobKey: '50',
  type: 'pack',
  kind: 'BPMN_ELEMENT',
  state: 'FAILED',
  worker: 'packer',
  retries: 0,
  deadline: null,
  creationTime: '2026-04-10T09:00:00.000Z',
  endTime: null,
  errorMessage: 'no boxes',
  elementId: 'Pack',
  processInstanceKey: '300',
  processDefinitionId: 'orders',
  businessId: null,
};
const operation = {
  batchOperationKey: '5',
  batchOperationType: 'RESOLVE_INCIDENT',
  state: 'COMPLETED',
  startDate: null,
  endDate: null,
  actorType: 'USER',
  actorId: 'dpo1',
  operationsTotalCount: 2,
  operationsFailedCount: 0,
  operationsCompletedCount: 2,
  errors: [],
  reason: 'มีกล่องแล้ว',
};

function office(more: Routes = {}, owned: string[] = ['orders']): Routes {
  return {
    'GET /authentication/me': { ...me, roles: ['process-owner'], ownedProcesses: owned },
    'POST /incidents/statistics/causes': page([cause]),
    'POST /incidents/search': page([incident]),
    'POST /jobs/search': page([job]),
    'POST /process-definitions/search': page([{ processDefinitionId: 'orders', name: 'คำสั่งซื้อ', nameEn: 'Orders' }]),
    'GET /process-definitions/9/xml': '<definitions/>',
    'GET /batch-operations/5': operation,
    ...more,
  };
}

const sent = (calls: Call[], path: string) => calls.filter((call) => call.path === path).map(({ body }) => body);

describe('the page of incidents', () => {
  it('tells what stops how many cases, the cause in words', async () => {
    const calls = serve(office());
    const { container } = renderPage(<IncidentsPage />, list);
    const item = within(await screen.findByRole('listitem'));
    expect(item.getByRole('link', { name: 'บรรจุ' }).getAttribute('href')).toBe('/incidents/40');
    item.getByText('๒ เรื่อง (๓ เหตุ)');
    item.getByText(/ระบบภายนอกทำงานไม่สำเร็จจนครบจำนวนครั้ง/);
    item.getByText('no boxes');
    expect(sent(calls, '/incidents/statistics/causes')).toMatchObject([
      { sort: [{ field: 'processInstanceCount', order: 'DESC' }], page: { limit: 25 } },
    ]);
    await expectAccessible(container);
  });

  it('is narrowed in its address', async () => {
    const calls = serve(office({ 'POST /incidents/statistics/causes': page([]) }));
    const { user, router } = renderPage(<IncidentsPage />, { ...list, language: 'en' });
    await screen.findByText(/There is no incident/);
    await user.selectOptions(screen.getByLabelText('Process'), 'orders');
    await user.selectOptions(screen.getByLabelText('Kind'), 'CONDITION_ERROR');
    await screen.findByText(/There is no such incident/);
    expect(router.state.location.search).toBe('?process=orders&type=CONDITION_ERROR');
    expect(sent(calls, '/incidents/statistics/causes').at(-1)).toMatchObject({
      filter: { processDefinitionId: 'orders', errorType: 'CONDITION_ERROR' },
    });
  });
});

describe('the page of a cause', () => {
  it('tries all again with a reason, by keyboard, and shows how far that is', async () => {
    const calls = serve(
      office({ 'POST /process-instances/incident-resolution': { batchOperationKey: '5', batchOperationType: 'x' } }),
    );
    const { user, container } = renderPage(<CausePage />, one);
    await screen.findByText('drawn: Pack');
    await expectAccessible(container);
    screen.getByRole('button', { name: 'ลองใหม่ทุกเรื่อง: บรรจุ' }).focus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('เหตุผล'), 'มีก{Tab}');
    await user.keyboard('{Enter}');
    await dialog.findByText(/อย่างน้อย/);
    await user.type(dialog.getByLabelText('เหตุผล'), 'ล่องแล้ว');
    await user.keyboard('{Tab}{Enter}');
    await screen.findByText('เสร็จ ๒ จาก ๒ เรื่อง ไม่สำเร็จ ๐ เรื่อง');
    expect(sent(calls, '/process-instances/incident-resolution')).toEqual([
      {
        filter: {
          processDefinitionId: 'orders',
          elementId: 'Pack',
          hasElementInstanceIncident: true,
          incidentErrorHashCode: 77,
        },
        reason: 'มีกล่องแล้ว',
      },
    ]);
  });

  it('tries one again, with a try more for a job that has none left; or asks where a second person is needed', async () => {
    const calls = serve(
      office({
        'PATCH /jobs/50': new Reply(204),
        'POST /incidents/40/resolution': problem(409, { code: 'second-person-needed' }),
        'POST /interventions': new Reply(201, {}),
      }),
    );
    const { user } = renderPage(<CausePage />, one);
    await user.click(await screen.findByRole('button', { name: /^ลองอีกครั้ง.*ทส ๑\/๒๕๖๙/ }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('เหตุผล'), 'มีกล่องแล้ว');
    await user.click(dialog.getByRole('button', { name: /^ลองอีกครั้ง/ }));
    await screen.findByText('ส่งคำขอแล้ว รอผู้อนุมัติ');
    expect(sent(calls, '/jobs/50')).toEqual([{ changeset: { retries: 1 } }]);
    expect(sent(calls, '/interventions')).toEqual([{ kind: 'resolve', key: '40', request: { reason: 'มีกล่องแล้ว' } }]);
  });

  it('lets those do nothing who may not, and says that a cause is gone', async () => {
    serve(office({}, []));
    const view = renderPage(<CausePage />, one);
    await screen.findByRole('link', { name: /ทส ๑\/๒๕๖๙/ });
    expect(screen.queryByRole('button', { name: /ลอง/ })).toBeNull();
    view.unmount();
    serve(office({ 'POST /incidents/statistics/causes': page([]) }));
    renderPage(<CausePage />, one);
    await screen.findByText(/ไม่พบสาเหตุนี้แล้ว/);
  });

  it('offers only single tries where the text is hidden', async () => {
    const hidden = { ...cause, errorMessage: '', errorHashCode: null };
    serve(office({ 'POST /incidents/statistics/causes': page([hidden]) }));
    renderPage(<CausePage />, one);
    await screen.findByText(/ลองใหม่ได้ทีละเรื่องเท่านั้น/);
    screen.getByText(/ชั้นความลับ/);
    expect(screen.queryByRole('button', { name: /ลองใหม่ทุกเรื่อง/ })).toBeNull();
  });
});

describe('the page of jobs', () => {
  const place = { pattern: '/jobs', at: '/jobs?state=FAILED' };

  it('tells type, state, worker and why; and changes the tries left, within bounds', async () => {
    const calls = serve(office({ 'PATCH /jobs/50': new Reply(204) }));
    const { user, container } = renderPage(<JobsPage />, place);
    await screen.findByText('pack');
    screen.getByText(/ลองได้อีก ๐ ครั้ง · ทำโดย packer/);
    await expectAccessible(container);
    expect(sent(calls, '/jobs/search')).toMatchObject([{ filter: { state: 'FAILED' } }]);
    await user.click(screen.getByRole('button', { name: /^เปลี่ยนจำนวนครั้ง/ }));
    const dialog = within(await screen.findByRole('dialog'));
    const field = dialog.getByLabelText('จำนวนครั้งที่ลองได้');
    await user.clear(field);
    await user.type(field, '0{Enter}');
    await dialog.findByText(/จำนวนเต็มตั้งแต่ ๑/);
    await user.clear(field);
    await user.type(field, '3{Enter}');
    await screen.findByText('เปลี่ยนจำนวนครั้งแล้ว');
    expect(sent(calls, '/jobs/50')).toEqual([{ changeset: { retries: 3 } }]);
  });

  it('lets auditors change nothing, and finds by a part of the type', async () => {
    const calls = serve(office({}, []));
    const { user } = renderPage(<JobsPage />, { ...place, language: 'en' });
    await screen.findByText('pack');
    expect(screen.queryByRole('button', { name: /Change/ })).toBeNull();
    await user.type(screen.getByLabelText('Type of job'), 'a*{Enter}');
    await vi.waitFor(() =>
      expect(sent(calls, '/jobs/search').at(-1)).toMatchObject({ filter: { type: { $like: '*a\\**' } } }),
    );
  });
});
