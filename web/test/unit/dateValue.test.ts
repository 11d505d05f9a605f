import { describe, expect, it } from 'vitest';
import { dateOf, isoOf } from '../../src/forms/dateValue';

describe('values of date fields', () => {
  it.each([
    ['2026-04-10', 'date', '2026-04-10'],
    ['2026-04-10T16:00+07:00', 'datetime', '2026-04-10T16:00+07:00'],
    ['2026-04-10T09:00:00.000Z', 'datetime', '2026-04-10T16:00+07:00'],
    ['2026-04-10T16:00', 'datetime', '2026-04-10T16:00+07:00'],
    ['2026-04-10', 'datetime', '2026-04-10T00:00+07:00'],
  ] as const)('%s as %s becomes %s', (given, kind, expected) => {
    expect(isoOf(dateOf(given, kind))).toBe(expected);
  });
  it.each([null, '', 'soon', 7])('%j is no date', (value) => {
    expect(dateOf(value, 'date')).toBeNull();
  });
  it('a year that is still being typed is no date yet', () => {
    expect(isoOf(dateOf('0256-04-10', 'date'))).toBeNull();
  });
});
