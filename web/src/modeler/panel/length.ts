/** A length of time of one unit, as people enter it; ISO 8601 in the diagram. */
export const UNITS = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const;
export type Unit = (typeof UNITS)[number];

export interface Length {
  count: string;
  unit: Unit;
}

const LETTERS: Record<Unit, [before: string, letter: string]> = {
  minutes: ['PT', 'M'],
  hours: ['PT', 'H'],
  days: ['P', 'D'],
  weeks: ['P', 'W'],
  months: ['P', 'M'],
  years: ['P', 'Y'],
};

/** Null for what has several units, repeats or is no length: that is entered as it is written. */
export function lengthOf(text: string): Length | null {
  if (!text) return { count: '', unit: 'days' };
  const found = /^(PT?)(\d+)([A-Z])$/.exec(text);
  const unit = UNITS.find((each) => found && LETTERS[each][0] === found[1] && LETTERS[each][1] === found[3]);
  return found?.[2] && unit ? { count: found[2], unit } : null;
}

/** Empty without a whole count above zero. */
export function written({ count, unit }: Length): string {
  const number = Number(count);
  const [before, letter] = LETTERS[unit];
  return Number.isInteger(number) && number > 0 ? `${before}${number}${letter}` : '';
}
