/** Who is signed in. */
import { get, request, setCsrfToken } from './client';
import type { IdentityProvider, Me, SessionAnswer } from './types';

export async function whoAmI(signal?: AbortSignal): Promise<Me> {
  const me = await get<Me>('/authentication/me', signal);
  setCsrfToken(me.csrfToken);
  return me;
}

/** Null when a code is asked for before there is a session. Throws a Problem of status 401 when name or password is wrong. */
export async function signIn(username: string, password: string): Promise<Me | null> {
  return await opened('/session', { username, password });
}

/** The second step, for who has a second factor. Throws a Problem of status 401 for a wrong code, or after too long a time. */
export async function giveCode(code: string): Promise<Me | null> {
  return await opened('/session/code', { code });
}

async function opened(path: string, body: unknown): Promise<Me | null> {
  const { data } = await request<SessionAnswer>(path, { method: 'POST', body, expectUnauthorized: true });
  if (data.codeNeeded) return null;
  setCsrfToken(data.csrfToken);
  return await whoAmI();
}

/** Where people may sign in as well, in the order in which the office wants them. */
export async function identityProviders(signal?: AbortSignal): Promise<IdentityProvider[]> {
  return (await get<{ items: IdentityProvider[] }>('/session/providers', signal)).items;
}

export async function signOut(): Promise<void> {
  await request('/session', { method: 'DELETE' });
  setCsrfToken(null);
}
