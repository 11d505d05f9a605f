/** What an account keeps: how the application looks, and which tours were seen. */
import { get, request } from './client';
import type { components } from './generated';

export type DisplayChoice = components['schemas']['DisplayChoice'];
export type OwnSettings = components['schemas']['OwnSettings'];

export function getOwnSettings(signal?: AbortSignal): Promise<OwnSettings> {
  return get('/authentication/me/settings', signal);
}

export async function keepDisplay(display: DisplayChoice): Promise<void> {
  await request('/authentication/me/settings', { method: 'PUT', body: display });
}

export async function keepTour(tour: string): Promise<void> {
  await request(`/authentication/me/tours/${tour}`, { method: 'PUT' });
}
