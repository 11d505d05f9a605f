/** Days (2026-04-13) and months (2026-04) as the office's calendar has them, without any time of day. */
import { CalendarDate, getDayOfWeek, parseDate, startOfWeek, toZoned } from '@internationalized/date';
import type { Language } from '../i18n';
import { LOCALES, ZONE } from './format';

type DayStyle = 'date' | 'long' | 'day' | 'weekday' | 'shortWeekday' | 'month' | 'year';
const STYLES: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  day: { day: 'numeric' },
  weekday: { weekday: 'long' },
  shortWeekday: { weekday: 'narrow' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
};
const DAYS_OF_A_WEEK = 7;
const cache = new Map<string, Intl.DateTimeFormat>();

/** What is no day is shown as it came. */
export function formatDay(day: string, language: Language, style: DayStyle = 'date'): string {
  const found = dayOf(day);
  if (!found) return day;
  const key = `${language}/${style}`;
  let format = cache.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALES[language], { ...STYLES[style], timeZone: ZONE });
    cache.set(key, format);
  }
  return format.format(toZoned(found, ZONE).toDate());
}

/** The day that it is in the office. */
export function todayAt(milliseconds: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(milliseconds);
}

/** The weeks of a month from Monday to Sunday; days of other months are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = new CalendarDate(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1);
  const weeks: (string | null)[][] = [];
  let at = startOfWeek(first, 'en-GB', 'mon');
  do {
    const week: (string | null)[] = [];
    for (let n = 0; n < DAYS_OF_A_WEEK; n += 1) {
      week.push(at.month === first.month ? at.toString() : null);
      at = at.add({ days: 1 });
    }
    weeks.push(week);
  } while (at.month === first.month);
  return weeks;
}

/** The month that is so many later. */
export function monthAfter(month: string, months: number): string {
  return parseDate(`${month}-01`).add({ months }).toString().slice(0, 7);
}

export function monthsOf(year: string): string[] {
  return Array.from({ length: 12 }, (_, n) => `${year}-${String(n + 1).padStart(2, '0')}`);
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return getDayOfWeek(parseDate(day), 'en-GB', 'mon');
}

/** The days from one to the other, both included; none when they are the wrong way round. */
export function daysBetween(first: string, last: string): number {
  const [from, until] = [dayOf(first), dayOf(last)];
  return from && until ? until.compare(from) + 1 : 0;
}

function dayOf(day: string): CalendarDate | null {
  try {
    return parseDate(day);
  } catch {
    return null;
  }
}
