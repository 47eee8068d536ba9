// @ts-check
/** Sets the clone up. `npm run setup` checks everything; the other commands check only what changed. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronPath, isDevelopmentHost } from './electron-path.mjs';
import { dependencies } from './setup/dependencies.mjs';
import { electron } from './setup/electron.mjs';
import { FALLBACK_ELECTRON, fallbackFolder } from './setup/electron-fallback.mjs';
import { stateOfFile, readJson, sha256OfTexts, replaceJson } from './setup/files.mjs';
import { alone } from './setup/lock.mjs';
import { mnist, mnistFiles } from './setup/mnist.mjs';
import { root, stampFolder } from './setup/paths.mjs';
import { SetUpProblem, problemWords } from './setup/problem.mjs';
import { say, setQuiet } from './setup/say.mjs';
import { systemPackages } from './setup/system-packages.mjs';
import { tensorflow, tensorflowFiles } from './setup/tensorflow.mjs';
import { gpuFolder, usesGpu } from './setup/tensorflow-gpu.mjs';
import { libraryFolder } from './setup/tensorflow-library.mjs';
import { fingerprintOf } from './setup/whole.mjs';

/**
 * @typedef {'core' | 'app' | 'tests'} Purpose `core`: the command line; `app`: the window too;
 * `tests`: a browser as well. Each includes the one before.
 */

/** @type {Purpose[]} */
const PURPOSES = ['core', 'app', 'tests'];

/**
 * Sets up what a purpose needs. Done before and untouched since, it returns at once.
 * @param {Purpose} purpose
 * @param {{full?: boolean, quiet?: boolean, gpu?: boolean}} [options] `full`: check every hash, retry what failed;
 * `gpu`: whether TensorFlow's library is the one for the GPU, as chosen before where it is not given
 */
export async function setUp(purpose, { full = false, quiet = false, gpu = usesGpu() } = {}) {
  setQuiet(quiet);
  if (!full && isUnchanged(readJson(stampOf(purpose)), purpose)) return;
  await alone(async () => {
    await systemPackages({ tests: purpose === 'tests' });
    await dependencies();
    await tensorflow(gpu);
    if (purpose !== 'core') await electron({ retry: full });
    await mnist();
  });
  for (const included of PURPOSES.slice(0, PURPOSES.indexOf(purpose) + 1)) {
    replaceJson(stampOf(included), { key: key(), files: fingerprints(included) });
  }
}

/** @param {Purpose} purpose */
const stampOf = (purpose) => join(stampFolder, `set-up-${purpose}.json`);

/** @param {Purpose} purpose */
function fingerprints(purpose) {
  const files = [...tensorflowFiles(), ...mnistFiles()];
  const folders = [libraryFolder, ...(usesGpu() ? [gpuFolder] : [])];
  if (purpose !== 'core') files.push(electronPath());
  if (purpose !== 'core' && isDevelopmentHost()) folders.push(fallbackFolder);
  return Object.fromEntries([
    ...files.map((file) => [file, stateOfFile(file)]),
    ...folders.map((folder) => [folder, fingerprintOf(folder)]),
  ]);
}

/** @param {{key: string, files: Record<string, string>} | null} stamp @param {Purpose} purpose */
function isUnchanged(stamp, purpose) {
  return (
    stamp?.key === key() && JSON.stringify(stamp.files) === JSON.stringify(fingerprints(purpose))
  );
}

/** Changes with the lock file, with set-up itself and with the Node that runs it. */
function key() {
  const folder = join(root, 'build', 'setup');
  const scripts = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  return sha256OfTexts([process.version, process.platform, process.arch, lock, ...scripts]);
}

/**
 * Which library of TensorFlow `npm run setup` is asked for; none asked for, the one chosen before stays.
 * @param {string[]} args
 * @returns {{gpu?: boolean}}
 */
function chosenLibrary(args) {
  const [first, ...more] = args;
  if (first === undefined) return {};
  if (more.length === 0 && first === '--gpu') return { gpu: true };
  if (more.length === 0 && first === '--cpu') return { gpu: false };
  throw new SetUpProblem(
    `${args.join(' ')}: set-up knows --gpu (TensorFlow for NVIDIA's GPUs) and --cpu (the one without), one at a time.`,
  );
}

/** Told at each start with it, since nobody should take it for a release. */
export function sayWhichElectron() {
  if (!isDevelopmentHost()) return;
  say(`Electron ${FALLBACK_ELECTRON} (development host: someone else's build, pinned by hash).`);
}

/**
 * Runs a command's work; a problem is told in its sentence and ends with exit code 1.
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    say(problemWords(error));
    process.exitCode = 1;
  }
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await setUp('app', { full: true, ...chosenLibrary(process.argv.slice(2)) });
    say('Set up. "npm start" opens the lab.');
  });
}
