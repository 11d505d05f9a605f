/** The types that values of decisions have, as people choose them. */
import { isMessageKey, type Translate } from '../i18n';

/** "" is any value. */
export const TYPES = [
  'string', 'number', 'boolean', 'date', 'time', 'dateTime', 'dayTimeDuration', 'yearMonthDuration', '',
] as const; // prettier-ignore

/** What a type of the file is called; one of the file's own by its name. */
export function typeName(type: string, t: Translate): string {
  const key = `dmn.type.${type || 'any'}`;
  return isMessageKey(key) ? t(key) : type;
}

/** FEEL, which is the same in every language. */
const EXAMPLES: Partial<Record<string, string>> = {
  'input.number': '10, <= 500000, [1..5]',
  'input.date': '< date("2026-10-01")',
  'output.number': '12.5, amount * 0.07',
};

/** What may stand in a cell under a column of this type. */
export function hintOf(type: string, side: 'input' | 'output', t: Translate): string {
  const key = `dmn.hint.${side}.${type}`;
  return isMessageKey(key) ? t(key, { example: EXAMPLES[`${side}.${type}`] ?? '' }) : t(`dmn.hint.${side}`);
}
