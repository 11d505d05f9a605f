/** Documents of one name are versions of one; the list has those of a name one after the other, the latest first. */
import type { CaseDocument } from '../api/types';

export interface Versions {
  latest: CaseDocument;
  /** which version the latest is, from 1; null while there may be more of this name to come */
  number: number | null;
  /** the latest first */
  earlier: CaseDocument[];
}

/** `complete`: nothing comes after these. */
export function versionsOf(items: readonly CaseDocument[], complete: boolean): Versions[] {
  const groups: CaseDocument[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.[0]?.fileName === item.fileName) last.push(item);
    else groups.push([item]);
  }
  return groups.flatMap(([latest, ...earlier], place) => {
    if (!latest) return [];
    const known = complete || place < groups.length - 1;
    return [{ latest, earlier, number: known ? earlier.length + 1 : null }];
  });
}
