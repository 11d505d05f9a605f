/** The mornings until which people put work off. */
import { getDayOfWeek, parseDate } from '@internationalized/date';
import { todayAt } from '../../dates/day';

export const MORNINGS = ['tomorrow', 'monday', 'week'] as const;
export type Morning = (typeof MORNINGS)[number];
/** When offices open. */
const OPENS = 'T08:30:00+07:00';

/** A moment in ISO 8601: half past eight of that day in the office, which is always to come. */
export function morningIn(which: Morning, milliseconds: number): string {
  const today = parseDate(todayAt(milliseconds));
  const days = which === 'tomorrow' ? 1 : which === 'week' ? 7 : 7 - getDayOfWeek(today, 'en-GB', 'mon');
  return `${today.add({ days }).toString()}${OPENS}`;
}
