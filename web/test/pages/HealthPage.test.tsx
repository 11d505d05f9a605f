import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import HealthPage from '../../src/pages/health/HealthPage';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { problem, serve, type Routes } from '../server';

const place = { pattern: '/health', at: '/health' };
const line = (check: string, level: string, count: number | null = null, at: string | null = null) => ({
  check,
  level,
  count,
  at,
});
const health = {
  asOf: '2026-04-10T09:00:00.000Z',
  level: 'BAD',
  checks: [
    line('database', 'GOOD'),
    line('alarms', 'BAD', 4, '2026-04-10T08:00:00.000Z'),
    line('incidents', 'WARN', 2, '2026-04-09T08:00:00.000Z'),
    line('checkpoint', 'UNKNOWN'),
    line('disk', 'GOOD', 40),
  ],
  versions: { krabuan: '0.1.0', python: '3.11.7', database: 'SQLite 3.45.1' },
};

const office = (more: Routes = {}): Routes => ({
  'GET /authentication/me': { ...me, roles: ['administrator'] },
  'GET /health': health,
  ...more,
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the page of the system’s health', () => {
  it('says of each line how it is, and of what is poor what to do', async () => {
    serve(office());
    const { container } = renderPage(<HealthPage />, place);
    await screen.findByText('มีเรื่องที่ต้องแก้');
    const [, alarms, incidents, checkpoint, disk] = within(
      screen.getByRole('list', { name: 'สุขภาพของระบบ' }),
    ).getAllByRole('listitem') as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    expect(alarms.textContent).toContain('ถึงเวลาแล้วแต่ยังไม่ทำ ๔ งาน');
    within(alarms).getByText(/เครื่องทำงานตามเวลาไม่ทัน/);
    expect(within(incidents).getByRole('link').getAttribute('href')).toBe('/incidents');
    within(checkpoint).getByText(/ยังไม่เคยลงลายมือชื่อประวัติ/);
    expect(disk.textContent).toContain('ว่างร้อยละ ๔๐');
    screen.getByText('SQLite ๓.๔๕.๑');
    await expectAccessible(container);
  });

  it('is looked at anew each minute, and by keyboard at once', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const answers = [health, { ...health, level: 'WARN' }, { ...health, level: 'GOOD' }];
    serve(office({ 'GET /health': () => answers.shift() }));
    const { user } = renderPage(<HealthPage />, { ...place, language: 'en' });
    await screen.findByText('Something has to be mended');
    act(() => void vi.advanceTimersByTime(60_000));
    await screen.findByText('Something is worth a look');
    screen.getByRole('button', { name: 'Look again' }).focus();
    await user.keyboard('{Enter}');
    await screen.findByText('All is well');
  });

  it('says what was refused', async () => {
    serve(office({ 'GET /health': problem(403) }));
    renderPage(<HealthPage />, place);
    await screen.findByRole('alert');
  });
});
