import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import ClocksPage from '../../src/pages/clocks/ClocksPage';
import { deadline, me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, serve, type Call, type Routes } from '../server';

const asked = (calls: Call[], path: string) => calls.filter((call) => call.path === path).map(({ body }) => body);
const place = { pattern: '/clocks', at: '/clocks' };

function register(routes: Routes = {}) {
  return serve({
    'GET /authentication/me': me,
    'POST /deadlines/search': page([
      deadline({ businessId: 'กษ 12', ownerUnit: 'agri_data_group' }),
      deadline({ deadlineKey: '6', processInstanceKey: '301', state: 'KEPT', stoppedAt: '2026-04-12T09:00:00.000Z' }),
    ]),
    'POST /deadlines/statistics': {
      items: [
        { state: 'RUNNING', open: true, count: 12 },
        { state: 'KEPT', open: false, count: 3 },
      ],
    },
    'POST /process-definitions/search': page([{ processDefinitionId: 'p', name: 'แจ้งเหตุ', nameEn: 'Notification' }]),
    'POST /groups/search': page([{ groupId: 'agri_data_group', name: 'กลุ่มข้อมูล', nameEn: 'Data group' }]),
    ...routes,
  });
}

describe('the register of deadlines', () => {
  it('counts by state and lists each with its case, what is due first on top', async () => {
    register();
    const { container } = renderPage(<ClocksPage />, place);
    const numbers = await screen.findByRole('navigation', { name: 'จำนวนตามสถานะ' });
    await within(numbers).findByRole('link', { name: '๑๒ กำลังนับเวลา' });
    expect(within(numbers).getByRole('link', { name: '๑๕ ทั้งหมด' })).toBeTruthy();
    const table = await screen.findByRole('table', { name: 'กำหนดเวลา' });
    expect(within(table).getByRole('link', { name: 'กษ 12' }).getAttribute('href')).toBe('/cases/300');
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    await expectAccessible(container);
  });

  it('asks for what the address says', async () => {
    const calls = register();
    const at = '/clocks?state=MISSED&process=p&unit=agri_data_group&kind=statutory&from=2026-04-01&until=2026-04-30';
    renderPage(<ClocksPage />, { pattern: '/clocks', at });
    await screen.findByRole('table', { name: 'กำหนดเวลา' });
    const filter = {
      state: 'MISSED',
      processDefinitionId: 'p',
      ownerUnit: 'agri_data_group',
      kind: 'statutory',
      dueAt: { $gte: '2026-04-01T00:00:00+07:00', $lte: '2026-04-30T23:59:59.999999+07:00' },
    };
    expect(asked(calls, '/deadlines/search')[0]).toMatchObject({ filter, sort: [{ field: 'dueAt' }] });
    expect(asked(calls, '/deadlines/statistics')[0]).toEqual({ filter: { ...filter, state: undefined } });
  });

  it('narrows the list by a choice', async () => {
    const calls = register();
    renderPage(<ClocksPage />, { ...place, language: 'en' });
    await screen.findByRole('option', { name: 'Notification' });
    fireEvent.change(screen.getByLabelText('Process'), { target: { value: 'p' } });
    await waitFor(() =>
      expect(asked(calls, '/deadlines/search').at(-1)).toMatchObject({ filter: { processDefinitionId: 'p' } }),
    );
  });

  it('says that there are none', async () => {
    register({ 'POST /deadlines/search': page([]), 'POST /deadlines/statistics': { items: [] } });
    renderPage(<ClocksPage />, place);
    expect(await screen.findByText('ไม่มีกำหนดเวลาที่ตรงกับเงื่อนไข')).toBeTruthy();
  });
});
