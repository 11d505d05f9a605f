/** Periods of reports: months, quarters of the fiscal year, fiscal years (1 October to 30 September), days. */
import type { Period, PeriodKind } from '../../api/reports';
import { ZONE } from '../../dates/format';

export const KINDS: readonly PeriodKind[] = ['FISCAL_YEAR', 'QUARTER', 'MONTH', 'RANGE'];
export const YEARS_BACK = 10;

/** The day in the office's zone, as 2026-04-10. */
export function dayOf(moment: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(moment);
}

interface Parts {
  year: number;
  /** 1 to 12 */
  month: number;
}

export function partsOf(day: string): Parts {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) };
}

/** The Gregorian year in which the fiscal year of a day ends. */
export function fiscalYearOf(day: string): number {
  const { year, month } = partsOf(day);
  return month >= 10 ? year + 1 : year;
}

/** 1 (October to December) to 4. */
export function fiscalQuarterOf(day: string): number {
  return Math.floor(((partsOf(day).month + 2) % 12) / 3) + 1;
}

export function firstOfMonth(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

export function firstOfFiscalYear(year: number): string {
  return firstOfMonth(year - 1, 10);
}

export function firstOfQuarter(year: number, quarter: number): string {
  return quarter === 1 ? firstOfFiscalYear(year) : firstOfMonth(year, 3 * quarter - 5);
}

/** The period that an address names; the present fiscal year when it names none. */
export function periodOf(params: URLSearchParams, today: string): Period {
  const kind = KINDS.find((each) => each === params.get('kind')) ?? 'FISCAL_YEAR';
  const from = isDay(params.get('from')) ?? today;
  if (kind !== 'RANGE') return { kind, from };
  return { kind, from, to: isDay(params.get('to')) ?? from };
}

function isDay(text: string | null): string | null {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : null;
}
