import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/api/reports';
import ReportsPage from '../../src/pages/reports/ReportsPage';
import { fiscalQuarterOf, fiscalYearOf, firstOfQuarter, periodOf } from '../../src/pages/reports/period';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, Reply, serve } from '../server';

const SPREAD = { counted: 2, medianSeconds: 3600, p90Seconds: 7200, totalSeconds: 10800 };
const NONE = { counted: 0, medianSeconds: null, p90Seconds: null, totalSeconds: 0 };
const SHARE = { counted: 2, kept: 1, sharePercent: 50 };
const NAMED = {
  elementId: 'a',
  name: { th: 'ตรวจคำขอ', en: 'Check' },
  stepNumber: '1',
  standardTime: 'P1D',
  calendar: 'working',
};
const report: Report = {
  processDefinitionId: 'p',
  name: { th: 'คำขอ', en: 'Request' },
  period: { kind: 'FISCAL_YEAR', from: '2025-10-01', to: '2026-09-30', name: { th: 'ปีงบประมาณ', en: 'year' } },
  asOf: '2026-04-10T09:00:00.000Z',
  scope: 'PROCESS',
  scopes: ['PROCESS', 'OWN'],
  targetPercent: 90,
  targetMet: false,
  steps: SHARE,
  cases: { counted: 0, kept: 0, sharePercent: null },
  tasks: SHARE,
  ofDeletedCases: 1,
  bySteps: [{ ...NAMED, ...SHARE, time: SPREAD }],
  byTasks: [{ ...NAMED, ...SHARE, waiting: SPREAD, working: SPREAD, officeWaiting: SPREAD, officeWorking: SPREAD }],
  byUnits: [{ ...SHARE, unit: null, name: { th: null, en: null } }],
  byPersons: [{ ...SHARE, username: 'ann', displayName: 'แอน' }],
  months: [
    { ...SHARE, month: '2026-03' },
    { counted: 0, kept: 0, sharePercent: null, month: '2026-04' },
  ],
  versions: [{ ...SHARE, version: 1 }],
  waits: [],
  time: { waiting: SPREAD, working: SPREAD, officeWaiting: SPREAD, officeWorking: NONE },
  open: { open: 3, overdue: 1, items: [{ ...NAMED, open: 3, overdue: 1 }] },
  text: { th: 'ทันเวลาครึ่งหนึ่ง', en: 'Half were kept.' },
};
const PROCESSES = {
  'POST /process-definitions/search': page([{ processDefinitionId: 'p', name: 'คำขอ', nameEn: 'Request' }]),
};

function open(answers: Record<string, unknown> = {}) {
  const calls = serve({
    'GET /authentication/me': me,
    ...PROCESSES,
    'POST /reports/standard-time': report,
    ...answers,
  });
  return { calls, ...renderPage(<ReportsPage />, { pattern: '/reports', at: '/reports?from=2026-04-10' }) };
}

describe('the page of reports', () => {
  it('tells the figures in words and in tables that need no eyes', async () => {
    const { container } = open();
    expect(await screen.findByText('ทันเวลาครึ่งหนึ่ง')).toBeTruthy();
    const steps = screen.getByRole('region', { name: 'แยกตามขั้นตอน' });
    expect(within(steps).getByRole('rowheader', { name: 'ตรวจคำขอ' })).toBeTruthy();
    expect(within(steps).getByRole('cell', { name: '๕๐.๐' })).toBeTruthy();
    expect(
      within(screen.getByRole('region', { name: 'แยกตามบุคคล' })).getByText('จำนวนน้อย', { exact: false }),
    ).toBeTruthy();
    expect(screen.getByText('ต่ำกว่าเป้าหมาย')).toBeTruthy();
    expect(screen.getByText(/รวมขั้นตอนของเรื่องที่ลบแล้ว ๑/)).toBeTruthy();
    await expectAccessible(container);
  });

  it('shows nothing of persons to who may not see them', async () => {
    open({ 'POST /reports/standard-time': { ...report, byPersons: null } });
    await screen.findByText('ทันเวลาครึ่งหนึ่ง');
    expect(screen.queryByRole('region', { name: 'แยกตามบุคคล' })).toBeNull();
  });

  it('asks for what is chosen, and puts it into the address', async () => {
    const { calls, user, router } = open();
    await screen.findByText('ทันเวลาครึ่งหนึ่ง');
    await user.selectOptions(screen.getByLabelText('ช่วงเวลา'), 'QUARTER');
    await user.selectOptions(await screen.findByLabelText('ไตรมาสที่'), '1');
    await waitFor(() =>
      expect(calls.at(-1)?.body).toMatchObject({ period: { kind: 'QUARTER', from: expect.stringMatching(/-10-01$/) } }),
    );
    await user.selectOptions(screen.getByLabelText('ขอบเขต'), 'OWN');
    await waitFor(() => expect(router.state.location.search).toContain('scope=OWN'));
  });

  it('takes a file out, and says when that is refused', async () => {
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    const { user, calls } = open({ 'POST /reports/standard-time/file': () => new Reply(200, 'x') });
    await user.click(await screen.findByRole('button', { name: 'ดาวน์โหลด Excel' }));
    await waitFor(() => expect(saved).toHaveBeenCalled());
    expect(calls.at(-1)?.body).toMatchObject({ format: 'xlsx', language: 'th', processDefinitionId: 'p' });
  });

  it('tells why there is no report', async () => {
    open({
      'POST /reports/standard-time': () =>
        new Reply(400, { title: 'x', status: 400, code: 'period-refused', th: 'ช่วงนี้ไม่ได้' }),
    });
    expect((await screen.findByRole('alert')).textContent).toContain('ช่วงนี้ไม่ได้');
  });
});

describe('periods', () => {
  it('are those of the government', () => {
    expect([fiscalYearOf('2026-09-30'), fiscalYearOf('2026-10-01')]).toEqual([2026, 2027]);
    expect(['2026-10-01', '2026-01-01', '2026-06-30', '2026-07-01'].map(fiscalQuarterOf)).toEqual([1, 2, 3, 4]);
    expect([1, 2, 3, 4].map((n) => firstOfQuarter(2026, n))).toEqual([
      '2025-10-01',
      '2026-01-01',
      '2026-04-01',
      '2026-07-01',
    ]);
  });

  it('are read from the address, whatever stands there', () => {
    const read = (text: string) => periodOf(new URLSearchParams(text), '2026-04-10');
    expect(read('')).toEqual({ kind: 'FISCAL_YEAR', from: '2026-04-10' });
    expect(read('kind=RANGE&from=2026-01-01')).toEqual({ kind: 'RANGE', from: '2026-01-01', to: '2026-01-01' });
    expect(read('kind=NO&from=<script>')).toEqual({ kind: 'FISCAL_YEAR', from: '2026-04-10' });
  });
});
