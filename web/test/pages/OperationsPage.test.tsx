import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import OperationPage from '../../src/pages/operations/OperationPage';
import OperationsPage from '../../src/pages/operations/OperationsPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

const place = { pattern: '/operations', at: '/operations' };
const one = { pattern: '/operations/:key', at: '/operations/5' };
const running = {
  batchOperationKey: '5',
  batchOperationType: 'RESOLVE_INCIDENT',
  state: 'ACTIVE',
  startDate: '2026-04-10T09:00:00.000Z',
  endDate: null,
  actorType: 'USER',
  actorId: 'dpo1',
  operationsTotalCount: 4,
  operationsFailedCount: 0,
  operationsCompletedCount: 1,
  errors: [],
  reason: 'ระบบทะเบียนกลับมาใช้ได้แล้ว',
};
const item = {
  batchOperationKey: '5',
  itemKey: '300',
  processInstanceKey: '300',
  rootProcessInstanceKey: '300',
  businessId: 'ทส ๑/๒๕๖๙',
  operationType: 'RESOLVE_INCIDENT',
  state: 'FAILED',
  processedDate: '2026-04-10T09:00:05.000Z',
  errorMessage: 'second-person-needed: kind',
};

function operations(more: Routes = {}, roles: string[] = ['process-owner']): Routes {
  return {
    'GET /authentication/me': { ...me, roles },
    'GET /batch-operations/5': running,
    'POST /batch-operations/search': page([running]),
    'POST /batch-operation-items/search': page([item]),
    ...more,
  };
}

const asked = (calls: Call[], path: string) => calls.filter((call) => call.path === path).map(({ body }) => body);

afterEach(() => {
  vi.useRealTimers();
});

describe('the page of operations', () => {
  it('tells who began what and why, and how far it is; and grows on while it goes on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const ended = { ...running, state: 'PARTIALLY_COMPLETED', operationsCompletedCount: 3, operationsFailedCount: 1 };
    const calls = serve(operations({ 'GET /batch-operations/5': ended }));
    const { container } = renderPage(<OperationsPage />, place);
    const bar = await screen.findByRole('progressbar', { name: 'ความคืบหน้า' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    screen.getByText('เหตุผล: ระบบทะเบียนกลับมาใช้ได้แล้ว');
    screen.getByText(/สั่งโดย dpo1/);
    await expectAccessible(container);
    act(() => void vi.advanceTimersByTime(2_000));
    await screen.findByText('เสร็จ ๓ จาก ๔ เรื่อง ไม่สำเร็จ ๑ เรื่อง');
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
    act(() => void vi.advanceTimersByTime(20_000));
    expect(calls.filter((call) => call.path === '/batch-operations/5')).toHaveLength(1);
  });

  it('is held, gone on with and called off by keyboard', async () => {
    const states = ['SUSPENDED', 'ACTIVE', 'CANCELED'];
    const calls = serve(
      operations({
        'GET /batch-operations/5': () => ({ ...running, state: states.shift() }),
        'POST /batch-operations/5/suspension': new Reply(204),
        'POST /batch-operations/5/resumption': new Reply(204),
        'POST /batch-operations/5/cancellation': new Reply(204),
      }),
    );
    const { user } = renderPage(<OperationsPage />, place);
    const press = async (name: string, within_: { getByRole: typeof screen.getByRole } = screen) => {
      act(() => within_.getByRole('button', { name }).focus());
      await user.keyboard('{Enter}');
    };
    await screen.findByText('กำลังทำ', { selector: '.badge' });
    await press('พักไว้: ลองขั้นตอนที่ขัดข้องอีกครั้ง');
    await screen.findByText('พักไว้แล้ว จะไม่เริ่มเรื่องต่อไป');
    await screen.findByText('พักไว้', { selector: '.badge' });
    await press('ทำต่อ: ลองขั้นตอนที่ขัดข้องอีกครั้ง');
    await screen.findByText('กำลังทำ', { selector: '.badge' });
    await press('ยกเลิก: ลองขั้นตอนที่ขัดข้องอีกครั้ง');
    const dialog = await screen.findByRole('dialog');
    within(dialog).getByText(/ไม่ย้อนกลับ/);
    await user.click(within(dialog).getAllByRole('button', { name: 'ยกเลิก' })[0] as HTMLElement);
    await screen.findByText('ยกเลิกแล้ว', { selector: '.badge' });
    expect(calls.filter((call) => call.path.startsWith('/batch-operations/5/')).map((call) => call.path)).toEqual([
      '/batch-operations/5/suspension',
      '/batch-operations/5/resumption',
      '/batch-operations/5/cancellation',
    ]);
  });

  it('says what stood in the way of holding it', async () => {
    serve(
      operations({
        'POST /batch-operations/5/suspension': problem(409, { code: 'x', th: 'การดำเนินการนี้สิ้นสุดแล้ว', en: 'over' }),
      }),
    );
    const { user } = renderPage(<OperationsPage />, place);
    await user.click(await screen.findByRole('button', { name: /^พักไว้/ }));
    await screen.findByText('การดำเนินการนี้สิ้นสุดแล้ว');
  });

  it('leaves the operations of others alone, unless one is an administrator', async () => {
    const another = { ...running, actorId: 'owner2' };
    serve(operations({ 'POST /batch-operations/search': page([another]) }, ['auditor']));
    const view = renderPage(<OperationsPage />, place);
    await screen.findByText('กำลังทำ', { selector: '.badge' });
    expect(screen.queryByRole('button')).toBeNull();
    view.unmount();
    serve(operations({ 'POST /batch-operations/search': page([another]) }, ['administrator']));
    renderPage(<OperationsPage />, place);
    await screen.findByRole('button', { name: /^พักไว้/ });
  });

  it('narrows the list in its address, and says in English that there is nothing', async () => {
    const calls = serve(operations({ 'POST /batch-operations/search': page([]) }));
    const { user, router } = renderPage(<OperationsPage />, { ...place, language: 'en' });
    await screen.findByText(/There has been no operation yet/);
    await user.selectOptions(screen.getByLabelText('State'), 'open');
    await user.selectOptions(screen.getByLabelText('What is done'), 'MIGRATE_PROCESS_INSTANCE');
    await screen.findByText(/There is nothing of this kind/);
    expect(router.state.location.search).toBe('?state=open&type=MIGRATE_PROCESS_INSTANCE');
    expect(asked(calls, '/batch-operations/search').at(-1)).toMatchObject({
      filter: { state: { $in: ['CREATED', 'ACTIVE', 'SUSPENDED'] }, operationType: 'MIGRATE_PROCESS_INSTANCE' },
    });
  });
});

describe('the page of one operation', () => {
  it('shows its cases, and those that failed alone, with the reason in words', async () => {
    const calls = serve(operations({ 'GET /batch-operations/5': { ...running, state: 'FAILED' } }));
    const { user, container } = renderPage(<OperationPage />, one);
    const list = within(await screen.findByRole('list', { name: 'ผลของแต่ละเรื่อง' }));
    expect(list.getByRole('link', { name: /ทส ๑\/๒๕๖๙/ }).getAttribute('href')).toBe('/cases/300');
    list.getByText('ไม่สำเร็จ');
    await user.selectOptions(screen.getByLabelText('ผล'), 'FAILED');
    await screen.findByRole('list', { name: 'ผลของแต่ละเรื่อง' });
    expect(asked(calls, '/batch-operation-items/search').at(-1)).toMatchObject({
      filter: { batchOperationKey: '5', state: 'FAILED' },
    });
    await expectAccessible(container);
  });

  it('says why the cases could not be looked for, and that an operation is not there', async () => {
    const errors = [{ type: 'RESULT_BUFFER_SIZE_EXCEEDED', message: 'more than 50000' }];
    serve(operations({ 'GET /batch-operations/5': { ...running, state: 'FAILED', errors } }));
    const view = renderPage(<OperationPage />, one);
    await screen.findByText(/พบเรื่องมากเกินกว่าจะทำในครั้งเดียว/);
    view.unmount();
    serve(operations({ 'GET /batch-operations/5': problem(404) }));
    renderPage(<OperationPage />, one);
    await screen.findByRole('alert');
  });
});
