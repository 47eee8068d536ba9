// @ts-check
/** TensorFlow's library for an NVIDIA GPU, with the libraries of NVIDIA's that it loads. */
import { rmSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { fillFolder, makePath, readJson, replaceJson } from './files.mjs';
import { GPU_WHEELS } from './gpu-wheels.mjs';
import { cacheFolder, stampFolder } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';
import { gigabytes, say } from './say.mjs';
import { unpackLibrary } from './tensorflow-library.mjs';
import { TENSORFLOW_VERSION } from './tensorflow-wheels.mjs';
import { fetchWheel } from './wheel.mjs';
import { damageIn, writeManifest } from './whole.mjs';
import { unzip } from './zip.mjs';

/** @typedef {import('./wheel.mjs').Wheel} Wheel */

/** Bytes of what is unpacked from all wheels. */
const UNPACKED_BYTES = 5_679_000_000;

/** Room that is asked for beyond the sum, for what file systems need themselves. */
const SPARE_BYTES = 200e6;

/** Where it is kept: `lib/` and `include/` as of the other library, and beside them `nvidia/`, where the run path looks. */
export const gpuFolder = join(cacheFolder, `tensorflow-gpu-${TENSORFLOW_VERSION}-1`);

const wheelsFolder = join(cacheFolder, 'gpu-wheels');

/** What to run again where it fails. */
const COMMAND = 'npm run setup -- --gpu';

const choice = join(stampFolder, 'gpu.json');

/** Whether this clone was set up for the GPU. */
export const usesGpu = () => readJson(choice)?.gpu === true;

/** @param {boolean} gpu */
export const chooseGpu = (gpu) => replaceJson(choice, { gpu });

/** Makes sure that the library and NVIDIA's are in the cache, whole; fetches them where they are not. */
export async function gpuLibrary() {
  const damaged = await damageIn(gpuFolder);
  if (damaged === null) return;
  if (damaged !== gpuFolder) {
    say(`TensorFlow for the GPU: ${damaged} is damaged; fetching all again.`);
    rmSync(gpuFolder, { recursive: true, force: true });
  }
  makePath(cacheFolder);
  const plan = gpuPlan(GPU_WHEELS.filter(isThere));
  say(plan.words);
  checkRoom(plan.room, freeBytes(cacheFolder), cacheFolder);
  // One folder a wheel: what is whole is used as it is when set-up was interrupted.
  /** @type {string[]} */
  const wheels = [];
  for (const wheel of GPU_WHEELS) {
    wheels.push(await fetchWheel(wheel, folderOf(wheel), COMMAND));
  }
  say(`TensorFlow for the GPU: unpacking (${gigabytes(UNPACKED_BYTES)}).`);
  await fillFolder(gpuFolder, async (beside) => {
    const [library = '', ...others] = wheels;
    await unpackLibrary(library, beside);
    for (const wheel of others) await unzip(wheel, beside, placeBeside);
    await writeManifest(beside);
  });
  rmSync(wheelsFolder, { recursive: true, force: true });
}

/** @param {Wheel} wheel */
const folderOf = ({ project }) => join(wheelsFolder, project);

/** Whether an interrupted set-up has left a wheel; its hash is looked at when it is used. @param {Wheel} wheel */
const isThere = (wheel) =>
  statSync(join(folderOf(wheel), wheel.file), { throwIfNoEntry: false })?.size === wheel.bytes;

/**
 * What is told before anything is fetched, and the bytes that the disk needs for it.
 * @param {Wheel[]} there wheels that an interrupted set-up has left
 */
export function gpuPlan(there) {
  const download = sum(GPU_WHEELS);
  const left = download - sum(there);
  const room = left + UNPACKED_BYTES + SPARE_BYTES;
  const words =
    `TensorFlow for the GPU: ${GPU_WHEELS.length} wheels of ${gigabytes(download)} are fetched through pip` +
    `${there.length > 0 ? ` (${gigabytes(left)} are left)` : ''}; unpacked they take ${gigabytes(UNPACKED_BYTES)}. ` +
    `Until it is done the disk needs ${gigabytes(room)}.`;
  return { words, room };
}

/** @param {Wheel[]} wheels */
const sum = (wheels) => wheels.reduce((all, { bytes }) => all + bytes, 0);

/**
 * @param {number} needed bytes
 * @param {number} free bytes
 * @param {string} folder
 */
export function checkRoom(needed, free, folder) {
  if (free >= needed) return;
  throw new SetUpProblem(
    `TensorFlow for the GPU needs ${gigabytes(needed)} on the disk of ${folder}, where ${gigabytes(free)} are free; make room, or name a folder elsewhere in XDG_CACHE_HOME, and run "${COMMAND}" again.`,
  );
}

/** @param {string} folder */
function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * Where a file of NVIDIA's is kept: its libraries and tools as they lie in the wheel, and its licence;
 * headers and libraries to link with are left out.
 * @param {string} name
 */
export function placeBeside(name) {
  if (/^nvidia\/.*\/include\//.test(name) || /\.(a|h|hpp|py)$/.test(name)) return null;
  if (name.startsWith('nvidia/')) return name;
  const licence = /^([^/]+)\.dist-info\/(?:licenses\/)?(licen[cs]e[^/]*)$/i.exec(name);
  return licence ? `licences/${licence[1]}/${licence[2]}` : null;
}
