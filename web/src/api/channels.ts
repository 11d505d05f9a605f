/** Where what people are told may go besides mail: allowed hosts, webhooks, one's own push channels. */
import { get, post, request } from './client';
import type { AllowedHost, PushAddress, PushService, TrialResult, Webhook } from './types';

const HOSTS = '/allowed-hosts';
const HOOKS = '/webhooks';
const PUSH = '/authentication/me/push-addresses';
const SERVICES = '/push-services';

export interface HostEntry {
  pattern: string;
  port: number;
  scheme: 'https' | 'http';
  private: boolean;
  reason: string;
}

export interface WebhookEntry {
  name: string;
  url: string;
  /** none stands for all */
  topics: string[];
  groups: string[];
}

export async function allowedHosts(signal?: AbortSignal): Promise<AllowedHost[]> {
  return (await get<{ items: AllowedHost[] }>(HOSTS, signal)).items;
}

export const allowHost = (entry: HostEntry) => post<unknown>(HOSTS, entry);

export async function disallowHost(key: string): Promise<void> {
  await request(`${HOSTS}/${key}`, { method: 'DELETE' });
}

export async function webhooks(signal?: AbortSignal): Promise<Webhook[]> {
  return (await get<{ items: Webhook[] }>(HOOKS, signal)).items;
}

/** The secret, shown this once. */
export async function addWebhook(entry: WebhookEntry): Promise<string> {
  return (await post<{ secret: string }>(HOOKS, entry)).secret;
}

/** Refused when somebody has changed it since it was read. */
export async function changeWebhook(hook: Webhook, entry: WebhookEntry & { active: boolean }): Promise<void> {
  await request(`${HOOKS}/${hook.webhookKey}`, {
    method: 'PUT',
    body: entry,
    headers: { 'If-Match': `"${hook.rev}"` },
  });
}

/** A new secret, shown this once; for a day the old one signs, too. */
export async function renewSecret(key: string): Promise<string> {
  return (await post<{ secret: string }>(`${HOOKS}/${key}/secret`)).secret;
}

export const tryWebhook = (key: string) => post<TrialResult>(`${HOOKS}/${key}/trial`);

export async function removeWebhook(key: string): Promise<void> {
  await request(`${HOOKS}/${key}`, { method: 'DELETE' });
}

export async function pushAddresses(signal?: AbortSignal): Promise<PushAddress[]> {
  return (await get<{ items: PushAddress[] }>(PUSH, signal)).items;
}

/** Through a service of the office, `address` is who one is there. */
export const addPushAddress = (label: string, address: string, pushServiceKey: string | null) =>
  post<unknown>(PUSH, { label, address, pushServiceKey });

export const tryPushAddress = (key: string) => post<TrialResult>(`${PUSH}/${key}/trial`);

export async function removePushAddress(key: string): Promise<void> {
  await request(`${PUSH}/${key}`, { method: 'DELETE' });
}

export async function pushServices(signal?: AbortSignal): Promise<PushService[]> {
  return (await get<{ items: PushService[] }>(SERVICES, signal)).items;
}

export const addPushService = (name: string, address: string) => post<unknown>(SERVICES, { name, address });

/** With every push channel of people that goes through it. */
export async function removePushService(key: string): Promise<void> {
  await request(`${SERVICES}/${key}`, { method: 'DELETE' });
}
