// @ts-check
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fillFolder } from './files.mjs';
import { cacheFolder } from './paths.mjs';
import { say } from './say.mjs';
import { fetchWheel } from './wheel.mjs';
import { damageIn, writeManifest } from './whole.mjs';
import { unzip } from './zip.mjs';

/** The TensorFlow that the native binding is built against. */
export const TENSORFLOW_VERSION = '2.21.0';

/** @type {import('./wheel.mjs').Wheel} */
const WHEEL = {
  project: 'tensorflow-cpu',
  version: TENSORFLOW_VERSION,
  file: `tensorflow_cpu-${TENSORFLOW_VERSION}-cp311-cp311-manylinux_2_27_x86_64.whl`,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  bytes: 273_829_956,
};

/** Libraries in the wheel. */
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Names that the linker and the loader ask for; the C API lives in the C++ library. */
const LINKS = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
};

/** What a package that carries the library must say of it and of what is in it. */
const NOTICES = /^tensorflow\/(?:include\/)?(LICENSE|THIRD_PARTY_NOTICES\.txt)$/;

/** Headers that the binding includes, and what those include in turn. */
const HEADERS =
  /^tensorflow\/include\/((tensorflow\/(c|core\/platform)|tsl\/platform|xla\/tsl)\/.*\.h)$/;

/** Where the unpacked library is kept, `lib/` and `include/`; a change of what is kept changes the name. */
export const libraryFolder = join(cacheFolder, `tensorflow-${TENSORFLOW_VERSION}-2`);

const wheelFolder = join(cacheFolder, 'wheel');

/** Makes sure that TensorFlow's library is in the cache, whole; fetches it where it is not. */
export async function tensorflowLibrary() {
  const damaged = await damageIn(libraryFolder);
  if (damaged === null) return;
  if (damaged !== libraryFolder)
    say(`TensorFlow: ${damaged} is damaged; fetching the library again.`);
  mkdirSync(cacheFolder, { recursive: true });
  const wheel = await fetchWheel(WHEEL, wheelFolder);
  say('TensorFlow: unpacking the library (850 MB).');
  await fillFolder(libraryFolder, async (beside) => {
    await unpackLibrary(wheel, beside);
    await writeManifest(beside);
  });
  rmSync(wheelFolder, { recursive: true, force: true });
}

/**
 * Unpacks what is kept of a wheel of TensorFlow, into `lib/` and `include/` of a folder.
 * @param {string} wheel
 * @param {string} folder
 */
export async function unpackLibrary(wheel, folder) {
  await unzip(wheel, folder, placeInCache);
  for (const [link, target] of Object.entries(LINKS)) {
    symlinkSync(target, join(folder, 'lib', link));
  }
}

/** @param {string} name */
function placeInCache(name) {
  const library = LIBRARIES.find((file) => name === `tensorflow/${file}`);
  if (library) return `lib/${library}`;
  const kept = HEADERS.exec(name) ?? NOTICES.exec(name);
  return kept ? `include/${kept[1]}` : null;
}
