import { describe, expect, it } from 'vitest';
import { computedText } from '../../src/forms/expressionField';

describe('what a form computes', () => {
  it('is written in the language', () => {
    expect(computedText(1250000.5, {}, 'th')).toBe('๑,๒๕๐,๐๐๐.๕');
    expect(computedText(1250000.5, {}, 'en')).toBe('1,250,000.5');
    expect(computedText(true, {}, 'th')).toBe('ใช่');
    expect(computedText('แบบฟอร์มไม่ครบ; งบประมาณไม่ตรง', {}, 'th')).toBe('แบบฟอร์มไม่ครบ; งบประมาณไม่ตรง');
  });
  it('shows a code of the diagram in the words that the form gives it, or not at all', () => {
    const words = { 'value.th.return': 'ส่งคืนแก้ไข', 'value.en.return': 'Return for correction' };
    expect(computedText('return', words, 'th')).toBe('ส่งคืนแก้ไข');
    expect(computedText('return', words, 'en')).toBe('Return for correction');
    expect(computedText('return', {}, 'th')).toBe('');
  });
  it('writes a day as people write it', () => {
    expect(computedText('2026-12-01', {}, 'th')).toBe('๑ ธ.ค. ๒๕๖๙');
    expect(computedText('2026-12-01', {}, 'en')).toBe('1 Dec 2026');
  });
  it('shows nothing for nothing', () => {
    expect([null, undefined, '', {}, []].map((value) => computedText(value, {}, 'th'))).toEqual(['', '', '', '', '']);
  });
});
