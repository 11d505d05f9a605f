/**
 * The texts of the language that pages begin in are fetched together with the application: the start page names their part,
 * which nothing imports at once.
 */
import type { Plugin } from 'vite';

const THAI = /[\\/]src[\\/]i18n[\\/]th\.ts$/;

export function firstTexts(): Plugin {
  return {
    name: 'krabuan-first-texts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const parts = Object.values(bundle ?? {});
        const thai = parts.find((part) => part.type === 'chunk' && THAI.test(part.facadeModuleId ?? ''));
        if (!thai) throw new Error('the build has no part of its own for the Thai texts');
        return [
          {
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${thai.fileName}` },
            injectTo: 'head',
          },
        ];
      },
    },
  };
}
