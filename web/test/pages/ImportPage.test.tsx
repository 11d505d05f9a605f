import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import ImportPage from '../../src/pages/import/ImportPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve, type Routes } from '../server';

const place = { pattern: '/people/import', at: '/people/import' };
const told = {
  groups: { added: ['panel'], changed: [] },
  added: [{ account: 'dan', name: 'แดน', clearance: 'secret', groups: { added: ['panel'], removed: [] } }],
  changed: [{ account: 'ann', email: '', active: true, roles: { added: [], removed: ['auditor'] } }],
  missing: [{ account: 'ben', name: 'เบน', openTasks: ['1', '2'] }],
  deactivated: false,
  digest: 'd1',
};
const same = { ...told, groups: { added: [], changed: [] }, added: [], changed: [] };
const files = ['groups.csv', 'people.csv'].map((name) => new File(['x'], name, { type: 'text/csv' }));

function open(more: Routes, language: 'th' | 'en' = 'th') {
  const calls = serve({ 'GET /authentication/me': { ...me, roles: ['administrator'] }, ...more });
  return { calls, ...renderPage(<ImportPage />, { ...place, language }) };
}

async function choose({ user, container }: ReturnType<typeof open>, button: string) {
  await screen.findByRole('heading', { level: 1 });
  await user.upload(container.querySelector('input[type=file]') as HTMLInputElement, files);
  await user.click(screen.getByRole('button', { name: button }));
}

describe('importing people', () => {
  it('shows what would change before anything is done, and does just that', async () => {
    const page = open({ 'POST /people-imports/preview': told, 'POST /people-imports': { ...told, deactivated: true } });
    await choose(page, 'ดูว่าจะเปลี่ยนอะไร');
    const shown = within(await screen.findByRole('region', { name: 'สิ่งที่จะเปลี่ยน' }));
    shown.getByText('กลุ่มใหม่ ๑ กลุ่ม เปลี่ยน ๐ กลุ่ม');
    shown.getByText('ชื่อ: แดน · ชั้นความลับที่เข้าถึงได้: ลับมาก · หน่วยงานและกลุ่ม: + panel');
    shown.getByText('อีเมล: – · เปิดใช้อีกครั้ง · บทบาท: − auditor');
    shown.getByText('ไม่อยู่ในไฟล์ คงไว้ตามเดิม (๑)');
    await expectAccessible(page.container);
    expect(page.calls.some(({ path }) => path === '/people-imports')).toBe(false);
    await page.user.click(shown.getByRole('button', { name: 'นำเข้าตามนี้' }));
    await screen.findByText(/เพิ่ม ๑ คน เปลี่ยน ๑ คน ปิดใช้ ๑ คน/);
    expect(screen.queryByRole('button', { name: 'นำเข้าตามนี้' })).toBeNull();
  });

  it('forgets what was shown when something else is chosen', async () => {
    const page = open({ 'POST /people-imports/preview': told }, 'en');
    await choose(page, 'See what would change');
    await screen.findByRole('button', { name: 'Import this' });
    await page.user.click(screen.getByRole('checkbox', { name: 'Deactivate who is not in the file' }));
    expect(screen.queryByRole('button', { name: 'Import this' })).toBeNull();
  });

  it('has nothing to do where nothing is different', async () => {
    const page = open({ 'POST /people-imports/preview': same }, 'en');
    await choose(page, 'See what would change');
    await screen.findByText('Nothing is different');
    expect(screen.queryByRole('button', { name: 'Import this' })).toBeNull();
  });

  it('tells each fault with its line, and that accounts changed since the preview', async () => {
    const faults = [{ file: 'people.csv:4', elementId: 'eve', rule: 'organisation', th: 'ไม่มีกลุ่ม ghosts', en: 'x' }];
    const answers = [problem(400, { code: 'import-refused', faults }), told];
    const page = open({
      'POST /people-imports/preview': () => answers.shift(),
      'POST /people-imports': problem(409, { code: 'import-changed', th: 'ข้อมูลเปลี่ยนไป โปรดดูตัวอย่างใหม่', en: 'x' }),
    });
    await choose(page, 'ดูว่าจะเปลี่ยนอะไร');
    const alert = within(await screen.findByRole('alert'));
    alert.getByText('people.csv:4');
    alert.getByText(/ไม่มีกลุ่ม ghosts/);
    await expectAccessible(page.container);
    await page.user.click(screen.getByRole('button', { name: 'ดูว่าจะเปลี่ยนอะไร' }));
    await page.user.click(await screen.findByRole('button', { name: 'นำเข้าตามนี้' }));
    expect((await screen.findByRole('alert')).textContent).toContain('โปรดดูตัวอย่างใหม่');
    expect(screen.queryByRole('button', { name: 'นำเข้าตามนี้' })).toBeNull();
  });
});
