/** How much time is left, in the two largest units that tell something: "1 day 4 h", "12 min 5 s". */
import type { Translate } from '../i18n';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Urgency = 'over' | 'soon' | 'calm';

/** Due within a day is soon; that is also what the inbox calls so. */
export function urgencyOf(due: number, now: number): Urgency {
  if (due <= now) return 'over';
  return due - now <= DAY ? 'soon' : 'calm';
}

export function spanText(milliseconds: number, t: Translate): string {
  const span = Math.abs(milliseconds);
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / HOUR);
  const minutes = Math.floor((span % HOUR) / MINUTE);
  const seconds = Math.floor((span % MINUTE) / SECOND);
  if (days > 0) return join(t('time.days', { n: days }), hours > 0 && t('time.hours', { n: hours }));
  if (hours > 0) return join(t('time.hours', { n: hours }), minutes > 0 && t('time.minutes', { n: minutes }));
  if (minutes > 0) return join(t('time.minutes', { n: minutes }), t('time.seconds', { n: seconds }));
  return t('time.seconds', { n: seconds });
}

export function countdownText(due: number, now: number, t: Translate): string {
  const span = spanText(due - now, t);
  return due > now ? t('time.left', { span }) : t('time.over', { span });
}

function join(first: string, second: string | false): string {
  return second ? `${first} ${second}` : first;
}
