import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import HoldsPage from '../../src/pages/privacy/HoldsPage';
import PersonalDataPage from '../../src/pages/privacy/PersonalDataPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

const place = { pattern: '/data-protection', at: '/data-protection' };
const hold = {
  legalHoldKey: '9',
  processInstanceKey: '300',
  rootProcessInstanceKey: '300',
  processDefinitionId: 'room',
  state: 'HOLDS',
  reason: 'ศาลมีคำสั่ง',
  placedBy: 'admin',
  startDate: '2026-04-10T09:00:00.000Z',
  endedBy: null,
  endDate: null,
  endReason: null,
};
const stays = [{ code: 'case-held', th: 'เรื่องถูกสั่งเก็บรักษา', en: 'on legal hold' }];
const inquiry = {
  account: { username: 'ann', stays: [] },
  cases: [
    {
      processInstanceKey: '300',
      processDefinitionId: 'room',
      state: 'COMPLETED',
      about: true,
      fields: ['name'],
      places: ['comment.text'],
      stays,
    },
    {
      processInstanceKey: '301',
      processDefinitionId: 'room',
      state: 'ACTIVE',
      about: false,
      fields: [],
      places: [],
      stays: [],
    },
  ],
  elsewhere: [{ place: 'message.variables', rows: 2 }],
  openEvents: 3,
};

function privacy(more: Routes = {}, roles = ['administrator']): Routes {
  return {
    'GET /authentication/me': { ...me, roles },
    'POST /legal-holds/search': page([hold]),
    'POST /users/search': page([]),
    'POST /personal-data/inquiry': inquiry,
    ...more,
  };
}

const bodies = (calls: { path: string; body: unknown }[], path: string) =>
  calls.filter((call) => call.path === path).map(({ body }) => body);

describe('legal holds', () => {
  it('are listed, narrowed by state, and ended with a reason', async () => {
    const calls = serve(privacy({ 'POST /legal-holds/9/end': new Reply(204) }));
    const { user, container } = renderPage(<HoldsPage />, { ...place, language: 'en' });
    await screen.findByText('ศาลมีคำสั่ง');
    expect(screen.getByRole('link', { name: 'Case 300' }).getAttribute('href')).toBe('/cases/300');
    await expectAccessible(container);
    await user.selectOptions(screen.getByLabelText('State'), 'Holds');
    await user.click(await screen.findByRole('button', { name: 'End it: 300' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('Reason'), 'the trial is over');
    await user.click(dialog.getByRole('button', { name: 'End it' }));
    await screen.findByText('The hold has ended.');
    expect(bodies(calls, '/legal-holds/9/end')).toEqual([{ reason: 'the trial is over' }]);
    expect(bodies(calls, '/legal-holds/search').at(-1)).toMatchObject({ filter: { state: 'HOLDS' } });
  });

  it('are placed on a case by its number, which has to be one case’s', async () => {
    const cases = [[], [{ processInstanceKey: '1' }, { processInstanceKey: '2' }], [{ processInstanceKey: '300' }]];
    const calls = serve(
      privacy({
        'POST /process-instances/search': () => page(cases.shift() ?? []),
        'POST /legal-holds': new Reply(201, { legalHoldKey: '10' }),
      }),
    );
    const { user, container } = renderPage(<HoldsPage />, place);
    await user.click(await screen.findByRole('button', { name: 'สั่งเก็บรักษาเรื่อง' }));
    const dialog = within(screen.getByRole('dialog'));
    const go = () => user.click(dialog.getByRole('button', { name: 'สั่งเก็บรักษาเรื่อง' }));
    await user.type(dialog.getByLabelText('เหตุผล'), 'ศาลมีคำสั่ง');
    await go();
    await dialog.findByText('โปรดกรอกข้อมูลให้ครบ');
    await user.type(dialog.getByLabelText('เลขที่เรื่องหรือรหัสเรื่อง'), 'กษ 1/2569');
    await go();
    await dialog.findByText('ไม่พบเรื่องนี้');
    await go();
    await dialog.findByText(/มีหลายเรื่องที่ใช้เลขที่นี้/);
    await expectAccessible(container);
    await go();
    await screen.findByText('สั่งเก็บรักษาแล้ว');
    expect(bodies(calls, '/process-instances/search')[0]).toMatchObject({
      filter: { $or: [{ businessId: 'กษ 1/2569' }] },
    });
    expect(bodies(calls, '/legal-holds')).toEqual([{ processInstanceKey: '300', reason: 'ศาลมีคำสั่ง' }]);
  });

  it('are only read by auditors', async () => {
    serve(privacy({}, ['auditor']));
    renderPage(<HoldsPage />, place);
    await screen.findByText('ศาลมีคำสั่ง');
    expect(screen.queryAllByRole('button')).toEqual([]);
    expect(screen.queryByRole('link', { name: 'คำขอเกี่ยวกับข้อมูลส่วนบุคคล' })).toBeNull();
  });
});

describe('requests about personal data', () => {
  const find = async (user: ReturnType<typeof renderPage>['user']) => {
    await user.type(await screen.findByLabelText('สิ่งที่ระบุตัวบุคคล'), ' 1101799912345 {Enter}สมมุติ ตัวอย่าง{Enter}');
    await user.click(screen.getByRole('button', { name: 'ค้นหา' }));
    await screen.findByRole('region', { name: 'พบที่ใดบ้าง' });
  };

  it('ask for somebody, and show where the data are and what would stay', async () => {
    const calls = serve(privacy());
    const { user, container } = renderPage(<PersonalDataPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ค้นหา' }));
    await screen.findByText(/โปรดระบุชื่อผู้ใช้/);
    expect(bodies(calls, '/personal-data/inquiry')).toEqual([]);
    await find(user);
    expect(bodies(calls, '/personal-data/inquiry')).toEqual([
      { username: null, identifiers: ['1101799912345', 'สมมุติ ตัวอย่าง'], openCases: false },
    ]);
    const found = within(screen.getByRole('region', { name: 'พบที่ใดบ้าง' }));
    found.getByText('เรื่องถูกสั่งเก็บรักษา');
    found.getByText(/มีชื่อของบัญชีนี้เท่านั้น/);
    found.getByText('message.variables');
    expect(found.getByRole('link', { name: 'แก้ชื่อและอีเมลของบัญชี' }).getAttribute('href')).toBe('/people/accounts/ann');
    await expectAccessible(container);
  });

  it('take a copy out with a reason', async () => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
    const calls = serve(privacy({ 'POST /personal-data/copy': 'PK' }));
    const { user } = renderPage(<PersonalDataPage />, place);
    await find(user);
    await user.click(screen.getByRole('button', { name: 'ทำสำเนาข้อมูล' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('เหตุผล'), 'คำขอ 12/2569');
    await user.click(dialog.getByRole('button', { name: 'ทำสำเนาข้อมูล' }));
    await screen.findByText('บันทึกสำเนาแล้ว');
    expect(bodies(calls, '/personal-data/copy')).toMatchObject([{ username: null, reason: 'คำขอ 12/2569' }]);
  });

  it('erase only after the list was looked through, and tell what was refused', async () => {
    const refused = [{ processInstanceKey: '300', code: 'case-held', th: 'ถูกสั่งเก็บรักษา', en: 'x' }];
    const done = { ...inquiry, erasureKey: '1', erased: ['302'], refused, pseudonym: 'erased-1' };
    const calls = serve(privacy({ 'POST /personal-data/erasure': done }));
    const { user, container } = renderPage(<PersonalDataPage />, place);
    await find(user);
    await user.click(screen.getByRole('button', { name: 'ลบข้อมูล' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('เหตุผล'), 'คำขอ 12/2569');
    await user.click(dialog.getByRole('button', { name: 'ลบข้อมูล' }));
    await dialog.findByText(/โปรดตรวจรายการก่อน/);
    await user.click(dialog.getByRole('checkbox'));
    await user.click(dialog.getByRole('button', { name: 'ลบข้อมูล' }));
    await screen.findByText('ลบแล้วใน ๑ เรื่อง');
    screen.getByText(/ถูกสั่งเก็บรักษา/);
    expect(screen.queryByRole('button', { name: 'ลบข้อมูล' })).toBeNull();
    await expectAccessible(container);
    expect(bodies(calls, '/personal-data/erasure')).toMatchObject([{ openCases: false, reason: 'คำขอ 12/2569' }]);
  });

  it('say why who is not cleared for everything may not look', async () => {
    serve(privacy({ 'POST /personal-data/inquiry': problem(403, { code: 'forbidden', th: 'ไม่มีสิทธิ', en: 'x' }) }));
    const { user } = renderPage(<PersonalDataPage />, place);
    await user.type(await screen.findByLabelText('สิ่งที่ระบุตัวบุคคล'), 'x');
    await user.click(screen.getByRole('button', { name: 'ค้นหา' }));
    await screen.findByRole('alert');
  });
});
