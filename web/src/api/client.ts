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

async function send(path: string, { method = 'GET', body, headers, signal }: Options): Promise<Response> {
  try {
    return await fetch(`/v2${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json, application/problem+json, text/xml',
        // tells the server to answer 401 without a challenge, so that the browser shows no password box of its own
        'X-Requested-With': 'XMLHttpRequest',
        ...idleHeader(),
        // the browser itself says where the parts of a form begin and end
        ...(body !== undefined && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
        ...(absent && !OWN.test(path) && { 'X-On-Behalf-Of': absent }),
        ...(method !== 'GET' && csrfToken && { 'X-CSRF-Token': csrfToken }),
        ...headers,
      },
      ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem({ type: 'about:blank', title: 'NETWORK', status: 0, detail: '', instance: path });
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
