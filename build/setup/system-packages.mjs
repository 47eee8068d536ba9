// @ts-check
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { lastLines, runProgram } from './run.mjs';
import { say, sayFine } from './say.mjs';

/** Libraries that an Electron window opens, by the Debian package that carries them. */
const LIBRARIES = {
  'libgtk-3-0': 'libgtk-3.so.0',
  libnss3: 'libnss3.so',
  libasound2: 'libasound.so.2',
  libxss1: 'libXss.so.1',
  libgbm1: 'libgbm.so.1',
  libxtst6: 'libXtst.so.6',
};

/** Programs by the Debian package that carries them, and what we need them for. */
const PROGRAMS = {
  xvfb: 'Xvfb',
  xauth: 'xauth',
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
};

const FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';

/**
 * Sees to the Linux packages that the window, the native library and the tests need.
 * @param {{tests: boolean}} options
 */
export async function systemPackages({ tests }) {
  if (process.platform !== 'linux') return;
  const missing = missingPackages(tests);
  if (missing.length === 0) return sayFine('System packages: all there.');
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say(`System packages: some are missing; install them with "sudo ${command}" if a step fails.`);
    return;
  }
  say(`System packages: installing ${missing.join(', ')}.`);
  await install(missing, command);
}

/** @param {string[]} packages @param {string} command */
async function install(packages, command) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update'], { label: 'apt-get update', env });
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  const { ok, output } = await runProgram('apt-get', args, { label: 'apt-get install', env });
  if (ok) return;
  say(`System packages: "${command}" failed; run it by hand if a later step fails.`);
  say(lastLines(output));
}

/** @param {boolean} tests */
function missingPackages(tests) {
  const known = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  const missing = Object.entries(LIBRARIES)
    .filter(([, library]) => !known.includes(library))
    .map(([name]) => name);
  for (const [name, program] of Object.entries(PROGRAMS)) if (!onPath(program)) missing.push(name);
  if (spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) missing.push('python3-pip');
  if (!existsSync(FONT)) missing.push('fonts-dejavu-core');
  if (tests && !chromiumPath()) missing.push('chromium');
  return missing;
}

/** @param {string} program */
function onPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));
}

/** Where a Chromium for the browser tests is; null where there is none. */
export function chromiumPath() {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => existsSync(place)) ?? null;
}
