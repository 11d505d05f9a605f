import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en';
import { th } from '../../src/i18n/th';
import type { Messages, Translate } from '../../src/i18n';
import { lengthText } from '../../src/dates/lengths';

const words =
  (messages: Messages): Translate =>
  (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), messages[key]);

describe('lengths of time', () => {
  it.each([
    ['P7D', 'calendar', '7 days', '๗ วัน'],
    ['P3D', 'working', '3 working days', '๓ วันทำการ'],
    ['PT72H', 'hours', '72 hours', '๗๒ ชั่วโมง'],
    ['PT4H', 'working', '4 working hours', '๔ ชั่วโมงทำการ'],
    ['P1Y6M', 'calendar', '1 year 6 months', '๑ ปี ๖ เดือน'],
    ['P1D', 'working', '1 working day', '๑ วันทำการ'],
    ['P2W', null, '2 weeks', '๒ สัปดาห์'],
    ['PT5M', 'event', '5 minutes', '๕ นาที'],
    ['R/P3M', 'recurring', 'every 3 months', 'ทุก ๓ เดือน'],
  ])('%s, counted as %s', (length, calendar, english, thai) => {
    expect(lengthText(length, calendar, 'en', words(en))).toBe(english);
    expect(lengthText(length, calendar, 'th', words(th))).toBe(thai);
  });

  it.each(['P', 'PT', 'R/', '--04-05', 'end-of-fiscal-quarter', ''])('leaves %s as it is', (length) => {
    expect(lengthText(length, 'calendar', 'en', words(en))).toBe(length);
  });
});
