// @ts-check
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderBytes, fillFolder, sha256OfFile } from './files.mjs';
import { cacheFolder } from './paths.mjs';
import { SetUpProblem, toolProblem } from './problem.mjs';
import { lastLines, runProgram } from './run.mjs';
import { say } from './say.mjs';
import { damageIn, writeManifest } from './whole.mjs';
import { unzip } from './zip.mjs';

/** The TensorFlow that the native binding is built against. */
export const TENSORFLOW_VERSION = '2.21.0';

const WHEEL = `tensorflow_cpu-${TENSORFLOW_VERSION}-cp311-cp311-manylinux_2_27_x86_64.whl`;
const WHEEL_SHA256 = '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c';
const WHEEL_BYTES = 273_829_956;

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

/** Makes sure that TensorFlow's library is in the cache, whole; fetches it where it is not. */
export async function tensorflowLibrary() {
  const damaged = await damageIn(libraryFolder);
  if (damaged === null) return;
  if (damaged !== libraryFolder)
    say(`TensorFlow: ${damaged} is damaged; fetching the library again.`);
  mkdirSync(cacheFolder, { recursive: true });
  const wheel = await fetchWheel();
  say('TensorFlow: unpacking the library (850 MB).');
  await fillFolder(libraryFolder, async (beside) => {
    await unzip(wheel, beside, placeInCache);
    for (const [link, target] of Object.entries(LINKS)) {
      symlinkSync(target, join(beside, 'lib', link));
    }
    await writeManifest(beside);
  });
  rmSync(join(cacheFolder, 'wheel'), { recursive: true, force: true });
}

/** @param {string} name */
function placeInCache(name) {
  const library = LIBRARIES.find((file) => name === `tensorflow/${file}`);
  if (library) return `lib/${library}`;
  const kept = HEADERS.exec(name) ?? NOTICES.exec(name);
  return kept ? `include/${kept[1]}` : null;
}

/** Fetches the wheel through pip; a whole one left by an interrupted set-up is used as it is. */
async function fetchWheel() {
  const folder = join(cacheFolder, 'wheel');
  const wheel = join(folder, WHEEL);
  if (existsSync(wheel) && (await sha256OfFile(wheel)) === WHEEL_SHA256) return wheel;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  say(`TensorFlow: fetching ${WHEEL} through pip (274 MB).`);
  const { ok, output } = await runProgram('python3', pipArguments(folder), {
    label: 'pip download',
    // pip downloads into the temporary folder first; giving it one of ours shows how far it is.
    env: { TMPDIR: folder },
    bytes: () => folderBytes(folder),
    total: WHEEL_BYTES,
  });
  if (!ok || !existsSync(wheel)) {
    rmSync(folder, { recursive: true, force: true });
    throw toolProblem(
      `TensorFlow: pip could not fetch tensorflow-cpu ${TENSORFLOW_VERSION}; see its words below, then run "npm run setup" again.`,
      lastLines(output),
      folder,
    );
  }
  if ((await sha256OfFile(wheel)) === WHEEL_SHA256) return wheel;
  rmSync(folder, { recursive: true, force: true });
  throw new SetUpProblem(
    `TensorFlow: ${WHEEL} is not the file that was expected (sha256 differs) and was deleted; run "npm run setup" again.`,
  );
}

/** @param {string} folder */
function pipArguments(folder) {
  const chosen = ['--python-version', '311', '--implementation', 'cp', '--abi', 'cp311'];
  return [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir'],
    ...['--platform', 'manylinux_2_27_x86_64', ...chosen],
    ...['-d', folder, `tensorflow-cpu==${TENSORFLOW_VERSION}`],
  ];
}
