import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.resetModules();
});
afterEach(() => vi.useRealTimers());

it('what a page asks by itself after two minutes says so, until somebody is back', async () => {
  const { idleHeader } = await import('../../src/api/activity');
  expect(idleHeader()).toEqual({});
  vi.setSystemTime(121_000);
  expect(idleHeader()).toEqual({ 'X-Krabuan-Idle': '1' });
  window.dispatchEvent(new KeyboardEvent('keydown'));
  expect(idleHeader()).toEqual({});
});
