// @ts-check
/** What each Linux calls the packages that set-up needs. */

/**
 * @typedef {'apt' | 'dnf' | 'pacman' | 'zypper'} Manager
 * @typedef {object} Need something that must be on the system
 * @property {string} [library] found by the loader
 * @property {string} [program] found on the way
 * @property {string[]} apt names from the oldest to the newest: Debian 13 and Ubuntu 24.04 renamed some
 * @property {string} dnf
 * @property {string} pacman
 * @property {string} zypper
 */

/**
 * A row of the table.
 * @param {{library?: string, program?: string}} what
 * @param {string} apt names, parted by a space
 * @param {string} dnf
 * @param {string} pacman
 * @param {string} zypper
 * @returns {Need}
 */
const row = (what, apt, dnf, pacman, zypper) => ({
  ...{ ...what, apt: apt.split(' ') },
  ...{ dnf, pacman, zypper },
});
const library = (/** @type {string} */ name) => ({ library: name });
const program = (/** @type {string} */ name) => ({ program: name });

/** Libraries that an Electron window opens, and programs of set-up and tests. */
export const NEEDS = [
  row(library('libgtk-3.so.0'), 'libgtk-3-0 libgtk-3-0t64', 'gtk3', 'gtk3', 'libgtk-3-0'),
  row(library('libnss3.so'), 'libnss3', 'nss', 'nss', 'mozilla-nss'),
  row(library('libasound.so.2'), 'libasound2 libasound2t64', 'alsa-lib', 'alsa-lib', 'libasound2'),
  row(library('libXss.so.1'), 'libxss1', 'libXScrnSaver', 'libxss', 'libXss1'),
  row(library('libgbm.so.1'), 'libgbm1', 'mesa-libgbm', 'mesa', 'libgbm1'),
  row(library('libXtst.so.6'), 'libxtst6 libxtst6t64', 'libXtst', 'libxtst', 'libXtst6'),
  row(
    ...[program('Xvfb'), 'xvfb', 'xorg-x11-server-Xvfb'],
    ...['xorg-server-xvfb', 'xorg-x11-server-Xvfb'],
  ),
  row(program('xauth'), 'xauth', 'xorg-x11-xauth', 'xorg-xauth', 'xauth'),
  row(program('g++'), 'g++', 'gcc-c++', 'gcc', 'gcc-c++'),
  row(program('make'), 'make', 'make', 'make', 'make'),
  row(program('python3'), 'python3', 'python3', 'python', 'python3'),
];

/** pip, which is no program of its own everywhere. */
export const PIP = row({}, 'python3-pip', 'python3-pip', 'python-pip', 'python3-pip');
/** The font of figures. */
export const FONT = row({}, 'fonts-dejavu-core', 'dejavu-sans-fonts', 'ttf-dejavu', 'dejavu-fonts');
/** A browser for the tests. */
export const BROWSER = row({}, 'chromium', 'chromium', 'chromium', 'chromium');

/** How each is told to install. */
const COMMANDS = {
  apt: 'apt-get install -y --no-install-recommends',
  dnf: 'dnf install -y',
  pacman: 'pacman -S --needed --noconfirm',
  zypper: 'zypper install -y',
};

/** Programs of package managers, by which a system is known. */
export const MANAGERS = /** @type {[Manager, string][]} */ ([
  ['apt', 'apt-get'],
  ['dnf', 'dnf'],
  ['pacman', 'pacman'],
  ['zypper', 'zypper'],
]);

/**
 * The names of what is missing.
 * @param {Need[]} missing
 * @param {Manager} manager
 * @param {(name: string) => boolean} isKnown whether apt has a package of this name to install
 */
export function namesOf(missing, manager, isKnown) {
  return missing.map((need) => {
    if (manager !== 'apt') return need[manager];
    return need.apt.find(isKnown) ?? /** @type {string} */ (need.apt[0]);
  });
}

/**
 * The command that installs packages, for a person's terminal.
 * @param {Manager} manager
 * @param {string[]} names
 */
export const installCommand = (manager, names) => `${COMMANDS[manager]} ${names.join(' ')}`;

/**
 * Whether what `apt-cache policy` says of a package names one that can be installed. A name that only
 * others provide has no candidate.
 * @param {string} policy
 */
export const hasCandidate = (policy) => /^ {2}Candidate: (?!\(none\))\S/m.test(policy);
