/** A length of calendar time in its two largest units. */
import { lengthText } from '../../dates/lengths';
import type { Language, Translate } from '../../i18n';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function spanText(seconds: number | null, language: Language, t: Translate): string {
  if (seconds === null) return '–';
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.round((seconds % HOUR) / MINUTE);
  const length =
    days > 0 ? `P${days}D${hours > 0 ? `T${hours}H` : ''}` : `PT${hours > 0 ? `${hours}H` : ''}${minutes}M`;
  return lengthText(length, null, language, t);
}
