/**
 * One way to the server: JSON over fetch with the session's cookie. Unsafe methods carry the CSRF token of the session.
 * Every failure is a `Problem`, also when the network or an answer that is not JSON is to blame.
 */
import { observeServerTime } from '../dates/clock';
import { idleHeader } from './activity';
import type { ProblemBody } from './types';

export class Problem extends Error {
  constructor(readonly body: ProblemBody) {
    super(body.detail || body.title);
    this.name = 'Problem';
  }
  get status(): number {
    return this.body.status;
  }
}

let csrfToken: string | null = null;
let absent: string | null = null;
let onUnauthorized: () => void = () => undefined;
let onNoSubstitute: () => void = () => undefined;

/** What belongs to an account is never asked for in the name of another. */
const OWN = /^\/(session|sessions|tokens|clients|substitutions|notifications|authentication\/me\/)/;

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}
/** In whose name requests are made from now on; null: in one's own. */
export function actInTheNameOf(username: string | null): void {
  absent = username;
}
/** What happens when one does not stand in for that person any more. */
export function whenNoSubstitute(handler: () => void): void {
  onNoSubstitute = handler;
}
/** What happens when a session has ended: the application shows the sign-in page. */
export function whenUnauthorized(handler: () => void): void {
  onUnauthorized = handler;
}

export interface Options {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** The sign-in itself answers 401 to a wrong password; that isn't the end of a session. */
  expectUnauthorized?: boolean;
}

export interface Answer<T> {
  status: number;
  data: T;
  etag: string | null;
}

/** Rejects with a Problem; an aborted request rejects with the browser's AbortError, unchanged. */
export async function request<T>(path: string, options: Options = {}): Promise<Answer<T>> {
  const response = await send(path, options);
  observeServerTime(response.headers);
  const text = response.status === 204 ? '' : await response.text();
  if (!response.ok) throw refusal(response, text, path, options);
  const json = (response.headers.get('Content-Type') ?? '').includes('json');
  const data: unknown = json && text ? JSON.parse(text) : text;
  return { status: response.status, data: data as T, etag: response.headers.get('ETag') };
}

/** What the server answers to a POST, as a file. */
export async function postForFile(path: string, body: unknown): Promise<Blob> {
  const response = await send(path, { method: 'POST', body });
  observeServerTime(response.headers);
  if (!response.ok) throw refusal(response, await response.text(), path, {});
  return response.blob();
}

/** What the server answers to a GET, as a file. */
export async function getFile(path: string): Promise<Blob> {
  const response = await send(path, {});
  observeServerTime(response.headers);
  if (!response.ok) throw refusal(response, await response.text(), path, {});
  return response.blob();
}

export interface Upload {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** the part of it that is sent, from 0 to 1 */
  onProgress?: (part: number) => void;
}

/** Posts parts of a form and tells how far that is; rejects like `request`. */
export async function upload<T>(path: string, body: FormData, { headers, signal, onProgress }: Upload): Promise<T> {
  const options: Options = { method: 'POST', body, ...(headers && { headers }) };
  const response = await new Promise<Response>((resolve, reject) => {
    // fetch does not tell how far an upload is
    const sending = new XMLHttpRequest();
    sending.open('POST', `/v2${path}`);
    for (const [name, value] of Object.entries(headersOf(path, options))) sending.setRequestHeader(name, value);
    sending.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    sending.onload = () => {
      const type = sending.getResponseHeader('Content-Type') ?? '';
      const time = sending.getResponseHeader('X-Krabuan-Time');
      const answered = { 'Content-Type': type, ...(time && { 'X-Krabuan-Time': time }) };
      resolve(new Response(sending.responseText, { status: sending.status, headers: answered }));
    };
    sending.onerror = () => reject(unreached(path));
    sending.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => sending.abort());
    sending.send(body);
  });
  observeServerTime(response.headers);
  const text = await response.text();
  if (!response.ok) throw refusal(response, text, path, {});
  return JSON.parse(text) as T;
}

function unreached(path: string): Problem {
  return new Problem({ type: 'about:blank', title: 'NETWORK', status: 0, detail: '', instance: path });
}

function refusal(response: Response, text: string, path: string, { expectUnauthorized }: Options): Problem {
  const problem = new Problem(problemOf(response, text, path));
  if (problem.status === 401 && !expectUnauthorized) onUnauthorized();
  if (problem.body.code === 'no-substitute') onNoSubstitute();
  return problem;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await request<T>(path, signal ? { signal } : {})).data;
}

export async function post<T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
  return (await request<T>(path, { method: 'POST', body, ...(signal && { signal }) })).data;
}

/** What each request says beside what it asks for. */
function headersOf(path: string, { method = 'GET', body, headers }: Options): Record<string, string> {
  return {
    Accept: 'application/json, application/problem+json, text/xml',
    // tells the server to answer 401 without a challenge, so that the browser shows no password box of its own
    'X-Requested-With': 'XMLHttpRequest',
    ...idleHeader(),
    // the browser itself says where the parts of a form begin and end
    ...(body !== undefined && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
    ...(absent && !OWN.test(path) && { 'X-On-Behalf-Of': absent }),
    ...(method !== 'GET' && csrfToken && { 'X-CSRF-Token': csrfToken }),
    ...headers,
  };
}

const PATIENCE = 2; // times that one who is asked to come again does, before the person is told
const NOTHING_DONE: ReadonlySet<string> = new Set(['overloaded', 'rate-limited', 'database-unreachable']);
const LONGEST = 5; // seconds that are waited before

/**
 * As `sendOnce`; when the server has too much to do and says when to come again, that is done. What changes something is
 * sent again only when the code says that nothing of it was done.
 */
async function send(path: string, options: Options): Promise<Response> {
  for (let again = 0; ; again += 1) {
    const response = await sendOnce(path, options);
    const seconds = Number(response.headers.get('Retry-After') ?? NaN);
    if (response.status !== 503 || again === PATIENCE || !(seconds >= 0 && seconds <= LONGEST)) return response;
    if ((options.method ?? 'GET') !== 'GET' && !(await nothingWasDone(response))) return response;
    await pause(seconds * 1000, options.signal);
  }
}

async function nothingWasDone(response: Response): Promise<boolean> {
  const { code } = problemOf(response, await response.clone().text(), '');
  return NOTHING_DONE.has(code ?? '');
}

/** Rejects with an AbortError, as fetch does, when the signal comes. */
function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException('aborted', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
  });
}

async function sendOnce(path: string, options: Options): Promise<Response> {
  const { method = 'GET', body, signal } = options;
  try {
    return await fetch(`/v2${path}`, {
      method,
      credentials: 'same-origin',
      headers: headersOf(path, options),
      ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreached(path);
  }
}

function problemOf(response: Response, text: string, path: string): ProblemBody {
  const fallback = {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: '',
    instance: path,
  };
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...fallback, ...body } : fallback;
  } catch {
    return fallback;
  }
}
