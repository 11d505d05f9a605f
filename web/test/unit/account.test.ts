import { describe, expect, it } from 'vitest';
import { daysOf } from '../../src/pages/account/days';
import { deviceOf } from '../../src/pages/account/devices';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('what a device is called', () => {
  it.each([
    [`${MAC} Version/18.0 Safari/605.1.15`, 'Safari', 'macOS'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME}`, 'Chrome', 'Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/140.0`, 'Edge', 'Windows'],
    [`Mozilla/5.0 (Linux; Android 16) ${CHROME.replace('Safari', 'Mobile Safari')}`, 'Chrome', 'Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/1 Safari/604.1', 'Safari', 'iOS'],
  ])('%s', (agent, browser, system) => {
    expect(deviceOf(agent)).toEqual({ browser, system });
  });
  it.each(['', 'curl/8', 'python-httpx/0.28'])('is nothing for %s', (agent) => {
    expect(deviceOf(agent)).toBeNull();
  });
});

describe('a number of days', () => {
  it.each([
    ['90', 90],
    [' ๓๖๕ ', 365],
    ['1', 1],
  ])('%s', (text, days) => expect(daysOf(text)).toBe(days));
  it.each(['', '0', '366', '-1', '1.5', '1e2', 'x', '9999'])('is not %s', (text) => expect(daysOf(text)).toBeNull());
});
