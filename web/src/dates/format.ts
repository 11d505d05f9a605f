/** Dates as people of the office write them: Buddhist era and Thai digits in Thai, Gregorian in English. */
import type { Language } from '../i18n';

/** The office's zone: a due time is read in Bangkok wherever the browser stands. */
export const ZONE = 'Asia/Bangkok';
export const LOCALES: Record<Language, string> = { th: 'th-TH-u-ca-buddhist-nu-thai', en: 'en-GB' };

type Style = 'dateTime' | 'exact' | 'date' | 'long' | 'time';
const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  exact: { dateStyle: 'medium', timeStyle: 'medium' },
  date: { dateStyle: 'medium' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  time: { timeStyle: 'medium' },
};
const cache = new Map<string, Intl.DateTimeFormat>();

/** An unreadable moment is shown as it came, never as "Invalid Date". */
export function formatMoment(moment: string | number, language: Language, style: Style = 'dateTime'): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return String(moment);
  const key = `${language}/${style}`;
  let format = cache.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALES[language], { ...STYLES[style], timeZone: ZONE, hourCycle: 'h23' });
    cache.set(key, format);
  }
  const text = format.format(date);
  return language === 'th' && style !== 'date' ? `${text} น.` : text;
}

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'th' ? 'th-TH-u-nu-thai' : 'en-GB').format(value);
}

/** Digits of a text such as "๗.๑" in the language's own numerals. */
export function localDigits(text: string, language: Language): string {
  if (language === 'en') return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)));
}

const WRITTEN = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g;

/** A text in which moments are written as people write them, not as machines do. */
export function withReadableMoments(text: string, language: Language): string {
  return text.replace(WRITTEN, (moment) => formatMoment(moment, language));
}

const MONTHS: Intl.DateTimeFormatOptions = { month: 'long', timeZone: 'UTC' };

/** January to December. */
export function monthNames(language: Language): string[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], MONTHS);
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)));
}

/** A month such as `2026-04`: เม.ย. ๒๕๖๙, Apr 2026. */
export function monthText(month: string, language: Language): string {
  const style: Intl.DateTimeFormatOptions = { month: 'short', year: 'numeric', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(LOCALES[language], style).format(new Date(`${month}-01T00:00:00Z`));
}

/** A year, named as the office names it: the Buddhist year in Thai; of fiscal years in English, too. */
export function yearText(year: number, language: Language, fiscal = false): string {
  const buddhist = String(year + 543);
  if (language === 'th') return localDigits(buddhist, language);
  return fiscal ? `B.E. ${buddhist}` : String(year);
}

/** A share of a hundred to one decimal: ๙๐.๐, 90.0. */
export function formatPercent(value: number, language: Language): string {
  const style = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language === 'th' ? 'th-TH-u-nu-thai' : 'en-GB', style).format(value);
}
