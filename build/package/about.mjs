// @ts-check
/** What every installer says of the lab. */
import { join } from 'node:path';
import { readJson } from '../setup/files.mjs';
import { root } from '../setup/paths.mjs';

/**
 * @typedef {object} About
 * @property {string} name of the package and of its command
 * @property {string} productName
 * @property {string} version
 * @property {string} author with an address
 * @property {string} license
 * @property {string} description
 */

/** The lab's own package.json. @returns {About} */
export const aboutLab = () => readJson(join(root, 'package.json'));

/** What a package says that was made for trying. */
export const FOR_TRYING =
  'Built on the development host, a repackaged Electron: for trying the package out, not for release.';

/** Where the files of releases lie. */
export const releaseFolder = join(root, 'release');
