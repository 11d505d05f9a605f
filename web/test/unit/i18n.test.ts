import { describe, expect, it } from 'vitest';
import { translate } from '../../src/i18n';
import { en } from '../../src/i18n/en';
import { th } from '../../src/i18n/th';

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

/** English texts that show Thai words, because they are about them. */
const SHOWN_IN_THAI = new Set(['app.language']);
/** Names of formats are the same in both languages. */
const NAMES = new Set(['auditing.log.format.xes', 'auditing.log.format.ocel']);

describe('messages', () => {
  it.each(Object.keys(th) as (keyof typeof th)[])('%s says the same in both languages', (key) => {
    expect(th[key]).not.toBe('');
    expect(en[key]).not.toBe('');
    expect(placeholders(en[key])).toEqual(placeholders(th[key]));
  });
  it('have Thai letters in Thai, and no Latin digits', () => {
    const foreign = Object.entries(th).filter(
      ([key, text]) =>
        key !== 'app.language' &&
        !NAMES.has(key) &&
        (!/[ก-๙]/.test(text) || /[0-9]/.test(text.replace(/\{\w+\}/g, ''))),
    );
    expect(foreign).toEqual([]);
  });
  it('have no Thai letters in English, but for the name of the language and what is explained', () => {
    const foreign = Object.entries(en).filter(([key, text]) => !SHOWN_IN_THAI.has(key) && /[ก-๙]/.test(text));
    expect(foreign).toEqual([]);
  });
  it('are said anew in each language', () => {
    const same = Object.keys(th).filter((key) => th[key as keyof typeof th] === en[key as keyof typeof en]);
    expect(same.filter((key) => !NAMES.has(key))).toEqual([]);
  });
  it('write numbers in the digits of the language', () => {
    expect(translate('th', 'inbox.fresh', { n: 12 })).toContain('๑๒');
    expect(translate('en', 'inbox.fresh', { n: 12 })).toContain('12');
  });
  it('call a thing by one word in Thai', () => {
    const using = (word: string) => Object.entries(th).flatMap(([key, text]) => (text.includes(word) ? [key] : []));
    // asking is โปรด
    expect(using('กรุณา')).toEqual([]);
    // versions of processes, diagrams, forms, tables and documents are ฉบับ; only the program itself comes in รุ่น
    expect(using('รุ่น').filter((key) => !th[key as keyof typeof th].includes('โปรแกรม'))).toEqual([]);
    // what a program shows in the place of a password is a โทเคน; กุญแจ are secrets of cryptography
    expect(using('กุญแจ')).toEqual(['services.what', 'health.mend.checkpoint']);
  });
});
