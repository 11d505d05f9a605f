import { expect, test } from 'vitest';
import { forgotten, readable } from '../../src/ui/erased';

test('what was erased is said in words, also within a text', () => {
  expect(readable('$erased', '(ลบแล้ว)')).toBe('(ลบแล้ว)');
  expect(readable('แจ้ง $erased และ $erased', '(ลบแล้ว)')).toBe('แจ้ง (ลบแล้ว) และ (ลบแล้ว)');
  expect(readable('50 $', '(ลบแล้ว)')).toBe('50 $');
});

test('a forgotten person has a short number, and a name stays a name', () => {
  expect(forgotten(`p_a1b2c3${'0'.repeat(26)}`)).toBe('a1b2c3');
  expect(forgotten('p_somchai')).toBeNull();
  expect(forgotten('dpo1')).toBeNull();
});
