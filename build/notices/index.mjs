// @ts-check
/** Writes what a packaged folder must say of its parts: licences, notices and a bill of materials. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../setup/files.mjs';
import { root } from '../setup/paths.mjs';
import { componentsOf } from './components.mjs';
import { sbomOf } from './sbom.mjs';
import { standardText } from './texts.mjs';

/** Names of the three files in the packaged folder. */
export const FILES = {
  license: 'LICENSE.txt',
  notices: 'THIRD-PARTY-NOTICES.txt',
  sbom: 'sbom.cdx.json',
};

const LINE = '='.repeat(80);

/**
 * @param {string} folder where the three files are written
 * @param {string} asar the packed application
 * @param {string} electronVersion
 */
export async function writeNotices(folder, asar, electronVersion) {
  const own = readJson(join(root, 'package.json'));
  const components = await componentsOf(asar, electronVersion);
  copyFileSync(join(root, 'LICENSE'), join(folder, FILES.license));
  writeFileSync(join(folder, FILES.notices), noticesOf(own.productName, components));
  writeFileSync(join(folder, FILES.sbom), `${sbomOf(own, components)}\n`);
}

/** @param {string} product @param {import('./components.mjs').Component[]} components */
function noticesOf(product, components) {
  const standard = [...new Set(components.flatMap(({ standard: ids }) => ids))].sort();
  return [
    `${product} is under the licence in ${FILES.license}. It contains the ${components.length} packages, libraries and`,
    'fonts of others below, each with its licence. Where one carries no licence text of its own, the',
    'standard text of its licence (of the SPDX list) stands for it, at the end of this file.',
    `${FILES.sbom} lists the same for programs, in CycloneDX.`,
    '',
    ...components.map(({ name, version, license }) => `  ${name} ${version} (${license})`),
    '',
    ...components.map(section),
    ...standard.map((id) => `${LINE}\nStandard text: ${id}\n\n${standardText(id).trim()}\n`),
  ].join('\n');
}

/** @param {import('./components.mjs').Component} component */
function section({ name, version, license, where, parts, standard, about }) {
  const home = about?.homepage ?? about?.repository?.url ?? about?.repository;
  return [
    LINE,
    `${name} ${version}`,
    `Licence: ${license}`,
    `Place: ${where}`,
    ...(home ? [`From: ${home}`] : []),
    ...(standard.length > 0 ? [`Standard texts at the end: ${standard.join(', ')}`] : []),
    ...parts.map(({ title, text }) => `\n--- ${title}\n\n${text.trim()}`),
    '',
  ].join('\n');
}
