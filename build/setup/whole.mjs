// @ts-check
/** Folders in the cache with a manifest of all that was unpacked into them from a verified archive. */
import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stateOfFile, readJson, sha256OfFile, replaceJson } from './files.mjs';

const MANIFEST = 'manifest.json';

/**
 * Notes every file of a folder: its sha256, or where a link leads.
 * @param {string} folder
 */
export async function writeManifest(folder) {
  /** @type {Record<string, string>} */
  const files = {};
  for (const name of filesIn(folder)) files[name] = await noteOf(join(folder, name));
  replaceJson(join(folder, MANIFEST), { files });
}

/**
 * What is not as it was when the manifest was written.
 * @param {string} folder
 * @returns {Promise<string | null>} the first such path, null where all is whole; the folder's own
 * where it or its manifest is missing
 */
export async function damageIn(folder) {
  const files = notedIn(folder);
  if (!files) return folder;
  for (const [name, note] of Object.entries(files)) {
    const path = join(folder, name);
    if (!lstatSync(path, { throwIfNoEntry: false }) || (await noteOf(path)) !== note) return path;
  }
  // What was added could be loaded too.
  const added = filesIn(folder).find((name) => !Object.hasOwn(files, name));
  return added === undefined ? null : join(folder, added);
}

/**
 * Sizes and times of all files of a folder as one text: cheap enough for every start.
 * @param {string} folder
 */
export function fingerprintOf(folder) {
  if (!existsSync(folder)) return null;
  return filesIn(folder)
    .map((name) => `${name} ${stateOfFile(join(folder, name))}`)
    .join('\n');
}

/** @param {string} folder @returns {Record<string, string> | null} */
const notedIn = (folder) => readJson(join(folder, MANIFEST))?.files ?? null;

/** @param {string} path */
async function noteOf(path) {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  return found.isFile() ? await sha256OfFile(path) : 'something else';
}

/** Names of all files and links below a folder, but the manifest. @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => name !== MANIFEST)
    .sort();
}
