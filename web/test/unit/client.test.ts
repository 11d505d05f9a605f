import { afterEach, describe, expect, it, vi } from 'vitest';
import { get, Problem, request, setCsrfToken, whenUnauthorized } from '../../src/api/client';
import { fieldProblemText, problemText } from '../../src/api/problem';
import { translate, type MessageKey } from '../../src/i18n';
import { problem, Reply, serve } from '../server';

const th = (key: MessageKey) => translate('th', key);
const failure = (path = '/x') => get(path).catch((error: unknown) => error);

afterEach(() => {
  setCsrfToken(null);
  whenUnauthorized(() => undefined);
});

describe('requests', () => {
  it('carry the CSRF token when they change something, and only then', async () => {
    const calls = serve({ 'POST /x': new Reply(204), 'GET /x': {} });
    setCsrfToken('secret');
    await request('/x', { method: 'POST', body: {} });
    await get('/x');
    expect(calls.map((call) => call.headers.get('X-CSRF-Token'))).toEqual(['secret', null]);
  });
  it('ask for 401 without a password box of the browser', async () => {
    const calls = serve({ 'GET /x': {} });
    await get('/x');
    expect(calls[0]?.headers.get('X-Requested-With')).toBe('XMLHttpRequest');
  });
  it('tell the application when the session has ended, but not of a wrong password', async () => {
    serve({ 'GET /x': problem(401), 'POST /session': problem(401) });
    const ended = vi.fn();
    whenUnauthorized(ended);
    await request('/session', { method: 'POST', body: {}, expectUnauthorized: true }).catch(() => undefined);
    expect(ended).not.toHaveBeenCalled();
    await failure();
    expect(ended).toHaveBeenCalledTimes(1);
  });
  it('end in a problem also when the answer is no problem document', async () => {
    serve({ 'GET /x': new Reply(502, '<html>') });
    const error = await failure();
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).status).toBe(502);
  });
});

describe('problems in words', () => {
  it('say ours for a known code, the server’s else, and ours for the status last', async () => {
    serve({
      'GET /stale': problem(409, { code: 'stale-revision', th: 'x' }),
      'GET /told': problem(409, { code: 'special', th: 'เฉพาะเรื่อง' }),
      'GET /plain': problem(403),
      'GET /server': problem(502),
    });
    expect(problemText(await failure('/stale'), 'th', th)).toBe(th('problem.stale-revision'));
    expect(problemText(await failure('/told'), 'th', th)).toBe('เฉพาะเรื่อง');
    expect(problemText(await failure('/plain'), 'th', th)).toBe(th('problem.403'));
    expect(problemText(await failure('/server'), 'th', th)).toBe(th('problem.500'));
  });
  it('say that the network is to blame', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    expect(problemText(await failure(), 'th', th)).toBe(th('problem.0'));
  });
  it('tell about a field in the language', () => {
    expect(fieldProblemText({ field: 'a', code: 'x', th: 'ผิด', en: 'wrong' }, 'en', th)).toBe('wrong');
    expect(fieldProblemText({ field: 'a', code: 'required' }, 'th', th)).toBe(th('field.required'));
  });
});
