import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { now, observeServerTime, onTick } from '../../src/dates/clock';
import { countdownText, urgencyOf } from '../../src/dates/countdown';
import { formatMoment, localDigits } from '../../src/dates/format';
import { translate, type MessageKey, type Params } from '../../src/i18n';

const th = (key: MessageKey, params?: Params) => translate('th', key, params);
const en = (key: MessageKey, params?: Params) => translate('en', key, params);
const HOUR = 3_600_000;

describe('formatMoment', () => {
  it('writes Bangkok time in the Buddhist era with Thai digits', () => {
    expect(formatMoment('2026-04-10T09:00:00Z', 'th')).toBe('๑๐ เม.ย. ๒๕๖๙ ๑๖:๐๐ น.');
  });
  it('writes Gregorian dates in English', () => {
    expect(formatMoment('2026-04-10T09:00:00Z', 'en')).toBe('10 Apr 2026, 16:00');
  });
  it('shows what is not a moment as it came', () => {
    expect(formatMoment('soon', 'th')).toBe('soon');
  });
});

describe('localDigits', () => {
  it('converts both ways', () => {
    expect(localDigits('6.1', 'th')).toBe('๖.๑');
    expect(localDigits('๖.๑', 'en')).toBe('6.1');
  });
});

describe('countdownText', () => {
  it('tells the two largest units that are left', () => {
    expect(countdownText(28 * HOUR, 0, th)).toBe('เหลือ ๑ วัน ๔ ชม.');
    expect(countdownText(90_000, 0, en)).toBe('1 min 30 s left');
  });
  it('tells how long a moment has passed', () => {
    expect(countdownText(0, 2 * HOUR, th)).toBe('เกินกำหนด ๒ ชม.');
  });
  it('is over at the very moment, soon within a day', () => {
    expect(urgencyOf(100, 100)).toBe('over');
    expect(urgencyOf(24 * HOUR, 0)).toBe('soon');
    expect(urgencyOf(24 * HOUR + 1, 0)).toBe('calm');
  });
});

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime('2026-04-10T09:00:00Z');
  });
  afterEach(() => {
    observeServerTime(new Headers({ Date: new Date().toUTCString() }));
    vi.useRealTimers();
  });

  it('follows the clock of the server, and tells its listeners', () => {
    const listener = vi.fn();
    const stop = onTick(listener);
    observeServerTime(new Headers({ 'X-Krabuan-Time': '2026-04-13T09:00:00.500Z' }));
    expect(new Date(now()).toISOString()).toBe('2026-04-13T09:00:00.500Z');
    expect(listener).toHaveBeenCalledTimes(1);
    stop();
  });
  it('takes the whole seconds of the Date header for what they are', () => {
    vi.setSystemTime('2026-04-10T09:00:00.900Z');
    observeServerTime(new Headers({ Date: 'Fri, 10 Apr 2026 09:00:00 GMT' }));
    expect(new Date(now()).toISOString()).toBe('2026-04-10T09:00:00.900Z');
  });
  it('ticks each second for as long as somebody listens', () => {
    const listener = vi.fn();
    const stop = onTick(listener);
    vi.advanceTimersByTime(3000);
    stop();
    vi.advanceTimersByTime(3000);
    expect(listener).toHaveBeenCalledTimes(3);
  });
});
