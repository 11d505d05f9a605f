/** Prints the texts of the pages as JSON, {"th": {key: text}, "en": {...}}: browser tests find controls by them in either language. */
import { registerHooks } from 'node:module';

// the sources leave the ending of what they import to the bundler
registerHooks({
  resolve: (specifier, context, next) => next(specifier.startsWith('./') ? `${specifier}.ts` : specifier, context),
});
const { th } = (await import(new URL('../src/i18n/th.ts', import.meta.url).href)) as { th: unknown };
const { en } = (await import(new URL('../src/i18n/en.ts', import.meta.url).href)) as { en: unknown };
process.stdout.write(JSON.stringify({ th, en }));
