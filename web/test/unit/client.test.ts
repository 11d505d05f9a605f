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

describe('a server that has too much to do', () => {
  const later = (seconds: string, code = 'overloaded') =>
    new Response(JSON.stringify({ status: 503, title: 'RESOURCE_EXHAUSTED', code }), {
      status: 503,
      headers: { 'Content-Type': 'application/problem+json', ...(seconds && { 'Retry-After': seconds }) },
    });
  const answering = (...answers: Response[]) => {
    const asked = vi.fn(() => Promise.resolve(answers.shift() ?? Response.json({ here: true })));
    vi.stubGlobal('fetch', asked);
    return asked;
  };
  it('is asked again when it said to come again, and nobody is told', async () => {
    const asked = answering(later('0'), later('0'));
    expect(await get('/x')).toEqual({ here: true });
    expect(asked).toHaveBeenCalledTimes(3);
  });
  it('is not asked for ever', async () => {
    const asked = answering(later('0'), later('0'), later('0'), later('0'));
    expect(((await failure()) as Problem).status).toBe(503);
    expect(asked).toHaveBeenCalledTimes(3);
  });
  it('is not asked again when it did not say when, or not soon', async () => {
    for (const seconds of ['', '3600', 'Wed, 21 Oct 2026 07:28:00 GMT']) {
      const asked = answering(later(seconds));
      expect(((await failure()) as Problem).status).toBe(503);
      expect(asked).toHaveBeenCalledTimes(1);
    }
  });
  it('gets a change again only when it surely did nothing of it', async () => {
    const change = () => request('/x', { method: 'POST', body: {} });
    const refused = answering(later('0'));
    expect((await change()).data).toEqual({ here: true });
    expect(refused).toHaveBeenCalledTimes(2);
    const unknown = answering(later('0', 'busy'));
    await expect(change()).rejects.toBeInstanceOf(Problem);
    expect(unknown).toHaveBeenCalledTimes(1);
  });
  it('is left alone by who went away meanwhile', async () => {
    const asked = answering(later('5'));
    const gone = new AbortController();
    const waits = get('/x', gone.signal).catch((error: unknown) => error);
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    gone.abort();
    expect(((await waits) as DOMException).name).toBe('AbortError');
    expect(asked).toHaveBeenCalledTimes(1);
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
