// @ts-check
/** What a packaged folder is made of, besides our own code. */
import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { inlinedPackages } from '../inlined.mjs';
import { readJson } from '../setup/files.mjs';
import { packageFolder, root } from '../setup/paths.mjs';
import { TENSORFLOW_VERSION } from '../setup/tensorflow-wheels.mjs';
import { librariesIn } from './libraries.mjs';
import { licenseParts, standardParts } from './texts.mjs';

/**
 * @typedef {object} Part a text of a notice
 * @property {string} title where it is from
 * @property {string} text
 */

/**
 * @typedef {object} Component something of others in the packaged folder
 * @property {'npm' | 'library' | 'font'} kind
 * @property {string} name
 * @property {string} version
 * @property {string} license as an SPDX expression where it can be told
 * @property {string} where it is in the packaged folder
 * @property {Part[]} parts its licence texts
 * @property {string[]} standard SPDX ids whose standard texts belong to it
 * @property {any} [about] its package.json
 */

/**
 * Every package, library and font in a packaged folder.
 * @param {string} asar the packed application
 * @param {string} electronVersion
 * @returns {Promise<Component[]>}
 */
export async function componentsOf(asar, electronVersion) {
  const inlined = inlinedPackages();
  const carried = await carriedPackages(asar);
  const folders = new Map([
    ...carried.map((folder) => /** @type {const} */ ([folder, 'node_modules of the application'])),
    ...inlined.map((folder) => /** @type {const} */ ([folder, 'in its bundles'])),
  ]);
  const packages = [...folders].map(([folder, where]) => npmComponent(folder, where));
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    electron(electronVersion),
    tensorflow(),
    ...packages,
    katexFonts(),
    ...librariesIn([...folders.keys()]),
  ];
}

/** The folders in the clone of the packages that the application carries as they are. @param {string} asar */
async function carriedPackages(asar) {
  const { extractFile, listPackage } = await import('@electron/asar');
  const about = listPackage(asar, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path));
  const places = placesByVersion();
  return about.map((path) => {
    const { name, version } = JSON.parse(String(extractFile(asar, path)));
    const folder = places.get(`${name}@${version}`);
    if (!folder) throw new Error(`${name}@${version} is packaged and not in package-lock.json.`);
    return folder;
  });
}

/** The folder of each package of the lock file; which of two equal ones makes no difference. */
function placesByVersion() {
  const { packages } = readJson(join(root, 'package-lock.json'));
  const entries = Object.entries(/** @type {Record<string, any>} */ (packages));
  return new Map(
    entries.map(([folder, { name, version }]) => [
      `${name ?? folder.replace(/^.*node_modules\//, '')}@${version}`,
      folder,
    ]),
  );
}

/** @param {string} folder @param {string} where @returns {Component} */
function npmComponent(folder, where) {
  const about = readJson(join(root, folder, 'package.json'));
  const { license, parts, standard } = licenseParts(join(root, folder), about);
  return {
    kind: 'npm',
    name: about.name,
    version: about.version,
    license,
    where,
    parts,
    standard,
    about,
  };
}

/** @param {string} version @returns {Component} */
function electron(version) {
  return {
    kind: 'library',
    name: 'electron',
    version,
    license: 'MIT',
    where: 'the executable, with Chromium and Node.js',
    parts: [
      {
        title: 'Beside this file',
        text: 'LICENSE.electron.txt is its licence; LICENSES.chromium.html (.gz on Linux) has those of Chromium, of Node.js and of all that is in them.',
      },
    ],
    standard: [],
  };
}

/** The library's own licence and notices, of the wheel or of the archive of tfjs-node. @returns {Component} */
function tensorflow() {
  const deps = join(packageFolder('@tensorflow/tfjs-node'), 'deps');
  const parts = [
    ...['include/LICENSE', 'include/THIRD_PARTY_NOTICES.txt'],
    ...['LICENSE', 'THIRD_PARTY_TF_C_LICENSES'],
  ].flatMap((name) => textAt(join(deps, name)));
  if (parts.length < 2) throw new Error(`TensorFlow's licence or notices are missing in ${deps}.`);
  const libraries = readdirSync(realpathSync(join(deps, 'lib'))).join('\n');
  return {
    kind: 'library',
    name: 'tensorflow',
    version: /libtensorflow\.so\.(\d+\.\d+\.\d+)/.exec(libraries)?.[1] ?? TENSORFLOW_VERSION,
    license: 'Apache-2.0',
    where: 'node_modules/@tensorflow/tfjs-node/deps/lib',
    parts,
    standard: [],
  };
}

/** @param {string} path @returns {Part[]} */
function textAt(path) {
  try {
    return [{ title: path.split(/[\\/]/).at(-1) ?? path, text: readFileSync(path, 'utf8') }];
  } catch {
    return [];
  }
}

/** KaTeX's package carries the licence of its code; its fonts name another one, inside each. @returns {Component} */
function katexFonts() {
  const { version } = readJson(join(packageFolder('katex'), 'package.json'));
  const text =
    'Copyright (c) 2009-2010, Design Science, Inc. (<www.mathjax.org>)\n' +
    'Copyright (c) 2014-2018 Khan Academy (<www.khanacademy.org>),\n' +
    'with Reserved Font Names KaTeX_Main, KaTeX_Math and so on, one for each font.\n\n' +
    'This Font Software is licensed under the SIL Open Font License, Version 1.1.';
  return {
    kind: 'font',
    name: 'KaTeX fonts',
    version,
    license: 'OFL-1.1',
    where: 'in the bundles of the window',
    parts: [{ title: 'As each font says', text }],
    ...standardParts(['OFL-1.1']),
  };
}
