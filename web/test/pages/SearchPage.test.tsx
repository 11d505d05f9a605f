import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import SearchPage from '../../src/pages/search/SearchPage';
import { me, processInstance, userTask } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, serve, type Call, type Routes } from '../server';

const place = { pattern: '/search', at: '/search' };
const asked = (calls: Call[]) =>
  calls
    .filter(({ path }) => path === '/process-instances/search')
    .map(({ body }) => (body as { filter: object }).filter);

function cases(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'GET /authentication/me/saved-searches': { items: [] },
    'POST /process-instances/search': page([
      processInstance({ businessId: 'กษ 12' }),
      processInstance({ processInstanceKey: '301', state: 'COMPLETED', endDate: '2026-04-12T09:00:00.000Z' }),
    ]),
    'POST /user-tasks/search': page([userTask({ assignee: 'ann' })]),
    'POST /process-definitions/search': page([{ processDefinitionId: 'p', name: 'แจ้งเหตุ', nameEn: 'Notification' }]),
    'POST /groups/search': page([{ groupId: 'data', name: 'กลุ่มข้อมูล', nameEn: 'Data group' }]),
    'POST /users/search': page([{ username: 'ann', name: 'อัญชัน' }]),
    ...routes,
  });
}

describe('the search over all cases', () => {
  it('shows each case with where it stands', async () => {
    const calls = cases();
    const { container } = renderPage(<SearchPage />, place);
    const table = await screen.findByRole('table', { name: 'เรื่องที่พบ' });
    expect(within(table).getByRole('link', { name: 'กษ 12' }).getAttribute('href')).toBe('/cases/300');
    expect(within(table).getByText('ตรวจสอบข้อเท็จจริง')).toBeTruthy();
    expect(await within(table).findByText(/อัญชัน/)).toBeTruthy();
    expect(screen.getByText('พบ ๒ เรื่อง')).toBeTruthy();
    const tasks = calls.find(({ path }) => path === '/user-tasks/search')?.body;
    expect(tasks).toMatchObject({ filter: { processInstanceKey: { $in: ['300'] } } });
    await expectAccessible(container);
  });

  it('asks for what the address says, and tells each condition', async () => {
    const calls = cases();
    const at =
      '/search?words=x&number=a*b&process=p&version=2&state=ACTIVE&unit=data&person=ann&part=DID&from=2026-04-01' +
      '&control=FAILED&deadline=missed&intervention=waive&variable=amount&compare=gt&value=๕๐๐๐';
    renderPage(<SearchPage />, { pattern: '/search', at });
    await screen.findByRole('table', { name: 'เรื่องที่พบ' });
    expect(asked(calls)[0]).toEqual({
      words: 'x',
      businessId: { $like: '*a\\*b*' },
      processDefinitionId: 'p',
      processDefinitionVersion: 2,
      state: 'ACTIVE',
      group: 'data',
      participant: { username: 'ann', as: ['DID'] },
      activeDuring: { from: '2026-04-01T00:00:00+07:00' },
      controlPoint: { state: 'FAILED' },
      deadline: { state: { $in: ['MISSED', 'LATE', 'OUT_OF_TERM'] } },
      intervened: ['waive'],
      variables: [{ name: 'amount', value: { $gt: '5000' } }],
    });
    const conditions = screen.getByRole('list', { name: 'เงื่อนไขที่ใช้อยู่' });
    expect(within(conditions).getAllByRole('listitem')).toHaveLength(12);
    expect(await within(conditions).findByText(/ผู้เกี่ยวข้อง: อัญชัน \(ทำงานเสร็จ\)/)).toBeTruthy();
  });

  it.each([
    ['compare=eq&value=5', { $in: ['5', '"5"'] }],
    ['compare=neq&value=a', { $notIn: ['"a"'] }],
    ['compare=has&value=a*"', { $like: '*a\\*\\\\"*' }],
    ['compare=lte&value=2026-04-01', { $lte: '"2026-04-01"' }],
    ['', { $exists: true }],
  ])('compares data: %s', async (query, value) => {
    const calls = cases();
    renderPage(<SearchPage />, { pattern: '/search', at: `/search?variable=v&${query}` });
    await waitFor(() => expect(asked(calls)[0]).toEqual({ variables: [{ name: 'v', value }] }));
  });

  it('is filled in and sent by keyboard, and asks nothing before', async () => {
    const calls = cases();
    const { user, router } = renderPage(<SearchPage />, { ...place, language: 'en' });
    await screen.findByRole('table', { name: 'Cases found' });
    await user.type(screen.getByLabelText('Words'), '  fire ');
    expect(asked(calls)).toEqual([{}]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked(calls).at(-1)).toEqual({ words: 'fire' }));
    expect(router.state.location.search).toBe('?words=fire');
    screen.getByRole('button', { name: 'Remove the condition Words: fire' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.search).toBe(''));
  });

  it('shows more by the cursor', async () => {
    const many = Array.from({ length: 50 }, (_, n) => processInstance({ processInstanceKey: String(1000 + n) }));
    const calls = cases({
      'POST /process-instances/search': ({ body }: Call) =>
        (body as { page: { after?: string } }).page.after ? page([processInstance()]) : page(many, 'next'),
    });
    const { user } = renderPage(<SearchPage />, place);
    await user.click(await screen.findByRole('button', { name: 'แสดงเพิ่มเติม' }));
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(52));
    expect(JSON.stringify(calls)).toContain('"after":"next"');
  });

  it('says that nothing was found, and what failed with a way to try again', async () => {
    cases({ 'POST /process-instances/search': page([]) });
    const { unmount } = renderPage(<SearchPage />, place);
    expect(await screen.findByText(/ไม่พบเรื่องตามเงื่อนไข/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'ดาวน์โหลดรายการ (CSV)' })).toBeNull();
    unmount();
    cases({ 'POST /process-instances/search': problem(400, { th: 'ค้นหาไม่ได้', en: 'Not possible' }) });
    renderPage(<SearchPage />, place);
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'ลองใหม่' })).toBeTruthy();
  });
});
