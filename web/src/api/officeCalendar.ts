/** When the office works: what holds on each day, the entries that say so, and what a change of them moves. */
import { get, post } from './client';
import type { CalendarChange, CalendarDay, OfficeHours, SearchResult, Sessions, WorkingDay } from './types';

/** The calendar of the organisation; those of units are called by the units' keys. */
export const ORGANISATION = '';
const ENTRIES = 1000;

export interface Source {
  source: string;
  reason: string;
}

export interface DaysEntry extends Source {
  calendarId: string;
  firstDay: string;
  lastDay: string;
  /** none: closed; null: the usual hours of a working day */
  sessions: Sessions | null;
  th: string;
  en: string;
}

export interface HoursEntry extends Source {
  calendarId: string;
  validFrom: string;
  week: Sessions[];
}

/** What holds on each day of a span, of all entries together. */
export async function workingDays(
  calendar: string,
  first: string,
  last: string,
  signal?: AbortSignal,
): Promise<WorkingDay[]> {
  const query = new URLSearchParams({ calendarId: calendar, from: first, until: last });
  return (await get<{ items: WorkingDay[] }>(`/working-days?${query}`, signal)).items;
}

/** The entries of a calendar that hold on days of a span. */
export async function calendarDays(
  calendar: string,
  first: string,
  last: string,
  signal?: AbortSignal,
): Promise<CalendarDay[]> {
  const filter = { calendarId: calendar, state: 'HOLDS', day: { $gte: first, $lte: last } };
  const body = { filter, sort: [{ field: 'day' }], page: { limit: ENTRIES } };
  return (await post<SearchResult<CalendarDay>>('/calendar-days/search', body, signal)).items;
}

/** The hours of a calendar that hold, the latest first. */
export async function officeHours(calendar: string, signal?: AbortSignal): Promise<OfficeHours[]> {
  const filter = { calendarId: calendar, state: 'HOLDS' };
  const body = { filter, sort: [{ field: 'validFrom', order: 'DESC' }], page: { limit: ENTRIES } };
  return (await post<SearchResult<OfficeHours>>('/office-hours/search', body, signal)).items;
}

/** The latest changes of any calendar, and how far each is. */
export async function calendarChanges(limit: number, signal?: AbortSignal): Promise<CalendarChange[]> {
  const body = { sort: [{ field: 'changedAt', order: 'DESC' }], page: { limit } };
  return (await post<SearchResult<CalendarChange>>('/calendar-changes/search', body, signal)).items;
}

export const addDays = (entry: DaysEntry) => post<{ past: boolean }>('/calendar-days', entry);
export const withdrawDay = (key: string, source: Source) =>
  post<{ past: boolean }>(`/calendar-days/${key}/withdrawal`, source);
export const setHours = (entry: HoursEntry) => post<{ past: boolean }>('/office-hours', entry);
export const withdrawHours = (key: string, source: Source) =>
  post<{ past: boolean }>(`/office-hours/${key}/withdrawal`, source);
