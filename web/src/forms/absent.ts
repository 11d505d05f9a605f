/**
 * What a case does not have is null to the conditions of its form, on the server and here. The form viewer fills every field
 * that it draws with something empty; of a field that nobody can fill in, that would make a text of nothing.
 */
import type { Variables } from '../api/types';
import type { Component } from './schema';

/** The viewer's data without the read-only fields for which `given` has no value. */
export function withoutAbsent(components: readonly Component[], given: Variables, data: Variables): Variables {
  const absent = new Set(readOnlyKeys(components).filter((key) => given[key] === undefined || given[key] === null));
  return Object.fromEntries(Object.entries(data).filter(([key]) => !absent.has(key)));
}

function readOnlyKeys(components: readonly Component[]): string[] {
  return components.flatMap((each) => {
    if (each.path) return [];
    if (each.components) return readOnlyKeys(each.components);
    return each.key && each.readonly === true ? [each.key] : [];
  });
}
