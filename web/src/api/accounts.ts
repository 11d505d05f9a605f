/** Accounts, groups and roles as administrators manage them. */
import { get, post, request } from './client';
import type { components } from './generated';
import type { SearchResult } from './types';

type Schemas = components['schemas'];
export type AccountItem = Schemas['Account'];
export type Account = Schemas['AccountDetails'];
export type GroupOfAccount = Schemas['GroupOfAccount'];
export type RoleOfAccount = Schemas['RoleOfAccount'];
export type Explained = Schemas['ExplainedPermission'];
export type RoleItem = Schemas['RoleItem'];
export type ApiClient = Schemas['ClientItem'];

export const CLEARANCES = ['NORMAL', 'CONFIDENTIAL', 'SECRET', 'TOP_SECRET'] as const;
export type Clearance = (typeof CLEARANCES)[number];
/** The roles that are given to accounts; staff is who belongs to a group. */
export const ROLES = ['administrator', 'process-owner', 'auditor', 'client'] as const;
export type Role = (typeof ROLES)[number];
export const GROUP_KINDS = ['unit', 'committee', 'position'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

export interface AccountQuery {
  text: string;
  active: boolean | null;
  role: Role | null;
  group: string | null;
}

export interface NewPerson {
  username: string;
  name: string;
  email: string | null;
  groups: string[];
  withPassword: boolean;
}

interface Wanted {
  limit: number;
  after?: string;
}

const of = (username: string) => `/accounts/${encodeURIComponent(username)}`;
const like = (text: string) => ({ $like: `*${text.replace(/[\\*?]/g, '\\$&')}*` });

export function searchAccounts(
  { text, active, role, group }: AccountQuery,
  page: Wanted,
  signal?: AbortSignal,
): Promise<SearchResult<AccountItem>> {
  const filter = {
    ...(text && { $or: [{ name: like(text) }, { username: like(text) }] }),
    ...(active !== null && { active }),
    ...(role && { role }),
    ...(group && { groupId: group }),
  };
  return post('/accounts/search', { filter, sort: [{ field: 'name' }], page }, signal);
}

export const getAccount = (username: string, signal?: AbortSignal) => get<Account>(of(username), signal);

/** The password for one use is shown this once; null without one. */
export async function addAccount(person: NewPerson): Promise<string | null> {
  return (await post<Schemas['NewAccount']>('/accounts', person)).oneTimePassword;
}

type Seen = Pick<Account, 'username' | 'rev'>;
/** Refused with 409 `stale-revision` when the account is another than the one that was seen. */
const asSeen = ({ rev }: Seen) => ({ 'If-Match': `"${rev}"` });

export async function changeAccount(account: Seen, changes: { name: string; email: string }): Promise<void> {
  await request(of(account.username), { method: 'PATCH', body: changes, headers: asSeen(account) });
}

/** Shown this once; the old password and all sessions end. */
export async function makeOneTimePassword(username: string): Promise<string> {
  return (await post<Schemas['OneTimePassword']>(`${of(username)}/one-time-password`)).oneTimePassword;
}

export async function changeMembership(username: string, group: string, method: 'PUT' | 'DELETE'): Promise<void> {
  await request(`${of(username)}/groups/${encodeURIComponent(group)}`, { method });
}

export async function changeRole(username: string, grant: RoleOfAccount, how: 'grant' | 'revocation'): Promise<void> {
  await post(`${of(username)}/roles/${how}`, grant);
}

export async function setClearance(account: Seen, clearance: string): Promise<void> {
  const path = `/users/${encodeURIComponent(account.username)}/clearance`;
  await request(path, { method: 'PUT', body: { clearance }, headers: asSeen(account) });
}

export async function resetSecondFactor(username: string): Promise<void> {
  await request(`/users/${encodeURIComponent(username)}/second-factor`, { method: 'DELETE' });
}

export async function deactivate(account: Seen, reason: string): Promise<void> {
  const path = `${of(account.username)}/deactivation`;
  await request(path, { method: 'POST', body: { reason }, headers: asSeen(account) });
}

export async function activate(account: Seen): Promise<void> {
  await request(`${of(account.username)}/activation`, { method: 'POST', headers: asSeen(account) });
}

export async function clientsOf(username: string, signal?: AbortSignal): Promise<ApiClient[]> {
  const found = await get<{ items: ApiClient[] }>(`/users/${encodeURIComponent(username)}/clients`, signal);
  return found.items;
}

export async function revokeClient(id: string): Promise<void> {
  await request(`/clients/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export async function getRoles(signal?: AbortSignal): Promise<RoleItem[]> {
  return (await get<{ items: RoleItem[] }>('/roles', signal)).items;
}

export interface GroupItem {
  groupId: string;
  name: string;
  nameEn: string;
  kind: GroupKind;
  parent: string | null;
  headOf: string | null;
}

export interface GroupQuery {
  text: string;
  kind: GroupKind | null;
}

export function searchGroups(
  { text, kind }: GroupQuery,
  page: Wanted,
  signal?: AbortSignal,
): Promise<SearchResult<GroupItem>> {
  const filter = {
    ...(text && { $or: [{ name: like(text) }, { nameEn: like(text) }, { groupId: like(text) }] }),
    ...(kind && { kind }),
  };
  return post('/groups/search', { filter, sort: [{ field: 'name' }], page }, signal);
}

export async function getGroup(id: string, signal?: AbortSignal): Promise<GroupItem | null> {
  const body = { filter: { groupId: id }, page: { limit: 1 } };
  return (await post<SearchResult<GroupItem>>('/groups/search', body, signal)).items[0] ?? null;
}

export type ApiKey = Omit<Schemas['ApiKey'], 'kind'> & { kind: 'TOKEN' | 'CLIENT' };

export interface KeyQuery {
  username: string;
  valid: boolean | null;
}

/** Tokens and clients of every account, the newest first; `now` says what has expired. */
export function searchKeys(
  { username, valid }: KeyQuery,
  now: string,
  page: Wanted,
  signal?: AbortSignal,
): Promise<SearchResult<ApiKey>> {
  const lasting = { $or: [{ expiresAt: { $exists: false } }, { expiresAt: { $gt: now } }] };
  const over = { $or: [{ revokedAt: { $exists: true } }, { expiresAt: { $lte: now } }] };
  const filter = {
    ...(username && { username }),
    ...(valid === true && { revokedAt: { $exists: false }, ...lasting }),
    ...(valid === false && over),
  };
  return post('/api-keys/search', { filter, sort: [{ field: 'madeAt', order: 'DESC' }], page }, signal);
}
