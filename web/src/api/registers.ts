/** The registers over all processes, and what the manual says of one. */
import type { components } from './generated';
import { get } from './client';
import { saveTable } from './save';
import type { Language } from '../i18n';
import type { ProcessDefinitionKey } from './types';

type Schemas = components['schemas'];
export type Entry = Schemas['RegisterItem'];
export type Facts = Schemas['DefinitionFacts'];

export const REGISTERS = ['control-points', 'risks', 'standard-times', 'documents', 'roles', 'legal-basis'] as const;
export type RegisterName = (typeof REGISTERS)[number];

export async function getRegister(name: RegisterName, signal?: AbortSignal): Promise<readonly Entry[]> {
  return (await get<Schemas['Register']>(`/registers/${name}`, signal)).items;
}

/** The whole register as a table for spreadsheets, saved by the browser. */
export async function saveRegister(name: RegisterName, language: Language): Promise<void> {
  const table = await get<string>(`/registers/${name}/export?language=${language}`);
  saveTable(table, `${name}.csv`);
}

export function getFacts(key: ProcessDefinitionKey, signal?: AbortSignal): Promise<Facts> {
  return get(`/process-definitions/${key}/facts`, signal);
}
