/** A stand-in for the HTTP API: answers by method and path, and remembers what it was asked. */
import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  body: unknown;
  headers: Headers;
}
type Answer = unknown | ((call: Call) => unknown);
export type Routes = Record<string, Answer>;

/** An answer that isn't 200 with JSON. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body?: unknown,
    readonly headers: Record<string, string> = {},
  ) {}
}

export function problem(status: number, members: object = {}): Reply {
  return new Reply(status, { type: 'about:blank', title: 'X', status, detail: 'detail', instance: '/', ...members });
}

export function page<T>(items: T[], endCursor: string | null = null) {
  return { items, page: { totalItems: items.length, hasMoreTotalItems: false, startCursor: null, endCursor } };
}

/** Who is found by the search of people is called by name, too. */
function namesOf(routes: Routes, call: Call): unknown {
  const found = routes['POST /users/search'];
  if (found === undefined) return problem(404);
  const people = (typeof found === 'function' ? found(call) : found) as { items: object[] };
  return { items: people.items.map((person) => ({ active: true, ...person })) };
}

/**
 * Routes are `"GET /user-tasks/1"`, without query; what has no route is answered 404, but for the names of people: they
 * are those of the search.
 */
export function serve(routes: Routes): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal(
    'fetch',
    vi.fn((input: string, init: RequestInit = {}) => {
      const url = new URL(input, 'http://localhost');
      const method = init.method ?? 'GET';
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
      const call = {
        method,
        path: url.pathname.replace('/v2', '') + url.search,
        body,
        headers: new Headers(init.headers),
      };
      calls.push(call);
      const name = `${method} ${url.pathname.replace('/v2', '')}`;
      const named = name === 'POST /users/names' ? namesOf(routes, call) : problem(404);
      const route = routes[name] ?? named;
      const answer: unknown = typeof route === 'function' ? route(call) : route;
      return Promise.resolve(answer).then((said) => response(said instanceof Reply ? said : new Reply(200, said)));
    }),
  );
  return calls;
}

function response({ status, body, headers }: Reply): Response {
  const xml = typeof body === 'string';
  const type = xml ? 'text/xml' : status < 400 ? 'application/json' : 'application/problem+json';
  const text = body === undefined ? null : xml ? body : JSON.stringify(body);
  return new Response(status === 204 ? null : text, { status, headers: { 'Content-Type': type, ...headers } });
}
