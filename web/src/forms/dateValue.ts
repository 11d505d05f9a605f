/** Between a form's value (ISO 8601, Gregorian) and the date field's. */
import {
  CalendarDateTime,
  parseAbsolute,
  parseDate,
  parseDateTime,
  toCalendarDateTime,
  type CalendarDate,
  type DateValue,
} from '@internationalized/date';
import { ZONE } from '../dates/format';

export type DateKind = 'date' | 'datetime';
/** The office's zone has no summer time, so its distance to UTC is the same all year. */
const OFFSET = '+07:00';
/** While a year is typed (2, 25, 256, 2569) the field reports years long past; those aren't dates yet. */
const COMPLETE = /^(19|20|21)\d\d-/;

/** Null for no value and for one that isn't a date. */
export function dateOf(iso: unknown, kind: DateKind): CalendarDate | CalendarDateTime | null {
  if (typeof iso !== 'string' || iso === '') return null;
  try {
    if (kind === 'date') return parseDate(iso.slice(0, 10));
    if (!iso.includes('T')) return toCalendarDateTime(parseDate(iso));
    return /(Z|[+-]\d\d:?\d\d)$/.test(iso) ? toCalendarDateTime(parseAbsolute(iso, ZONE)) : parseDateTime(iso);
  } catch {
    return null;
  }
}

/** Null while the date is not complete. */
export function isoOf(date: DateValue | null): string | null {
  const text = date?.toString() ?? '';
  if (!COMPLETE.test(text)) return null;
  return date instanceof CalendarDateTime ? `${text.slice(0, 16)}${OFFSET}` : text;
}
