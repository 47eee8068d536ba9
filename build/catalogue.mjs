// @ts-check
/** The core's catalogue, as a program that is no part of the core sees it: for reference pages and tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundledForEsbuild } from './bundled.mjs';
import { EXTERNAL } from './bundle.mjs';
import { root } from './setup/paths.mjs';

/**
 * Loads a module of the core, which is TypeScript and imports texts, fonts and the like.
 * @param {string} entry its path below the root
 * @param {import('esbuild').Plugin[]} [plugins] that put other files in the place of some
 */
export async function loadCore(entry, plugins = []) {
  const { build } = await import('esbuild');
  // Below node_modules, where it finds what it leaves to be loaded at run time.
  const folder = mkdtempSync(join(root, 'node_modules', '.core-'));
  try {
    const outfile = join(folder, 'module.cjs');
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: EXTERNAL,
      plugins: [...plugins, bundledForEsbuild],
      logLevel: 'warning',
    });
    return createRequire(outfile)(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The catalogue.
 * @param {import('esbuild').Plugin[]} [plugins]
 * @returns {Promise<import('../core/contract/messages/catalogue.ts').Catalogue>}
 */
export const catalogueOf = async (plugins) =>
  (await loadCore('core/api/catalogue.ts', plugins)).CATALOGUE;

/**
 * `virtual:catalogue` for the window's tests, whose fake core sends it.
 * @param {import('esbuild').Plugin[]} [plugins]
 * @returns {import('vite').Plugin}
 */
export const catalogueForVite = (plugins) => ({
  name: 'catalogue',
  resolveId: (id) => (id === 'virtual:catalogue' ? `\0${id}` : null),
  load: async (id) =>
    id === '\0virtual:catalogue'
      ? `export const CATALOGUE = ${JSON.stringify(await catalogueOf(plugins))};`
      : null,
});
