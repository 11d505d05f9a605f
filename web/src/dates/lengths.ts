/** Lengths of time as manuals print them: 7 days, 3 working days, every 3 months. */
import type { Language, Translate } from '../i18n';
import { formatNumber } from './format';

const LENGTH = /^(R\d*\/)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** In words; what is no such length stays as it is. `calendar` is that of the step. */
export function lengthText(length: string, calendar: string | null, language: Language, t: Translate): string {
  const found = LENGTH.exec(length);
  if (!found) return length;
  const [, repeated, years, months, weeks, days, hours, minutes] = found;
  const working = calendar === 'working';
  const parts = (
    [
      [years, 'length.years'],
      [months, 'length.months'],
      [weeks, 'length.weeks'],
      [days, working ? 'length.workingDays' : 'length.days'],
      [hours, working ? 'length.workingHours' : 'length.hours'],
      [minutes, 'length.minutes'],
    ] as const
  ).flatMap(([count, unit]) =>
    count ? [t(Number(count) === 1 ? `${unit}.one` : unit, { n: formatNumber(Number(count), language) })] : [],
  );
  if (parts.length === 0) return length;
  const said = parts.join(' ');
  return repeated ? t('length.every', { length: said }) : said;
}
