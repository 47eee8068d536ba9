/** Builds the window with the fake core, for tests and for working on it (`npx vite -c test/window/vite.config.ts`). */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { catalogueForVite } from '../../build/catalogue.mjs';
import { katexFonts } from '../../build/katex-fonts.ts';

/** The policy of the real window, so that whatever it would refuse fails here too. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [svelte({ configFile: false }), katexFonts(), catalogueForVite()],
  logLevel: 'warn',
  build: {
    outDir: '../../node_modules/.cache/window-test',
    emptyOutDir: true,
    target: 'chrome130',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  preview: { headers: { 'Content-Security-Policy': POLICY } },
});
