import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import RetentionPage from '../../src/pages/privacy/RetentionPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { serve, type Call } from '../server';

const place = { pattern: '/data-protection/retention', at: '/data-protection/retention' };
const kept = (key: number, held = false) => ({
  processInstanceKey: String(key),
  processDefinitionId: 'permit',
  cases: 2,
  events: 41,
  endDate: '2016-04-10T09:00:00Z',
  keptUntil: '2026-04-10T09:00:00Z',
  held,
});

function show(answer: (call: Call) => unknown, roles = ['auditor']) {
  const calls = serve({ 'GET /authentication/me': { ...me, roles }, 'POST /retention/due': answer });
  return { calls, ...renderPage(<RetentionPage />, place) };
}
const answered = (items: object[], endCursor: string | null = null) => ({
  items,
  page: { totalItems: items.length, hasMoreTotalItems: endCursor !== null, startCursor: null, endCursor },
  defaultPeriod: 'P10Y',
});

describe('the page of cases that were kept long enough', () => {
  it('tells what would go, what stays, and how it is deleted', async () => {
    const { container } = show(() => answered([kept(7), kept(8, true)]));
    const table = within(await screen.findByRole('table', { name: 'เรื่องที่ครบระยะเก็บ' }));
    table.getByText('คงไว้ มีคำสั่งให้เก็บรักษา');
    table.getByText('ลบได้');
    table.getAllByText('๒ เรื่อง รวมเรื่องย่อย ประวัติ ๔๑ รายการ');
    table.getAllByText('สิ้นสุด 10 เม.ย. 2559'.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)] ?? ''));
    expect(table.getAllByRole('link')[0]).toHaveProperty('pathname', '/cases/7');
    screen.getByText(/krabuan retention --carry-out/);
    await expectAccessible(container);
  });

  it('goes on by keyboard where there is more', async () => {
    const many = Array.from({ length: 50 }, (_, at) => kept(at + 1));
    const { user, calls } = show(({ body }) =>
      (body as { page: { after?: string } }).page.after === '50' ? answered([kept(51)]) : answered(many, '50'),
    );
    (await screen.findByRole('button', { name: 'แสดงเพิ่มเติม' })).focus();
    await user.keyboard('{Enter}');
    await screen.findByText(/51|๕๑/);
    expect(screen.queryByRole('button', { name: 'แสดงเพิ่มเติม' })).toBeNull();
    expect(calls.filter(({ path }) => path === '/retention/due').map(({ body }) => body)).toEqual([
      { page: { limit: 50 } },
      { page: { limit: 50, after: '50' } },
    ]);
  });

  it('says when a case will be listed where none is', async () => {
    show(() => answered([]));
    await screen.findByText(/ยังไม่มีเรื่องที่ครบระยะเก็บ/);
    expect(screen.queryByText(/krabuan retention/)).toBeNull();
  });
});
