/** Who is signed in. */
import { get, request, setCsrfToken } from './client';
import type { IdentityProvider, Me } from './types';

export async function whoAmI(signal?: AbortSignal): Promise<Me> {
  const me = await get<Me>('/authentication/me', signal);
  setCsrfToken(me.csrfToken);
  return me;
}

/** Throws a Problem of status 401 when name or password is wrong. */
export async function signIn(username: string, password: string): Promise<Me> {
  const { data } = await request<{ csrfToken: string }>('/session', {
    method: 'POST',
    body: { username, password },
    expectUnauthorized: true,
  });
  setCsrfToken(data.csrfToken);
  return whoAmI();
}

/** Where people may sign in as well, in the order in which the office wants them. */
export async function identityProviders(signal?: AbortSignal): Promise<IdentityProvider[]> {
  return (await get<{ items: IdentityProvider[] }>('/session/providers', signal)).items;
}

export async function signOut(): Promise<void> {
  await request('/session', { method: 'DELETE' });
  setCsrfToken(null);
}
