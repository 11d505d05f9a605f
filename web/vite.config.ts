import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { ariaTexts } from './plugins/ariaTexts.ts';
import { firstTexts } from './plugins/firstTexts.ts';
import { formTexts } from './plugins/formTexts.ts';

// `npm run dev` serves the sources and hands the API's paths on to a running `krabuan serve`.
const server = process.env['KRABUAN_URL'] ?? 'http://localhost:8080';

export default defineConfig({
  base: '/',
  plugins: [formTexts(), firstTexts(), ariaTexts(), react()],
  // the help texts stand with the other documentation
  server: { proxy: { '/v2': { target: server, changeOrigin: false } }, fs: { allow: ['.', '../docs/help'] } },
  build: {
    outDir: '../api/static',
    emptyOutDir: true,
    // what each page loads: tests/web/test_bundles.py holds it against its budget
    manifest: true,
    sourcemap: false,
    // the licences of what is bundled ask to be told with it
    license: { fileName: 'licenses.md' },
    // no data: fonts and no inlined scripts, so that the Content-Security-Policy can stay strict
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    env: { TZ: 'UTC' },
  },
});
