import type { Sessions, WorkingDay } from '../../api/types';
import { weekdayOf } from '../../dates/day';
import type { Language } from '../../i18n';
import { localDigits } from '../../dates/format';

export type DayKind = 'usual' | 'weekend' | 'closed' | 'half' | 'worked';
const SATURDAY = 5;
const HALF = 4.5; // hours; a whole day has seven

/** How a day is drawn: what differs from its weekday, by the entry that names it. */
export function kindOf(day: WorkingDay): DayKind {
  const named = day.th !== null || day.en !== null;
  if (!named) return day.sessions.length > 0 ? 'usual' : 'weekend';
  if (day.sessions.length === 0) return 'closed';
  if (weekdayOf(day.day) >= SATURDAY) return 'worked';
  return hoursOf(day.sessions) <= HALF ? 'half' : 'worked';
}

/** 08:30–12:00, 13:00–16:30 */
export function sessionsText(sessions: Sessions, language: Language): string {
  return localDigits(sessions.map(([from, until]) => `${from}–${until}`).join(', '), language);
}

function hoursOf(sessions: Sessions): number {
  return sessions.reduce((sum, [from = '', until = '']) => sum + minutes(until) - minutes(from), 0) / 60;
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
}
