// @ts-check
/** What must hold before a release is made, and of what was made. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { shippedFiles, wrongSums } from '../package/sums.mjs';
import { readJson } from '../setup/files.mjs';

/**
 * @typedef {object} Source what a release is made from
 * @property {string} version of package.json
 * @property {string} lockVersion of package-lock.json
 * @property {string} citation CITATION.cff
 * @property {string} changelog CHANGELOG.md
 * @property {string} status what `git status --porcelain` prints
 * @property {string} head the commit
 * @property {string | null} tagged the commit that the version's tag is on; null where there is no tag
 * @property {boolean} isDevelopmentHost whether Electron's own binary is not at hand
 */

/**
 * All that stands against a release, a sentence each.
 * @param {Source} source
 * @returns {string[]}
 */
export function sourceFaults(source) {
  const { version, lockVersion, citation, changelog, status, head, tagged } = source;
  const dated = sectionOf(changelog, version);
  const cited = /^version: (\S+)$/m.exec(citation)?.[1];
  const citedOn = /^date-released: (\S+)$/m.exec(citation)?.[1];
  return [
    [
      !/^\d+\.\d+\.\d+$/.test(version),
      `package.json: "${version}" is no version of three numbers.`,
    ],
    [lockVersion !== version, `package-lock.json is of ${lockVersion}; run "npm install".`],
    [cited !== version, `CITATION.cff names version ${cited}; it must be ${version}.`],
    [
      dated === null,
      `CHANGELOG.md: there is no section "## ${version} (date)"; give the unreleased one this heading.`,
    ],
    [dated?.lines === 0, `CHANGELOG.md: the section of ${version} says nothing.`],
    [
      dated !== null && citedOn !== dated.date,
      `CITATION.cff: date-released is ${citedOn}; it must be ${dated?.date}, as in CHANGELOG.md.`,
    ],
    [
      /^## Unreleased\s+(?!## )\S/m.test(changelog),
      'CHANGELOG.md: its unreleased section holds lines; they belong to this version or a later one.',
    ],
    [status.trim() !== '', 'The clone has changes that are not committed; commit or drop them.'],
    [
      tagged !== null && tagged !== head,
      `The tag v${version} is on another commit; choose another version.`,
    ],
    [
      source.isDevelopmentHost,
      "Electron's own binary is not installed; a package of the development host is never released. Make it where Electron can be fetched.",
    ],
  ].flatMap(([isFault, sentence]) => (isFault ? [String(sentence)] : []));
}

/** @param {string} changelog @param {string} version @returns {{date: string, lines: number} | null} */
function sectionOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const own = sections.find((section) => section.startsWith(`${version} `));
  const date = /^\S+ \((\d{4}-\d\d-\d\d)\)/.exec(own ?? '')?.[1];
  if (own === undefined || date === undefined) return null;
  return { date, lines: own.split('\n').filter((line) => line.startsWith('- ')).length };
}

/** The end of the file that a target makes. */
const ENDS = /** @type {Record<string, string>} */ ({
  ...{ deb: '.deb', rpm: '.rpm', tar: '.tar.zst', appimage: '.AppImage' },
  ...{ nsis: '.exe', portable: '.exe', dmg: '.dmg', zip: '.zip' },
});

/** Files that the packaged folder has for its reader. */
const PAPERS = ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt', 'sbom.cdx.json'];

/**
 * All that is wrong with what was made, a sentence each.
 * @param {string} release the folder of the files
 * @param {string} papers the folder of licence and notices, in the packaged one
 * @param {string[]} targets
 * @param {string} version
 */
export async function artifactFaults(release, papers, targets, version) {
  const files = shippedFiles(release);
  const missing = targets.filter(
    (target) => !files.some((name) => name.endsWith(ENDS[target] ?? '')),
  );
  const foreign = files.filter((name) => !name.includes(version));
  const sbom = files.find((name) => name.endsWith('.cdx.json'));
  const described = sbom && readJson(join(release, sbom))?.metadata?.component?.version;
  const empty = PAPERS.map((name) => join(papers, name)).filter(
    (path) => !existsSync(path) || statSync(path).size === 0,
  );
  const wrong = existsSync(join(release, 'SHA256SUMS')) ? await wrongSums(release) : files;
  return [
    ...missing.map((target) => `${target} was not made.`),
    ...foreign.map((name) => `${name} is of another version than ${version}.`),
    ...(described === version ? [] : [`The bill of materials is of ${described}, not ${version}.`]),
    ...empty.map((path) => `${path} is missing or empty.`),
    ...wrong.map((name) => `${name} does not agree with SHA256SUMS.`),
  ];
}
