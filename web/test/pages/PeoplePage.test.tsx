import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import GroupPage from '../../src/pages/groups/GroupPage';
import GroupsPage from '../../src/pages/groups/GroupsPage';
import PeoplePage from '../../src/pages/people/PeoplePage';
import RolesPage from '../../src/pages/roles/RolesPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Routes } from '../server';

const place = { pattern: '/people', at: '/people' };
const clerks = { groupId: 'clerks', name: 'กลุ่มธุรการ', nameEn: 'Clerks', kind: 'unit', parent: null, headOf: null };
const ann = {
  username: 'ann',
  name: 'แอน ตัวอย่าง',
  email: 'ann@example.go.th',
  active: true,
  clearance: 'SECRET',
  hasPassword: true,
  hasSecondFactor: false,
  oneTimeUntil: null,
  lockedUntil: null,
};

function people(more: Routes = {}): Routes {
  return {
    'GET /authentication/me': { ...me, roles: ['administrator'] },
    'POST /accounts/search': page([ann]),
    'POST /groups/search': page([clerks]),
    'POST /users/search': page([{ username: 'ben', name: 'เบน' }]),
    ...more,
  };
}

const searched = (calls: { path: string; body: unknown }[]) =>
  calls.filter(({ path }) => path === '/accounts/search').map(({ body }) => (body as { filter: unknown }).filter);

describe('the page of people', () => {
  it('finds people by name, state, role and group, and leads to each', async () => {
    const calls = serve(people());
    const { user, container } = renderPage(<PeoplePage />, place);
    const link = await screen.findByRole('link', { name: 'แอน ตัวอย่าง' });
    expect(link.getAttribute('href')).toBe('/people/accounts/ann');
    screen.getByText('ลับมาก');
    await expectAccessible(container);
    await user.selectOptions(screen.getByLabelText('สถานะบัญชี'), 'ปิดใช้แล้ว');
    await user.selectOptions(screen.getByLabelText('บทบาท'), 'ผู้ตรวจสอบ');
    await screen.findByRole('option', { name: 'กลุ่มธุรการ' });
    await user.selectOptions(screen.getByLabelText('กลุ่ม'), 'กลุ่มธุรการ');
    await user.type(screen.getByLabelText('ค้นหาบุคคล'), 'แอน*{Enter}');
    await screen.findByRole('link', { name: 'แอน ตัวอย่าง' });
    expect(searched(calls).at(-1)).toEqual({
      $or: [{ name: { $like: '*แอน\\**' } }, { username: { $like: '*แอน\\**' } }],
      active: false,
      role: 'auditor',
      groupId: 'clerks',
    });
  });

  it('says when nobody fits, and when the list cannot be read', async () => {
    serve(people({ 'POST /accounts/search': page([]) }));
    renderPage(<PeoplePage />, { ...place, language: 'en' });
    await screen.findByText('Nobody fits these conditions');
    serve(people({ 'POST /accounts/search': problem(503) }));
    renderPage(<PeoplePage />, { ...place, at: '/people' });
    await screen.findByRole('alert');
  });

  it('adds a person by keyboard; the password for one use is shown once, what was refused where it was asked', async () => {
    const answers = [
      problem(409, { code: 'already-exists', th: 'มีข้อมูลนี้อยู่แล้ว', en: 'x' }),
      new Reply(201, { username: 'dan', oneTimePassword: 'abcd-efgh-jkmn-pqrs' }),
    ];
    const calls = serve(people({ 'POST /accounts': () => answers.shift() }));
    const { user, container } = renderPage(<PeoplePage />, place);
    await screen.findByRole('link', { name: 'แอน ตัวอย่าง' });
    screen.getByRole('button', { name: 'เพิ่มบุคคล' }).focus();
    await user.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'เพิ่มบุคคล' }));
    await dialog.findByText('โปรดกรอกข้อมูลให้ครบ');
    await user.type(dialog.getByLabelText('ชื่อผู้ใช้'), 'dan');
    await user.type(dialog.getByLabelText('ชื่อ'), 'แดน{Enter}');
    expect((await dialog.findByText('มีข้อมูลนี้อยู่แล้ว')).getAttribute('role')).toBe('alert');
    await user.click(dialog.getByRole('button', { name: 'เพิ่มบุคคล' }));
    await screen.findByText('abcd-efgh-jkmn-pqrs');
    expect(screen.getByRole('link', { name: 'เปิดหน้าของ dan' }).getAttribute('href')).toBe('/people/accounts/dan');
    await expectAccessible(container);
    expect(calls.findLast(({ path }) => path === '/accounts')?.body).toEqual({
      username: 'dan',
      name: 'แดน',
      email: null,
      groups: [],
      withPassword: true,
    });
    await user.click(screen.getByRole('button', { name: 'ปิด' }));
    expect(screen.queryByText('abcd-efgh-jkmn-pqrs')).toBeNull();
  });
});

describe('the pages of groups and roles', () => {
  it('lists groups by kind', async () => {
    const calls = serve(people());
    const { user, container } = renderPage(<GroupsPage />, { pattern: '/people/groups', at: '/people/groups' });
    await screen.findByRole('link', { name: 'กลุ่มธุรการ' });
    await user.selectOptions(screen.getByLabelText('ประเภท'), 'คณะกรรมการ');
    await screen.findByRole('link', { name: 'กลุ่มธุรการ' });
    const last = calls.findLast(({ path }) => path === '/groups/search')?.body as { filter: unknown };
    expect(last.filter).toEqual({ kind: 'committee' });
    await expectAccessible(container);
  });

  it('shows the members of a group and takes somebody in', async () => {
    const calls = serve(people({ 'PUT /accounts/ben/groups/clerks': new Reply(204) }));
    const at = { pattern: '/people/groups/:group', at: '/people/groups/clerks' };
    const { user, container } = renderPage(<GroupPage />, at);
    await screen.findByRole('link', { name: 'แอน ตัวอย่าง' });
    await user.type(screen.getByLabelText('บุคคล'), 'เบน');
    await user.click(await screen.findByRole('option', { name: /เบน/ }));
    await user.click(screen.getByRole('button', { name: 'เพิ่มสมาชิก' }));
    await screen.findByText('เพิ่มเข้ากลุ่มแล้ว');
    expect(calls.some(({ method, path }) => method === 'PUT' && path === '/accounts/ben/groups/clerks')).toBe(true);
    await expectAccessible(container);
  });

  it('says that there is no such group', async () => {
    serve(people({ 'POST /groups/search': page([]) }));
    renderPage(<GroupPage />, { pattern: '/people/groups/:group', at: '/people/groups/x', language: 'en' });
    await screen.findByText('There is no such group');
  });

  it('tells what each role gives and who has it', async () => {
    const items = [
      { role: 'administrator', accounts: 2, permissions: ['people:manage', 'a-new:permission'] },
      { role: 'staff', accounts: 9, permissions: [] },
    ];
    serve(people({ 'GET /roles': { items } }));
    const { user, container } = renderPage(<RolesPage />, { pattern: '/', at: '/', language: 'en' });
    const role = within(await screen.findByRole('region', { name: 'Administrator' }));
    const link = role.getByRole('link', { name: 'People with this role: 2' });
    expect(link.getAttribute('href')).toBe('/people?role=administrator');
    await user.click(role.getByText('What this role may do (2)'));
    role.getByText('Manage people and permissions');
    expect(role.getAllByText('a-new:permission', { exact: false })).not.toEqual([]);
    await expectAccessible(container);
  });
});
