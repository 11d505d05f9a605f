/**
 * Five texts of the form viewer 2.0 do not go through its `translate` service. This build step sends them through
 * `globalThis.krabuanFormText` (src/forms/formTexts.ts) and fails the build when upstream changes, so that no English
 * word slips into a Thai form unnoticed.
 */
import type { Plugin } from 'vite';

const VIEWER = /form-js-viewer[\\/]dist[\\/]index\.es\.js/;

const REPLACEMENTS: readonly (readonly [string, string])[] = [
  ["children: valueLabel || 'Select'", "children: valueLabel || globalThis.krabuanFormText('Select')"],
  ['children: "Browse"', "children: globalThis.krabuanFormText('Browse')"],
  ["placeholder: 'Search'", "placeholder: globalThis.krabuanFormText('Search')"],
  [
    '"aria-label": `Remove list item ${itemIndex + 1}`',
    '"aria-label": globalThis.krabuanFormText(\'Remove list item\') + ` ${itemIndex + 1}`',
  ],
];

export function formTexts(): Plugin {
  return {
    name: 'krabuan-form-texts',
    enforce: 'pre',
    transform(code, id) {
      if (!VIEWER.test(id)) return null;
      let changed = code;
      for (const [before, after] of REPLACEMENTS) {
        if (!changed.includes(before)) this.error(`form viewer: text to translate not found: ${before}`);
        changed = changed.replaceAll(before, after);
      }
      return { code: changed, map: null };
    },
  };
}
