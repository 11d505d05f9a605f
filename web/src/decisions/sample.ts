/** Sample data: what is typed into the fields of a trial, as values. */
import type { DecisionNeed } from '../api/draftDecisions';
import type { Table } from './model';

export type Kind = 'text' | 'number' | 'boolean' | 'any';

export function kindOf(type: string | null): Kind {
  if (type === 'string') return 'text';
  return type === 'number' || type === 'boolean' ? type : 'any';
}

const THAI_ZERO = 0x0e50;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** A number as people type it, Thai digits and commas included; null for what is none. */
export function numberOf(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO))
    .replaceAll(',', '');
  return NUMBER.test(plain) ? Number(plain) : null;
}

/** What was typed as a value; undefined where nothing was. What is no number where one is wanted is null. */
export function valueOf(kind: Kind, text: string): unknown {
  if (text.trim() === '') return undefined;
  if (kind === 'text') return text;
  if (kind === 'number') return numberOf(text);
  if (kind === 'boolean') return text === 'true';
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The values of all fields in which something stands, by name. */
export function sampleOf(needs: readonly DecisionNeed[], typed: Readonly<Record<string, string>>) {
  const values = needs.map(({ name, type }) => [name, valueOf(kindOf(type), typed[name] ?? '')] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The names of fields in which something stands that is no number. */
export function wrongIn(needs: readonly DecisionNeed[], typed: Readonly<Record<string, string>>): string[] {
  return needs.flatMap(({ name, type }) => (valueOf(kindOf(type), typed[name] ?? '') === null ? name : []));
}

/** The texts that a table knows of a variable, to be chosen. */
export function textsFor(table: Table | null, name: string): string[] {
  const at = table?.inputs.findIndex(({ expression }) => expression === name) ?? -1;
  if (!table || at < 0) return [];
  const cells = [table.inputs[at]?.values ?? '', ...table.rules.map(({ cells: own }) => own[at]?.text ?? '')];
  return [...new Set(cells.flatMap((text) => [...text.matchAll(/"([^"\\]*)"/g)].map(([, inner]) => inner ?? '')))];
}
