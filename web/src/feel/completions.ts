/** What is offered while an expression is written: the variables known there, the functions, and the words of FEEL. */
import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { FeelFunction } from '../api/expressions';
import type { KnownVariable } from '../api/modelDrafts';

export interface Vocabulary {
  variables: readonly KnownVariable[];
  functions: readonly FeelFunction[];
}
type Pick = (th: string | null, en: string | null) => string;

/** Where the word begins that is being written. Thai is written without blanks between words. */
const WORD = /[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*$/u;
const WORDS_BEFORE = /[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*(?: [\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*)*$/u;
const FITS = /^[\p{L}\p{M}_][\p{L}\p{M}\p{N}_ ]*$/u;

/** The forms that FEEL's own words make; what is in braces is to be filled in. */
const FORMS: readonly [string, string][] = [
  ['if', 'if ${1} then ${2} else ${3}'],
  ['for', 'for ${1} in ${2} return ${3}'],
  ['some', 'some ${1} in ${2} satisfies ${3}'],
  ['every', 'every ${1} in ${2} satisfies ${3}'],
];
const WORDS = ['and', 'or', 'between', 'in', 'true', 'false', 'null', 'instance of'];

/** A source for CodeMirror that asks for the present vocabulary each time. */
export function completing(vocabulary: () => Vocabulary, pick: () => Pick) {
  return (context: CompletionContext): CompletionResult | null => {
    const before = context.state.sliceDoc(0, context.pos);
    const word = WORD.exec(before)?.[0];
    if ((!word && !context.explicit) || isInText(word ? before.slice(0, -word.length) : before)) return null;
    const options = optionsOf(vocabulary(), pick());
    return { from: context.pos - (word ? begunName(before, word, options) : 0), options, validFor: FITS };
  };
}

/** How much before the cursor begins a name: of several words if one does (`last day`), else the last word. */
function begunName(before: string, word: string, options: readonly Completion[]): number {
  const names = options.map(({ label }) => label);
  const words = WORDS_BEFORE.exec(before)?.[0] ?? word;
  for (let begun = words; begun.length > word.length; begun = begun.slice(begun.indexOf(' ') + 1)) {
    if (names.some((name) => name.startsWith(begun))) return begun.length;
  }
  return word.length;
}

/** Whether a text in double quotes is still open at the end. */
function isInText(before: string): boolean {
  return (before.replace(/\\./g, '').split('"').length - 1) % 2 === 1;
}

export function optionsOf({ variables, functions }: Vocabulary, pick: Pick): Completion[] {
  return [
    ...variables.map(({ name, label, source }) => ({
      label: name,
      detail: pick(label.th, label.en),
      info: pick(source.th, source.en),
      type: 'variable',
      boost: 2,
    })),
    ...functions.map((each) =>
      snippetCompletion(templateOf(each), {
        label: each.name,
        detail: signatureOf(each),
        info: pick(each.help.th, each.help.en),
        type: 'function',
        boost: 1,
      }),
    ),
    ...FORMS.map(([label, form]) =>
      snippetCompletion(form, { label, detail: form.replace(/\$\{\d\}/g, '…'), type: 'keyword' }),
    ),
    ...WORDS.map((label) => ({ label, type: 'keyword' })),
  ];
}

/** `(date, days)`; what may be left out stands in brackets. */
export function signatureOf({ signatures: [first] }: FeelFunction): string {
  const names = (first?.parameters ?? []).map(({ name, optional }) => (optional ? `[${name}]` : name));
  return `(${names.join(', ')}${first?.variadic ? ', …' : ''})`;
}

function templateOf({ name, signatures: [first] }: FeelFunction): string {
  const needed = (first?.parameters ?? []).filter(({ optional }) => !optional);
  return `${name}(${needed.map((each) => `\${${each.name}}`).join(', ')})`;
}
