// @ts-check
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fillFolder } from './files.mjs';
import { cacheFolder } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';
import { say } from './say.mjs';
import { fetchWheel, python } from './wheel.mjs';
import { TENSORFLOW_VERSION, libraryFor } from './tensorflow-wheels.mjs';
import { damageIn, writeManifest } from './whole.mjs';
import { unzip } from './zip.mjs';

/** What a package that carries the library must say of it and of what is in it. */
const NOTICES = /^tensorflow\/(?:include\/)?(LICENSE|THIRD_PARTY_NOTICES\.txt)$/;

/** Headers that the binding includes, and what those include in turn. */
const HEADERS =
  /^tensorflow\/include\/((tensorflow\/(c|core\/platform)|tsl\/platform|xla\/tsl)\/.*\.h)$/;

/** The library of the Python that the wheels are for. */
export const PYTHON_LIBRARY = 'python311.dll';

/** Where the unpacked library is kept, `lib/` and `include/`; a change of what is kept changes the name. */
export const libraryFolder = join(cacheFolder, `tensorflow-${TENSORFLOW_VERSION}-2${ofSystem()}`);

const wheelFolder = join(cacheFolder, 'wheel');

/** Makes sure that TensorFlow's library is in the cache, whole; fetches it where it is not. */
export async function tensorflowLibrary() {
  const damaged = await damageIn(libraryFolder);
  if (damaged === null) return;
  if (damaged !== libraryFolder)
    say(`TensorFlow: ${damaged} is damaged; fetching the library again.`);
  mkdirSync(cacheFolder, { recursive: true });
  const { wheel: wanted, ...taken } = libraryHere();
  const wheel = await fetchWheel(wanted, wheelFolder);
  say('TensorFlow: unpacking the library (850 MB).');
  await fillFolder(libraryFolder, async (beside) => {
    await unpackLibrary(wheel, beside, taken);
    if (process.platform === 'win32') pythonBeside(join(beside, 'lib'));
    await writeManifest(beside);
  });
  rmSync(wheelFolder, { recursive: true, force: true });
}

/**
 * Unpacks what is kept of a wheel of TensorFlow, into `lib/` and `include/` of a folder.
 * @param {string} wheel
 * @param {string} folder
 * @param {Pick<import('./tensorflow-wheels.mjs').SystemLibrary, 'files' | 'links'>} taken
 */
export async function unpackLibrary(wheel, folder, { files, links } = libraryHere()) {
  await unzip(wheel, folder, (name) => placeInCache(name, files));
  for (const [link, target] of Object.entries(links)) {
    symlinkSync(target, join(folder, 'lib', link));
  }
}

/** @param {string} name @param {Record<string, string>} files */
function placeInCache(name, files) {
  if (files[name] !== undefined) return `lib/${files[name]}`;
  const kept = HEADERS.exec(name) ?? NOTICES.exec(name);
  return kept ? `include/${kept[1]}` : null;
}

/** What is taken here. @throws SetUpProblem where there is no wheel for this system */
function libraryHere() {
  const found = libraryFor(process.platform, process.arch);
  if (found) return found;
  throw new SetUpProblem(
    `TensorFlow: there is no wheel with its library for ${process.platform} ${process.arch}; it is for Linux, macOS on Apple silicon and Windows x64.`,
  );
}

/** One cache may serve machines of several kinds; the first kind had it for itself. */
function ofSystem() {
  const system = `${process.platform}-${process.arch}`;
  return system === 'linux-x64' ? '' : `-${system}`;
}

/** On Windows the library is part of Python's module and asks for Python's own. @param {string} folder */
function pythonBeside(folder) {
  const asked = ['-c', 'import sys; print(sys.base_prefix)'];
  const { stdout } = spawnSync(python(), asked, { encoding: 'utf8' });
  const library = join(String(stdout).trim(), PYTHON_LIBRARY);
  if (!existsSync(library)) {
    throw new SetUpProblem(
      `TensorFlow: its library for Windows needs ${PYTHON_LIBRARY}, which Python 3.11 brings; install Python 3.11, first on the PATH, and run "npm run setup" again.`,
    );
  }
  copyFileSync(library, join(folder, PYTHON_LIBRARY));
}
