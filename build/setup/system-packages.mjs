// @ts-check
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { lastLines, runProgram } from './run.mjs';
import { say, sayFine } from './say.mjs';
import {
  BROWSER,
  FONT,
  MANAGERS,
  NEEDS,
  PIP,
  hasCandidate,
  installCommand,
  namesOf,
} from './system-names.mjs';

const FONT_FILES = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf',
  '/usr/share/fonts/TTF/DejaVuSans.ttf',
  '/usr/share/fonts/truetype/DejaVuSans.ttf',
];

/**
 * Sees to the Linux packages that the window, the native library and the tests need.
 * @param {{tests: boolean}} options
 */
export async function systemPackages({ tests }) {
  if (process.platform !== 'linux') return;
  const missing = missingNeeds(tests);
  if (missing.length === 0) return sayFine('System packages: all there.');
  const [manager] = MANAGERS.find(([, program]) => onPath(program)) ?? [];
  if (manager !== 'apt' || process.getuid?.() !== 0) {
    const names = namesOf(missing, manager ?? 'apt', isKnownToApt);
    const command = installCommand(manager ?? 'apt', names);
    say(`System packages: some are missing; install them with "sudo ${command}" if a step fails.`);
    return;
  }
  await install(missing);
}

/** @param {import('./system-names.mjs').Need[]} missing */
async function install(missing) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update'], { label: 'apt-get update', env });
  const names = namesOf(missing, 'apt', isKnownToApt);
  say(`System packages: installing ${names.join(', ')}.`);
  const args = ['install', '-y', '--no-install-recommends', ...names];
  const { ok, output } = await runProgram('apt-get', args, { label: 'apt-get install', env });
  if (ok) return;
  const command = installCommand('apt', names);
  say(`System packages: "${command}" failed; run it by hand if a later step fails.`);
  say(lastLines(output));
}

/** @param {string} name */
const isKnownToApt = (name) =>
  hasCandidate(
    spawnSync('apt-cache', ['policy', name], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    }).stdout ?? '',
  );

/** @param {boolean} tests */
function missingNeeds(tests) {
  const known = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  const missing = NEEDS.filter(({ library, program }) =>
    library === undefined ? !onPath(program ?? '') : !known.includes(library),
  );
  if (spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) missing.push(PIP);
  if (!FONT_FILES.some((path) => existsSync(path))) missing.push(FONT);
  if (tests && !chromiumPath()) missing.push(BROWSER);
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
