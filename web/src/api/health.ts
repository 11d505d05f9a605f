/** How the service does. */
import { get } from './client';
import type { components } from './generated';

type Schemas = components['schemas'];
export type Level = 'GOOD' | 'WARN' | 'BAD' | 'UNKNOWN';
export type HealthCheck = Omit<Schemas['HealthCheck'], 'level'> & { level: Level };
export type Health = Omit<Schemas['Health'], 'level' | 'checks'> & { level: Level; checks: HealthCheck[] };

export function getHealth(signal?: AbortSignal): Promise<Health> {
  return get('/health', signal);
}
