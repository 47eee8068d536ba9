// @ts-check
/** Which packages the bundles are made of, as the bundlers themselves say: their notices must ship. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { bundledInputs } from './bundled.mjs';
import { readJson } from './setup/files.mjs';
import { packageFolder, root, stampFolder } from './setup/paths.mjs';

const PARTS = /** @type {const} */ (['core', 'electron', 'renderer']);

/** @typedef {(typeof PARTS)[number]} Part */

/** Where a bundled part's stamp is, with what it was made of. @param {Part} part */
export const bundleStamp = (part) => join(stampFolder, `bundle-${part}.json`);

/**
 * The folders, below the clone, of all packages of which something is in the bundles.
 * @returns {string[]}
 */
export function inlinedPackages() {
  const folders = PARTS.flatMap((part) => readJson(bundleStamp(part)).packages);
  return [...new Set(folders)].sort();
}

/**
 * The packages in what esbuild made. A text made by `?bundled` is a bundle of its own, so it is
 * looked into.
 * @param {import('esbuild').Metafile} metafile
 */
export async function packagesOfEsbuild({ outputs }) {
  /** @type {string[]} */
  const files = [];
  for (const { inputs } of Object.values(outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      if (input.startsWith('bundled:')) {
        files.push(...(await bundledInputs(resolve(root, input.slice('bundled:'.length)))));
      } else if (bytesInOutput > 0) {
        files.push(resolve(root, input.replace(/^copied:/, '')));
      }
    }
  }
  return packagesOf(files);
}

/**
 * The packages in what Vite made. Style sheets render to no code, and fonts are assets.
 * @param {import('vite').Rollup.RollupOutput} made
 */
export function packagesOfVite({ output }) {
  const files = output.flatMap((part) => {
    if (part.type === 'asset') return part.originalFileNames.map((name) => fromRenderer(name));
    const modules = Object.entries(part.modules);
    const kept = modules.filter(
      ([id, { renderedLength }]) => renderedLength > 0 || /\.css\b/.test(id),
    );
    return kept.map(([id]) => helpersPackage(id) ?? id);
  });
  return packagesOf(files);
}

/** Vite names what it copies from the page's folder. @param {string} name */
const fromRenderer = (name) => resolve(root, 'renderer', name);

/** A bundler's own helper, as `\0vite/preload-helper.js`. @param {string} id */
function helpersPackage(id) {
  const name = /^\0([a-z@][^:]*?)\//.exec(id)?.[1];
  return name && join(root, 'node_modules', name, 'helper');
}

/** @param {string[]} files with their whole paths */
function packagesOf(files) {
  const all = files.flatMap((file) => [file, ...sourcesOf(file)]);
  const folders = all.flatMap((file) => {
    const found = /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
    return found ? [folderOf(found)] : [];
  });
  return [...new Set(folders)].map((folder) => relative(root, folder)).sort();
}

/** Some packages are bundles themselves: their maps name what others' code is in them. @param {string} file */
function sourcesOf(file) {
  /** @type {string[]} */
  const sources = readJson(`${file}.map`)?.sources ?? [];
  return sources.map((source) => resolve(dirname(file), source));
}

/**
 * A package's folder here: their maker may have had it nested.
 * @param {string} folder
 */
function folderOf(folder) {
  const name = folder.split(/node_modules[\\/]/).at(-1) ?? '';
  const found = [folder, packageFolder(name)].find((one) => existsSync(join(one, 'package.json')));
  if (found) return found;
  throw new Error(`${name} is in the bundles and not installed here: its licence is not known.`);
}
