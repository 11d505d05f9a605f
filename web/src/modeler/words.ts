/** The words of bpmn-js in the present language: its own are English. */
import type { Language } from '../i18n';
import { TOOLS_TH } from './tools.th';

/** The words with `{name}` replaced; words that are not known stay English. */
export function toolText(
  language: Language,
  words: string,
  replacements: Readonly<Record<string, string>> = {},
): string {
  const said = language === 'th' ? (TOOLS_TH[words] ?? words) : words;
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => replacements[name] ?? whole);
}

/** A module that lets bpmn-js speak the language that is asked for at that moment. */
export function translator(language: () => Language) {
  const translate = (words: string, replacements?: Record<string, string>) => toolText(language(), words, replacements);
  return { translate: ['value', translate] };
}
