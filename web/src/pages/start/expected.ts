/** How long a case is to be expected to take, in words; it is said what that is from. */
import type { ExpectedDuration } from '../../api/catalogue';
import { formatNumber } from '../../dates/format';
import { lengthText } from '../../dates/lengths';
import type { Language, Translate } from '../../i18n';

const HOUR = 3600;
const DAY = 24 * HOUR;

export function expectedText(expected: ExpectedDuration, language: Language, t: Translate): string {
  if (expected.basis === 'PAST') {
    const length = lengthText(rounded(expected.seconds ?? 0), null, language, t);
    return t('catalogue.past', { length, n: formatNumber(expected.cases, language) });
  }
  if (expected.basis === 'NONE') return t('catalogue.unknown');
  const parts = expected.standard.map(({ calendar, duration }) => lengthText(duration, calendar, language, t));
  return t('catalogue.standard', { length: parts.join(' + ') });
}

/** As exactly as it is worth: whole days, or hours of what takes less than two days, or minutes of less than two hours. */
function rounded(seconds: number): string {
  if (seconds >= 2 * DAY) return `P${Math.round(seconds / DAY)}D`;
  if (seconds >= 2 * HOUR) return `PT${Math.round(seconds / HOUR)}H`;
  return `PT${Math.max(1, Math.round(seconds / 60))}M`;
}
