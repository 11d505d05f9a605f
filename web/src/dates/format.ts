/** Dates as people of the office write them: Buddhist era and Thai digits in Thai, Gregorian in English. */
import type { Language } from '../i18n';

/** The office's zone: a due time is read in Bangkok wherever the browser stands. */
export const ZONE = 'Asia/Bangkok';
const LOCALES: Record<Language, string> = { th: 'th-TH-u-ca-buddhist-nu-thai', en: 'en-GB' };

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
