// @ts-check
/** SHA256SUMS, as `sha256sum --check` reads it. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../setup/files.mjs';

const NAME = 'SHA256SUMS';

/** What a person installs, and what says what is in it. */
const SHIPPED = /\.(deb|rpm|tar\.zst|AppImage|exe|dmg|zip|cdx\.json)$/;

/** Files of a release, by name. @param {string} folder */
export const shippedFiles = (folder) =>
  readdirSync(folder)
    .filter((name) => SHIPPED.test(name))
    .sort();

/** Writes the sums of the files of a release beside them. @param {string} folder */
export async function writeSums(folder) {
  const lines = [];
  for (const name of shippedFiles(folder)) {
    lines.push(`${await sha256OfFile(join(folder, name))}  ${name}\n`);
  }
  writeFileSync(join(folder, NAME), lines.join(''));
}

/**
 * Names of files that are missing, have no sum or another one.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function wrongSums(folder) {
  const text = readFileSync(join(folder, NAME), 'utf8');
  const sums = new Map(
    text
      .trim()
      .split('\n')
      .map((line) => /** @type {[string, string]} */ ([line.slice(66), line.slice(0, 64)])),
  );
  const wrong = [];
  for (const name of new Set([...sums.keys(), ...shippedFiles(folder)])) {
    const isThere = shippedFiles(folder).includes(name);
    if (!isThere || (await sha256OfFile(join(folder, name))) !== sums.get(name)) wrong.push(name);
  }
  return wrong;
}
