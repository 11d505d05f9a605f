import { describe, expect, it } from 'vitest';
import { translate } from '../../src/i18n';
import { en } from '../../src/i18n/en';
import { th } from '../../src/i18n/th';

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('messages', () => {
  it.each(Object.keys(th) as (keyof typeof th)[])('%s says the same in both languages', (key) => {
    expect(th[key]).not.toBe('');
    expect(en[key]).not.toBe('');
    expect(placeholders(en[key])).toEqual(placeholders(th[key]));
  });
  it('have Thai letters in Thai, and no Latin digits', () => {
    const foreign = Object.entries(th).filter(
      ([key, text]) => key !== 'app.language' && (!/[ก-๙]/.test(text) || /[0-9]/.test(text.replace(/\{\w+\}/g, ''))),
    );
    expect(foreign).toEqual([]);
  });
  it('write numbers in the digits of the language', () => {
    expect(translate('th', 'inbox.fresh', { n: 12 })).toContain('๑๒');
    expect(translate('en', 'inbox.fresh', { n: 12 })).toContain('12');
  });
});
