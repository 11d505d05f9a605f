import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import AccountPage from '../../src/pages/account/AccountPage';
import PersonPage from '../../src/pages/person/PersonPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

const place = { pattern: '/people/accounts/:username', at: '/people/accounts/ann' };
const token = {
  tokenId: 't1',
  name: 'ระบบสารบรรณ',
  permissions: ['job:work'],
  madeAt: '',
  expiresAt: null,
  revokedAt: null,
};
const ann = {
  username: 'ann',
  rev: 3,
  name: 'แอน ตัวอย่าง',
  email: null,
  active: true,
  clearance: 'NORMAL',
  hasPassword: true,
  hasSecondFactor: true,
  oneTimeUntil: null,
  lockedUntil: null,
  groups: [{ groupId: 'clerks', name: 'กลุ่มธุรการ', nameEn: 'Clerks', kind: 'unit' }],
  roles: [{ role: 'process-owner', processDefinitionId: 'room' }],
  issuers: [],
  openTasks: 2,
  permissions: [
    { permission: 'process-instance:create', reasons: [{ kind: 'role', name: 'staff' }] },
    { permission: 'deployment:create', reasons: [{ kind: 'process', name: 'room' }] },
    { permission: 'user-task:complete', reasons: [{ kind: 'relation', name: 'assignee' }] },
  ],
};

function person(more: Routes = {}, username = 'admin'): Routes {
  return {
    'GET /authentication/me': { ...me, username, roles: ['administrator'] },
    'GET /accounts/ann': ann,
    'GET /users/ann/sessions': { items: [] },
    'GET /users/ann/tokens': { items: [token] },
    'GET /users/ann/clients': { items: [] },
    'POST /substitutions/search': page([]),
    'POST /process-definitions/search': page([]),
    'POST /groups/search': page([{ groupId: 'panel', name: 'คณะกรรมการ', nameEn: 'Panel' }]),
    'POST /users/search': page([{ username: 'ben', name: 'เบน' }]),
    ...more,
  };
}

const part = (name: string) => within(screen.getByRole('region', { name }));
const changes = (calls: { method: string; path: string; body: unknown }[]) =>
  calls
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'))
    .map(({ method, path, body }) => [method, path, body]);

describe('the page of a person', () => {
  it('tells what the account may do and why', async () => {
    serve(person());
    const { user, container } = renderPage(<PersonPage />, { ...place, language: 'en' });
    await screen.findByRole('heading', { level: 1, name: 'แอน ตัวอย่าง' });
    const may = part('What this account may do, and why');
    await user.click(may.getByText('Show all that it may (3)'));
    may.getByText('role: Staff');
    may.getByText('owns the process room');
    may.getByText('only tasks that one has claimed');
    await screen.findByText('ระบบสารบรรณ');
    await expectAccessible(container);
  });

  it('gives and takes groups, roles and the clearance', async () => {
    const calls = serve(
      person({
        'PUT /accounts/ann/groups/panel': new Reply(204),
        'DELETE /accounts/ann/groups/clerks': new Reply(204),
        'POST /accounts/ann/roles/grant': new Reply(204),
        'POST /accounts/ann/roles/revocation': problem(409, {
          code: 'last-administrator',
          th: 'จะไม่มีผู้ดูแลระบบเหลืออยู่',
          en: 'x',
        }),
        'PUT /users/ann/clearance': new Reply(204),
      }),
    );
    const { user } = renderPage(<PersonPage />, place);
    await screen.findByRole('option', { name: 'คณะกรรมการ' });
    const groups = part('สังกัดและตำแหน่ง');
    await user.selectOptions(groups.getByLabelText('เพิ่มเข้ากลุ่ม'), 'คณะกรรมการ');
    await user.click(groups.getByRole('button', { name: 'เพิ่มเข้ากลุ่ม' }));
    await screen.findByText('เพิ่มเข้ากลุ่มแล้ว');
    await user.click(groups.getByRole('button', { name: 'นำออก: กลุ่มธุรการ' }));
    await screen.findByText('นำออกจากกลุ่มแล้ว');
    const roles = part('บทบาท');
    await user.selectOptions(roles.getByRole('combobox', { name: 'บทบาท' }), 'เจ้าของกระบวนงาน');
    await user.click(roles.getByRole('button', { name: 'ให้บทบาท' }));
    await screen.findByText('ให้บทบาทแล้ว');
    await user.click(roles.getByRole('button', { name: /^นำออก: เจ้าของกระบวนงาน/ }));
    await screen.findByText('จะไม่มีผู้ดูแลระบบเหลืออยู่');
    await user.selectOptions(screen.getByLabelText('ชั้นความลับที่เข้าถึงได้'), 'ลับ');
    expect(changes(calls)).toHaveLength(4); // the arrow keys pass over classes that are not meant
    await user.click(screen.getByRole('button', { name: 'บันทึก: ชั้นความลับที่เข้าถึงได้' }));
    await screen.findByText('บันทึกแล้ว');
    expect(changes(calls)).toEqual([
      ['PUT', '/accounts/ann/groups/panel', undefined],
      ['DELETE', '/accounts/ann/groups/clerks', undefined],
      ['POST', '/accounts/ann/roles/grant', { role: 'process-owner', processDefinitionId: '*' }],
      ['POST', '/accounts/ann/roles/revocation', { role: 'process-owner', processDefinitionId: 'room' }],
      ['PUT', '/users/ann/clearance', { clearance: 'CONFIDENTIAL' }],
    ]);
  });

  it('keeps what was typed when somebody else changed the account, and shows what is there now', async () => {
    let account = ann;
    const calls = serve(
      person({
        'GET /accounts/ann': () => account,
        'PATCH /accounts/ann': ({ headers }: Call) =>
          headers.get('If-Match') === `"${account.rev}"` ? new Reply(204) : problem(409, { code: 'stale-revision' }),
      }),
    );
    const { user, container } = renderPage(<PersonPage />, place);
    await user.click(await screen.findByRole('button', { name: 'แก้ไขชื่อและอีเมล' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.clear(dialog.getByLabelText('ชื่อ'));
    await user.type(dialog.getByLabelText('ชื่อ'), 'แอน ใหม่');
    account = { ...ann, rev: 4, name: 'แอน ของผู้อื่น' };
    await user.keyboard('{Enter}');
    await dialog.findByText('ค่าล่าสุดในระบบ: แอน ของผู้อื่น');
    expect(dialog.getByLabelText('ชื่อ')).toHaveProperty('value', 'แอน ใหม่');
    expect(dialog.getByRole('alert').textContent).toContain('มีผู้อื่นแก้ไขบัญชีนี้');
    await expectAccessible(container);
    await user.click(dialog.getByRole('button', { name: 'บันทึก' }));
    await screen.findByText('บันทึกแล้ว');
    const sent = calls.filter(({ method }) => method === 'PATCH');
    expect(sent.map(({ headers }) => headers.get('If-Match'))).toEqual(['"3"', '"4"']);
  });

  it('makes a password for one use, resets the second factor and revokes a token, each after asking', async () => {
    const calls = serve(
      person({
        'POST /accounts/ann/one-time-password': new Reply(201, { oneTimePassword: 'abcd-efgh-jkmn-pqrs' }),
        'DELETE /users/ann/second-factor': new Reply(204),
        'DELETE /tokens/t1': new Reply(204),
        'PATCH /accounts/ann': new Reply(204),
      }),
    );
    const { user, container } = renderPage(<PersonPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ออกรหัสผ่านใช้ครั้งเดียว' }));
    const dialog = () => within(screen.getByRole('dialog'));
    await user.click(dialog().getByRole('button', { name: 'ออกรหัสผ่านใช้ครั้งเดียว' }));
    await screen.findByText('abcd-efgh-jkmn-pqrs');
    await user.click(screen.getByRole('button', { name: 'ล้างการยืนยันตัวตนขั้นที่สอง' }));
    await user.click(dialog().getByRole('button', { name: 'ล้างการยืนยันตัวตนขั้นที่สอง' }));
    await screen.findByText('ล้างการยืนยันตัวตนขั้นที่สองแล้ว');
    await user.click(await screen.findByRole('button', { name: 'เพิกถอน: ระบบสารบรรณ' }));
    await user.click(screen.getByRole('button', { name: 'แก้ไขชื่อและอีเมล' }));
    await user.type(dialog().getByLabelText('อีเมล'), 'ann@example.go.th');
    await user.click(dialog().getByRole('button', { name: 'บันทึก' }));
    await screen.findByText('บันทึกแล้ว');
    await expectAccessible(container);
    expect(changes(calls)).toEqual([
      ['POST', '/accounts/ann/one-time-password', {}],
      ['DELETE', '/users/ann/second-factor', undefined],
      ['DELETE', '/tokens/t1', undefined],
      ['PATCH', '/accounts/ann', { name: 'แอน ตัวอย่าง', email: 'ann@example.go.th' }],
    ]);
  });

  it('hands over the tasks of a leaver before the account is deactivated, and stops where one is refused', async () => {
    const handed = [
      { handedOver: 1, refused: [{ userTaskKey: '5', code: 'x', th: 'ห้ามทำเอง', en: 'x' }], hasMore: false },
      { handedOver: 1, refused: [], hasMore: true },
      { handedOver: 1, refused: [], hasMore: false },
    ];
    const calls = serve(
      person({
        'POST /users/ann/hand-over': () => handed.shift(),
        'POST /accounts/ann/deactivation': { openTasks: 0 },
      }),
    );
    const { user } = renderPage(<PersonPage />, place);
    await user.click(await screen.findByRole('button', { name: 'ปิดใช้บัญชี' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByLabelText('ส่งมอบงานที่รับไว้ ๒ รายการให้'), 'เบน');
    await user.click(await screen.findByRole('option', { name: /เบน/ }));
    await user.type(dialog.getByLabelText('เหตุผล'), 'เกษียณอายุ');
    await user.click(dialog.getByRole('button', { name: 'ปิดใช้บัญชี' }));
    await dialog.findByText(/ส่งมอบไม่ได้ ๑ รายการ .*ห้ามทำเอง/);
    expect(changes(calls)).toHaveLength(1);
    await user.click(dialog.getByRole('button', { name: 'ปิดใช้บัญชี' }));
    await screen.findByText('ปิดใช้บัญชีแล้ว');
    const body = { to: 'ben', reason: 'เกษียณอายุ' };
    expect(changes(calls).slice(1)).toEqual([
      ['POST', '/users/ann/hand-over', body],
      ['POST', '/users/ann/hand-over', body],
      ['POST', '/accounts/ann/deactivation', { reason: 'เกษียณอายุ' }],
    ]);
  });

  it('activates an account again', async () => {
    const calls = serve(
      person({ 'GET /accounts/ann': { ...ann, active: false }, 'POST /accounts/ann/activation': new Reply(204) }),
    );
    const { user } = renderPage(<PersonPage />, { ...place, language: 'en' });
    await user.click(await screen.findByRole('button', { name: 'Activate the account again' }));
    await screen.findByText('The account is active again.');
    expect(changes(calls)).toEqual([['POST', '/accounts/ann/activation', undefined]]);
  });

  it('changes nothing about the own account but name and address', async () => {
    serve(person({}, 'ann'));
    renderPage(<PersonPage />, place);
    await screen.findByText(/นี่คือบัญชีของคุณเอง/);
    for (const name of ['ให้บทบาท', 'เพิ่มเข้ากลุ่ม', 'ออกรหัสผ่านใช้ครั้งเดียว', 'ปิดใช้บัญชี'])
      expect(screen.queryByRole('button', { name })).toBeNull();
    screen.getByRole('button', { name: 'แก้ไขชื่อและอีเมล' });
  });

  it('says that there is no such account', async () => {
    serve(person({ 'GET /accounts/ann': problem(404, { code: 'not-found', th: 'ไม่พบข้อมูล', en: 'x' }) }));
    renderPage(<PersonPage />, place);
    expect((await screen.findByRole('alert')).textContent).toContain('ไม่พบ');
  });
});

describe('a password for one use', () => {
  it('lets its owner do nothing but choose another one', async () => {
    let required = true;
    serve({
      'GET /authentication/me': () => ({ ...me, passwordChangeRequired: required }),
      'PUT /authentication/me/password': () => {
        required = false;
        return new Reply(204);
      },
    });
    const { user, container } = renderPage(<AccountPage />, { pattern: '/', at: '/' });
    await screen.findByText(/รหัสผ่านนี้ใช้ได้ครั้งเดียว/);
    expect(screen.getAllByRole('region')).toHaveLength(1);
    await expectAccessible(container);
    await user.type(screen.getByLabelText('รหัสผ่านปัจจุบัน'), 'abcd-efgh-jkmn-pqrs');
    await user.type(screen.getByLabelText('รหัสผ่านใหม่'), 'a quiet river 7');
    await user.type(screen.getByLabelText('รหัสผ่านใหม่อีกครั้ง'), 'a quiet river 7{Enter}');
    await screen.findByRole('heading', { name: 'โทเคนสำหรับโปรแกรม' }).catch(() => undefined);
    expect(screen.queryByText(/รหัสผ่านนี้ใช้ได้ครั้งเดียว/)).toBeNull();
  });
});
