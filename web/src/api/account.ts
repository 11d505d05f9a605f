/** One's own account: password, second factor, sessions, keys of programs. */
import { get, post, request } from './client';
import type { ApiToken, NewSecret, NewToken, SecondFactor, SignInSession } from './types';

const FACTOR = '/authentication/me/second-factor';

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await request('/authentication/me/password', { method: 'PUT', body: { currentPassword, newPassword } });
}

export const secondFactor = (signal?: AbortSignal) => get<SecondFactor>(FACTOR, signal);
/** A secret that is shown this once and asked for after `confirm`. */
export const beginSecondFactor = (password: string) => post<NewSecret>(FACTOR, { password });

/** The recovery codes, shown this once. */
export async function confirmSecondFactor(code: string): Promise<string[]> {
  const { data } = await request<{ recoveryCodes: string[] }>(FACTOR, { method: 'PUT', body: { code } });
  return data.recoveryCodes;
}

export async function renewRecoveryCodes(password: string, code: string): Promise<string[]> {
  return (await post<{ recoveryCodes: string[] }>(`${FACTOR}/recovery-codes`, { password, code })).recoveryCodes;
}

export async function removeSecondFactor(password: string, code: string): Promise<void> {
  await post(`${FACTOR}/removal`, { password, code });
}

const of = (username: string) => `/users/${encodeURIComponent(username)}`;

export async function sessionsOf(username: string, signal?: AbortSignal): Promise<SignInSession[]> {
  return (await get<{ items: SignInSession[] }>(`${of(username)}/sessions`, signal)).items;
}

export async function endSession(id: string): Promise<void> {
  await request(`/sessions/${id}`, { method: 'DELETE' });
}

export async function endOtherSessions(username: string): Promise<void> {
  await request(`${of(username)}/sessions?others=true`, { method: 'DELETE' });
}

export async function tokensOf(username: string, signal?: AbortSignal): Promise<ApiToken[]> {
  return (await get<{ items: ApiToken[] }>(`${of(username)}/tokens`, signal)).items;
}

/** The token itself is in the answer, this once. */
export const makeToken = (name: string, expiresAt: string) => post<NewToken>('/tokens', { name, expiresAt });

export async function revokeToken(id: string): Promise<void> {
  await request(`/tokens/${id}`, { method: 'DELETE' });
}
