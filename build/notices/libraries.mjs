// @ts-check
/** The C libraries in sharp's binaries, by the table that their packages carry. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../setup/files.mjs';
import { root } from '../setup/paths.mjs';
import { standardParts } from './texts.mjs';

/** SPDX ids by the words of that table. */
const IDS = /** @type {Record<string, string>} */ ({
  'BSD 2-Clause': 'BSD-2-Clause',
  'BSD 3-Clause': 'BSD-3-Clause',
  'New BSD License': 'BSD-3-Clause',
  'IJG License': 'IJG',
  LGPLv3: 'LGPL-3.0-or-later',
  'MIT License': 'MIT',
  'Mozilla Public License 1.1': 'MPL-1.1',
  'fontconfig License': 'HPND-sell-variant',
  'freetype License': 'FTL',
  'libpng License': 'libpng-2.0',
  'libtiff License': 'libtiff',
  'zlib License': 'Zlib',
});

/** Of aom, a patent grant beside its licence. */
const GRANT = 'Alliance for Open Media Patent License 1.0';

/** Libraries that `versions.json` calls otherwise. */
const VERSION_NAMES = /** @type {Record<string, string>} */ ({ ultrahdr: 'uhdr' });

/**
 * The libraries in packages that have such a table; one that is in two is told once.
 * @param {string[]} folders of packages, below the clone
 * @returns {import('./components.mjs').Component[]}
 */
export function librariesIn(folders) {
  const found = new Map();
  for (const folder of folders) {
    const versions = readJson(join(root, folder, 'versions.json'));
    const readme = join(root, folder, 'README.md');
    if (!versions || !existsSync(readme)) continue;
    for (const [name, words] of rowsOf(readFileSync(readme, 'utf8'))) {
      found.set(name, library(name, words, versions, folder));
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Name and licence in each row of the table. @param {string} text @returns {[string, string][]} */
function rowsOf(text) {
  const lines = text.split('\n').filter((line) => /^\| *[a-z]/.test(line));
  return lines.map((line) => {
    const [, name = '', words = ''] = line.split('|').map((cell) => cell.trim());
    return [name, words];
  });
}

/** @param {string} name @param {string} words @param {Record<string, string>} versions @param {string} folder */
function library(name, words, versions, folder) {
  const plain = words.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(' (BSD-like)', '');
  const named = plain.split(/ \+ |, /).filter((word) => word !== GRANT);
  const ids = named.map((word) => {
    if (!IDS[word]) throw new Error(`${folder}: which licence is "${word}" of ${name}?`);
    return IDS[word];
  });
  const short = name.replace(/^lib/, '');
  return {
    kind: /** @type {const} */ ('library'),
    name,
    version: versions[VERSION_NAMES[short] ?? short] ?? versions[name] ?? 'unknown',
    license: ids.join(' AND '),
    where: `in ${folder}`,
    parts: [{ title: `README.md of ${folder.replace('node_modules/', '')}`, text: words }],
    ...standardParts(ids),
  };
}
