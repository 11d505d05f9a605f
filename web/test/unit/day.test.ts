import { describe, expect, it } from 'vitest';
import { daysBetween, formatDay, monthAfter, monthsOf, todayAt, weekdayOf, weeksOf } from '../../src/dates/day';

describe('days of the calendar', () => {
  it('are written in the Buddhist era in Thai, Gregorian in English', () => {
    expect(formatDay('2026-04-13', 'th', 'long')).toBe('วันจันทร์ที่ ๑๓ เมษายน ๒๕๖๙');
    expect(formatDay('2026-04-13', 'th')).toBe('๑๓ เม.ย. ๒๕๖๙');
    expect(formatDay('2026-04-13', 'th', 'month')).toBe('เมษายน ๒๕๖๙');
    expect(formatDay('2026-04-13', 'en', 'long')).toMatch(/^Monday,? 13 April 2026$/);
    expect(formatDay('someday', 'th')).toBe('someday');
  });
  it('begin at midnight of the office', () => {
    expect(todayAt(Date.parse('2026-04-12T16:59:59Z'))).toBe('2026-04-12');
    expect(todayAt(Date.parse('2026-04-12T17:00:00Z'))).toBe('2026-04-13');
  });
  it('stand in the weeks of their month', () => {
    const weeks = weeksOf('2026-04');
    expect(weeks).toHaveLength(5);
    expect(weeks[0]).toEqual([null, null, '2026-04-01', '2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05']);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30);
    expect(weeksOf('2027-02')).toHaveLength(4); // begins on a Monday, and ends on a Sunday
    expect(weeksOf('2028-02').flat()).toContain('2028-02-29');
    expect(weeksOf('2026-12').flat()).toContain('2026-12-31');
  });
  it('are counted', () => {
    expect(monthAfter('2026-12', 1)).toBe('2027-01');
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
    expect(monthsOf('2026').at(-1)).toBe('2026-12');
    expect(weekdayOf('2026-04-13')).toBe(0);
    expect(daysBetween('2026-04-13', '2026-04-15')).toBe(3);
    expect(daysBetween('2026-04-15', '2026-04-13')).toBeLessThan(1);
    expect(daysBetween('', '2026-04-13')).toBe(0);
  });
});
