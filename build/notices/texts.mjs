// @ts-check
/** Licence texts: what a package carries, and the standard ones for what it does not. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** Besides what the gatherer looks for: how some packages name their licences. */
const ALSO = /^(copying|copyright|notice)\b/i;

/** GPL version 3 is part of what LGPL version 3 says. @type {Record<string, string[]>} */
const STANDARD_TEXTS = {
  'LGPL-3.0-or-later': ['LGPL-3.0-only', 'GPL-3.0-only'],
};

/**
 * The licence of a package, its texts, and the ids whose standard texts belong to it: for want of
 * its own, and for whatever else its expression names.
 * @param {string} folder
 * @param {any} about its package.json
 */
export function licenseParts(folder, about) {
  const license = licenseOf(about);
  const parts = [...ownFiles(folder), ...licensingInReadme(folder)];
  const ids = idsOf(license);
  const isWhole = parts.some(({ title }) => !/^readme/i.test(title)) && ids.length < 2;
  if (isWhole) return { license, parts, standard: [] };
  parts.push({ title: 'Copyright, as package.json has it', text: copyrightOf(about) });
  return { license, parts, ...standardParts(ids) };
}

/** Standard texts to append, by id. @param {string[]} ids @throws where the list has no such id */
export function standardParts(ids) {
  const standard = ids.flatMap((id) => STANDARD_TEXTS[id] ?? [id]);
  standard.forEach(standardText);
  return { standard };
}

/** @param {string} id of SPDX @returns {string} */
export function standardText(id) {
  return require(`spdx-license-list/licenses/${id}.json`).licenseText;
}

/** Old packages have a list, or an object. @param {any} about @returns {string} */
function licenseOf({ name, license, licenses }) {
  const found = license?.type ?? license ?? licenses?.map((/** @type {any} */ l) => l.type)[0];
  if (!found) throw new Error(`${name} names no licence; look, and say it in build/notices.`);
  return found;
}

/** Every id of an SPDX expression; none where it is none. @param {string} license @returns {string[]} */
function idsOf(license) {
  /** @param {any} node @returns {string[]} */
  const leaves = (node) =>
    node.license
      ? [`${node.license}${node.plus ? '+' : ''}`]
      : [...leaves(node.left), ...leaves(node.right)];
  try {
    return leaves(require('spdx-expression-parse')(license));
  } catch {
    return [];
  }
}

/** @param {string} folder */
function ownFiles(folder) {
  const { Utils } = require('@cyclonedx/cyclonedx-library/Contrib/License');
  const found = [...new Utils.LicenseEvidenceGatherer().getFileAttachments(folder)];
  const names = new Set([
    ...found.map(({ file }) => file),
    ...readdirSync(folder).filter((name) => ALSO.test(name)),
  ]);
  return [...names].map((name) => ({
    title: name,
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}

/** What a README says under a heading of that name. @param {string} folder */
function licensingInReadme(folder) {
  const name = readdirSync(folder).find((file) => /^readme(\.md)?$/i.test(file));
  if (!name) return [];
  const text = readFileSync(join(folder, name), 'utf8');
  const section = /^(#+) +(?:licen[cs]e|licen[cs]ing)\b.*\n([^]*)/im.exec(text);
  if (!section) return [];
  const [, marks = '#', rest = ''] = section;
  const end = rest.search(new RegExp(`^#{1,${marks.length}} `, 'm'));
  return [{ title: name, text: end < 0 ? rest : rest.slice(0, end) }];
}

/** @param {any} about */
function copyrightOf({ name, author, contributors, maintainers }) {
  /** @param {any} one */
  const named = (one) => (typeof one === 'string' ? one : one?.name);
  const people = [author, ...(author ? [] : [...(contributors ?? []), ...(maintainers ?? [])])];
  const names = people.map(named).filter(Boolean).join(', ');
  return `Copyright (c) ${names || `the authors of ${name}`}`;
}
