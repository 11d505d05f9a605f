import { localDigits } from '../../dates/format';

const LONGEST = 365;

/** A number of days as people write it, in either digits; null for what is none from 1 to 365. */
export function daysOf(text: string): number | null {
  const plain = localDigits(text.trim(), 'en');
  const days = /^\d{1,3}$/.test(plain) ? Number(plain) : 0;
  return days >= 1 && days <= LONGEST ? days : null;
}
