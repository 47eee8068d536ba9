// @ts-check
/** Packages that the lock file has installed and that nothing which is packaged loads. */
import { join } from 'node:path';
import { readJson } from '../setup/files.mjs';
import { root } from '../setup/paths.mjs';

/**
 * What our dependencies name for work of other kinds: fetching and building (node-pre-gyp, of which
 * a few lines of ours tell the binding's place), commands of their own, browsers, types.
 */
const NOT_LOADED =
  /^(@mapbox\/node-pre-gyp|adm-zip|tar|rimraf|https-proxy-agent|argparse|chalk|core-js|regenerator-runtime|yargs|underscore|@types\/.*|@webgpu\/types)$/;

/** On Linux pictures are decoded in WebAssembly; see core/data/pictures/decode.ts. */
const NATIVE_PICTURES = /^@img\/sharp-(?!wasm32$)/;

/**
 * Names of packages that are not to be packed. electron-builder moves packages to other folders, so
 * one that is needed in one place is kept in all.
 * @param {Record<string, any>} packages of package-lock.json
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
export function needlessPackages(packages, platform) {
  /** @type {Set<string>} */
  const needed = new Set();
  const visit = (/** @type {string} */ folder) => {
    const { dependencies = {}, optionalDependencies = {} } = packages[folder] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const isLeft = platform === 'linux' && NATIVE_PICTURES.test(name);
      const place = NOT_LOADED.test(name) || isLeft ? null : placeOf(packages, folder, name);
      if (place === null || needed.has(place)) continue;
      needed.add(place);
      visit(place);
    }
  };
  visit('');
  const names = new Set([...needed].map(nameOf));
  const all = new Set(Object.keys(packages).map(nameOf));
  return [...all].filter((name) => name !== '' && !names.has(name));
}

/** @param {string} folder */
const nameOf = (folder) => folder.replace(/^.*node_modules\//, '');

/** The same of this clone. */
export const needlessHere = () =>
  needlessPackages(readJson(join(root, 'package-lock.json')).packages, process.platform);

/**
 * Where Node finds a package: the nearest folder upwards.
 * @param {Record<string, any>} packages
 * @param {string} from
 * @param {string} name
 * @returns {string | null}
 */
function placeOf(packages, from, name) {
  const place = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (place in packages) return place;
  if (from === '') return null;
  return placeOf(packages, from.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, ''), name);
}
