import { describe, expect, it } from 'vitest';
import type { ExpectedDuration } from '../../src/api/catalogue';
import { translate, type Language, type Translate } from '../../src/i18n';
import { expectedText } from '../../src/pages/start/expected';

const said = (expected: Partial<ExpectedDuration>, language: Language = 'en') => {
  const t: Translate = (key, params) => translate(language, key, params);
  return expectedText({ basis: 'NONE', seconds: null, cases: 0, standard: [], ...expected }, language, t);
};

describe('the expected duration', () => {
  it.each([
    [30, '1 minute'],
    [5400, '90 minutes'],
    [7200, '2 hours'],
    [100_000, '28 hours'],
    [172_800, '2 days'],
    [40 * 86_400, '40 days'],
  ])('of %d seconds in past cases is about %s', (seconds, length) => {
    expect(said({ basis: 'PAST', seconds, cases: 7 })).toBe(`about ${length} (median of 7 finished cases)`);
  });

  it('by the manual names each calendar', () => {
    const standard = [
      { calendar: 'working', duration: 'P5D' },
      { calendar: 'hours', duration: 'PT4H' },
    ];
    expect(said({ basis: 'STANDARD', standard })).toContain('5 working days + 4 hours');
    expect(said({ basis: 'STANDARD', standard }, 'th')).toContain('๕ วันทำการ + ๔ ชั่วโมง');
  });

  it('is not made up', () => {
    expect(said({})).toBe('Not known yet');
  });
});
