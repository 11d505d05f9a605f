/**
 * What a case does not have is null to the conditions of its form, on the server and here. The form viewer fills every field
 * that it draws with something empty; of a field that nobody can fill in, that would make a text of nothing.
 */
import type { Variables } from '../api/types';
import type { Component } from './schema';

/** The viewer's data without the read-only fields for which neither `given` nor the form has a value. */
export function withoutAbsent(components: readonly Component[], given: Variables, data: Variables): Variables {
  const absent = readOnlyFields(components).filter(({ key }) => given[key] === undefined || given[key] === null);
  const defaults = new Map(absent.map(({ key, fallback }) => [key, fallback]));
  return Object.fromEntries(
    Object.entries(data)
      .map(([key, value]) => [key, defaults.has(key) ? defaults.get(key) : value] as const)
      .filter(([key, value]) => !defaults.has(key) || (value !== undefined && value !== null)),
  );
}

/** The read-only fields outside lists, each with what the server writes where the case has no value. */
function readOnlyFields(components: readonly Component[]): { key: string; fallback: unknown }[] {
  return components.flatMap((each) => {
    if (each.path) return [];
    if (each.components) return readOnlyFields(each.components);
    return each.key && each.readonly === true ? [{ key: each.key, fallback: each['defaultValue'] }] : [];
  });
}
