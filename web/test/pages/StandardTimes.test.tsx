import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../../src/diagram/names';
import { StandardTimes } from '../../src/pages/case/StandardTimes';
import { Kept } from '../../src/ui/Kept';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, serve } from '../server';

const place = { pattern: '/', at: '/' };
const DUE = '2026-04-11T09:00:00.000000Z';
const step = (key: string, state: string, endDate: string | null) => ({
  elementInstanceKey: key,
  elementId: `Task_${key}`,
  elementName: `งาน ${key}`,
  type: 'USER_TASK',
  state,
  startDate: '2026-04-10T09:00:00.000000Z',
  endDate,
  standardDueDate: DUE,
});

function shown(items: unknown[]) {
  const calls = serve({ 'GET /authentication/me': me, 'POST /element-instances/search': page(items) });
  return { calls, ...renderPage(<StandardTimes instance="300" names={namesOf('')} />, place) };
}

describe('standard times of a case', () => {
  it('tell of each step whether it was kept, what is left, and what does not count', async () => {
    const { calls, container } = shown([
      step('ก', 'COMPLETED', DUE),
      step('ข', 'COMPLETED', '2026-04-11T09:00:01.000000Z'),
      step('ค', 'TERMINATED', '2026-04-12T09:00:00.000000Z'),
      step('ง', 'ACTIVE', null),
    ]);
    const rows = await screen.findAllByRole('row');
    const said = (row: number) => within(rows[row] as HTMLElement);
    expect(said(1).getByText('ทันเวลามาตรฐาน')).toBeTruthy();
    expect(said(2).getByText('เกินเวลามาตรฐาน')).toBeTruthy();
    expect(said(3).getByText('ถูกยกเลิก ไม่นับ')).toBeTruthy();
    expect(said(4).getByText(/เกินกำหนด|เหลือ/)).toBeTruthy();
    expect(calls.find((call) => call.method === 'POST')?.body).toMatchObject({
      filter: { processInstanceKey: '300', standardDueDate: { $exists: true } },
    });
    await expectAccessible(container);
  });

  it('say that there is none yet', async () => {
    shown([]);
    expect(await screen.findByText('เรื่องนี้ยังไม่มีขั้นตอนที่มีเวลามาตรฐาน')).toBeTruthy();
  });
});

describe('kept', () => {
  it('is said of what is done and has a standard time, and of nothing else', async () => {
    serve({ 'GET /authentication/me': me });
    renderPage(
      <>
        <p>x</p>
        <Kept due={null} done={DUE} />
        <Kept due={DUE} done={null} />
      </>,
      place,
    );
    await screen.findByText('x');
    expect(screen.queryByText(/เวลามาตรฐาน/)).toBeNull();
  });
});
