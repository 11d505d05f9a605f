import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import CalendarPage from '../../src/pages/calendar/CalendarPage';
import { weekdayOf, weeksOf } from '../../src/dates/day';
import { FakeEvents } from '../events';
import { me } from '../fixtures';
import { expectAccessible, renderPage } from '../render';
import { page, problem, Reply, serve, type Call, type Routes } from '../server';

const place = { pattern: '/office-calendar', at: '/office-calendar?month=2026-04' };
const USUAL = [
  ['08:30', '12:00'],
  ['13:00', '16:30'],
];
const SONGKRAN = { th: 'วันสงกรานต์', en: 'Songkran' };
const said = { source: 'ประกาศ', reason: 'seeded', enteredBy: 'system', enteredAt: '2026-01-02T03:00:00.000Z' };
const entry = {
  calendarDayKey: '5',
  calendarId: '',
  day: '2026-04-13',
  sessions: [],
  ...SONGKRAN,
  origin: 'seed',
  state: 'HOLDS',
  ...said,
};
const change = {
  calendarChangeKey: '9',
  calendarId: '',
  action: 'DAYS_ADDED',
  firstDay: '2026-04-13',
  lastDay: '2026-04-15',
  ...SONGKRAN,
  source: 'มติคณะรัฐมนตรี',
  reason: 'x',
  changedBy: 'system',
  changedAt: '2026-04-10T09:00:00.000Z',
  state: 'ACTIVE',
  total: 10,
  done: 4,
  moved: 3,
};

/** April 2026: Songkran on the 13th, a half day on the 14th, Saturday the 18th is worked. */
function april(call: Call) {
  const month = (call.path.match(/from=(\d{4}-\d\d)/) ?? [])[1] ?? '';
  const days = weeksOf(month)
    .flat()
    .filter((day) => day !== null);
  const special: Record<string, object> = {
    '2026-04-13': { sessions: [], ...SONGKRAN },
    '2026-04-14': { sessions: [['08:30', '12:00']], th: 'ครึ่งวัน', en: 'Half' },
    '2026-04-18': { sessions: USUAL, th: 'ชดเชย', en: 'Instead' },
  };
  const items = days.map((day) => ({
    day,
    sessions: weekdayOf(day) < 5 ? USUAL : [],
    th: null,
    en: null,
    ...special[day],
  }));
  return { calendarId: '', items };
}

function calendar(more: Routes = {}, roles = ['administrator']): Routes {
  return {
    'GET /authentication/me': { ...me, roles },
    'GET /working-days': april,
    'POST /calendar-days/search': page([entry]),
    'POST /office-hours/search': page([]),
    'POST /calendar-changes/search': page([change]),
    'POST /groups/search': page([{ groupId: 'legal', name: 'กลุ่มนิติการ', nameEn: 'Legal' }]),
    ...more,
  };
}

describe('the office calendar', () => {
  it('shows to everybody what differs, in words, and lets them change nothing', async () => {
    serve(calendar({}, ['auditor']));
    const { container } = renderPage(<CalendarPage />, place);
    const month = await screen.findByRole('table', { name: 'เมษายน ๒๕๖๙' });
    const cell = (number: string) =>
      within(month)
        .getAllByRole('cell')
        .find((one) => one.querySelector('.day-number')?.textContent === number)?.textContent;
    expect(cell('๑๓')).toBe('๑๓หยุด วันสงกรานต์ ');
    expect(cell('๑๔')).toContain('ทำการบางเวลา ครึ่งวัน ๐๘:๓๐–๑๒:๐๐');
    expect(cell('๑๘')).toContain('ทำการเป็นพิเศษ');
    expect(cell('๑๕')).toBe('๑๕');
    await screen.findByText('วันจันทร์ที่ ๑๓ เมษายน ๒๕๖๙');
    screen.getByText(/ที่มา: ประกาศ/);
    await screen.findByText(/ใช้เวลาราชการปกติ/);
    expect(screen.queryByRole('button', { name: /ถอนรายการ|เพิ่มวัน|กำหนดเวลาทำการ/ })).toBeNull();
    await expectAccessible(container);
  });

  it('goes from month to month and to the whole year', async () => {
    const calls = serve(calendar());
    const { user } = renderPage(<CalendarPage />, place);
    await screen.findByRole('table', { name: 'เมษายน ๒๕๖๙' });
    await user.click(screen.getByRole('button', { name: 'เดือนถัดไป' }));
    await screen.findByRole('table', { name: 'พฤษภาคม ๒๕๖๙' });
    await user.click(screen.getByRole('button', { name: 'ดูทั้งปี' }));
    await waitFor(() => expect(screen.getAllByRole('table')).toHaveLength(12));
    await user.selectOptions(screen.getByLabelText('ปฏิทินของ'), 'legal');
    await waitFor(() =>
      expect(calls.findLast(({ path }) => path.startsWith('/working-days'))?.path).toBe(
        '/working-days?calendarId=legal&from=2026-01-01&until=2026-12-31',
      ),
    );
  });

  it('enters days with their source, and tells what is refused', async () => {
    const answers = [
      problem(409, { code: 'calendar-entry-overlaps', th: 'ปฏิทินมีรายการสำหรับช่วงเวลานี้อยู่แล้ว', en: 'x' }),
      new Reply(201, { calendarChangeKey: '9', calendarDayKeys: ['6'], past: false }),
    ];
    const calls = serve(calendar({ 'POST /calendar-days': () => answers.shift() }));
    const { user } = renderPage(<CalendarPage />, place);
    await user.click(await screen.findByRole('button', { name: 'เพิ่มวันในปฏิทิน' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'บันทึก' }));
    await dialog.findByText('โปรดกรอกข้อมูลให้ครบ');
    await user.selectOptions(dialog.getByLabelText('เป็นวัน'), 'half');
    const first = within(dialog.getByRole('group', { name: 'วันแรก' }));
    const parts = first.getAllByRole('spinbutton');
    for (const [part, digits] of [
      ['day', '15'],
      ['month', '04'],
      ['year', '2569'],
    ] as const) {
      const segment = parts.find((one) => one.getAttribute('data-type') === part);
      if (segment) await user.click(segment);
      await user.keyboard(digits);
    }
    await user.type(dialog.getByLabelText('ชื่อวัน'), 'ทำบุญตักบาตร');
    await user.type(dialog.getByLabelText('ที่มา'), 'มติ ครม.');
    await user.type(dialog.getByLabelText('เหตุผล'), 'ประกาศเพิ่ม');
    await user.click(dialog.getByRole('button', { name: 'บันทึก' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('ปฏิทินมีรายการสำหรับช่วงเวลานี้อยู่แล้ว');
    await user.click(dialog.getByRole('button', { name: 'บันทึก' }));
    await screen.findByText('เพิ่มแล้ว กำลังคำนวณกำหนดเวลาใหม่');
    expect(calls.findLast(({ method, path }) => method === 'POST' && path === '/calendar-days')?.body).toEqual({
      calendarId: '',
      firstDay: '2026-04-15',
      lastDay: '2026-04-15',
      sessions: [['08:30', '12:00']],
      th: 'ทำบุญตักบาตร',
      en: 'ทำบุญตักบาตร',
      source: 'มติ ครม.',
      reason: 'ประกาศเพิ่ม',
    });
  });

  it('withdraws a day, by a document and for a reason', async () => {
    const calls = serve(calendar({ 'POST /calendar-days/5/withdrawal': { calendarChangeKey: '9', past: false } }));
    const { user, container } = renderPage(<CalendarPage />, place);
    await user.click(await screen.findByRole('button', { name: /^ถอนรายการ: วันจันทร์ที่ ๑๓/ }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('ที่มา'), 'มติใหม่');
    await user.type(dialog.getByLabelText('เหตุผล'), 'ยกเลิกวันหยุด');
    await expectAccessible(container);
    await user.click(dialog.getByRole('button', { name: 'ถอนรายการ' }));
    await screen.findByText(/ถอนรายการแล้ว/);
    expect(calls.find(({ path }) => path.endsWith('/5/withdrawal'))?.body).toEqual({
      source: 'มติใหม่',
      reason: 'ยกเลิกวันหยุด',
    });
  });

  it('sets the hours of a week from a day on', async () => {
    const calls = serve(calendar({ 'POST /office-hours': new Reply(201, { past: false }) }));
    const { user } = renderPage(<CalendarPage />, { ...place, language: 'en' });
    await user.click(await screen.findByRole('button', { name: 'Set office hours' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Remove: Friday 13:00' }));
    await user.click(dialog.getByRole('button', { name: 'Add a span of time: Saturday' }));
    const from = within(dialog.getByRole('group', { name: 'They hold from' }));
    for (const [part, digits] of [
      ['day', '01'],
      ['month', '06'],
      ['year', '2026'],
    ] as const) {
      const segment = from.getAllByRole('spinbutton').find((one) => one.getAttribute('data-type') === part);
      if (segment) await user.click(segment);
      await user.keyboard(digits);
    }
    await user.type(dialog.getByLabelText('Source'), 'Order 1/2569');
    await user.type(dialog.getByLabelText('Reason'), 'summer');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await screen.findByText(/The hours are set/);
    expect(calls.find(({ method, path }) => method === 'POST' && path === '/office-hours')?.body).toEqual({
      calendarId: '',
      validFrom: '2026-06-01',
      week: [USUAL, USUAL, USUAL, USUAL, [['08:30', '12:00']], [['08:30', '12:00']], []],
      source: 'Order 1/2569',
      reason: 'summer',
    });
  });

  it('shows how far a change is, and follows it', async () => {
    let now = change;
    serve(calendar({ 'POST /calendar-changes/search': () => page([now]) }));
    const events = FakeEvents.install();
    renderPage(<CalendarPage />, place);
    const bar = await screen.findByRole('progressbar', { name: 'กำลังคำนวณกำหนดเวลาใหม่' });
    expect(bar.getAttribute('aria-valuenow')).toBe('40');
    await screen.findByText('ตรวจแล้ว ๔ จาก ๑๐ กำหนดเวลา เลื่อน ๓');
    now = { ...change, state: 'COMPLETED', done: 10, moved: 6 };
    events.send('calendar-change', { calendarChangeKey: '9' });
    await screen.findByText('ตรวจครบ ๑๐ กำหนดเวลา เลื่อน ๖');
  });
});
