// @ts-check
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fillFolder, readJson, sha256OfFile, replaceJson } from './files.mjs';
import { cacheFolder, packageFolder } from './paths.mjs';
import { toolProblem } from './problem.mjs';
import { lastLines, runProgram } from './run.mjs';
import { say } from './say.mjs';
import { TENSORFLOW_VERSION, libraryFolder } from './tensorflow-library.mjs';

/** Node-API version of the binding: the newest that tfjs-node knows, which every Node we allow has. */
const NODE_API = 8;

const tfjs = packageFolder('@tensorflow/tfjs-node');

/** The binding, where tfjs-node looks for it. */
export const bindingPath = join(tfjs, 'lib', `napi-v${NODE_API}`, 'tfjs_binding.node');

/**
 * Puts the binding and the library it is built against into the tfjs-node package, building the
 * binding where needed.
 */
export async function tensorflowBinding() {
  linkLibrary(libraryFolder);
  const { version } = readJson(join(tfjs, 'package.json'));
  const kept = join(cacheFolder, `binding-${version}-${TENSORFLOW_VERSION}-napi${NODE_API}`);
  if (await useKept(kept)) return;
  say('TensorFlow: building the native binding (about 15 s).');
  await build();
  await keep(kept);
}

/**
 * The library stays in the cache; rpath finds it through these links, beside the binding.
 * @param {string} folder
 */
export function linkLibrary(folder) {
  const deps = join(tfjs, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(deps, { recursive: true });
  for (const part of ['lib', 'include']) symlinkSync(join(folder, part), join(deps, part));
}

/** @param {string} kept */
async function useKept(kept) {
  const file = join(kept, 'tfjs_binding.node');
  const expected = readJson(join(kept, 'manifest.json'))?.sha256;
  if (!existsSync(file) || (await sha256OfFile(file)) !== expected) return false;
  mkdirSync(dirname(bindingPath), { recursive: true });
  try {
    copyFileSync(file, `${bindingPath}.part`);
    renameSync(`${bindingPath}.part`, bindingPath);
  } finally {
    rmSync(`${bindingPath}.part`, { force: true });
  }
  return true;
}

/** @param {string} kept */
async function keep(kept) {
  await fillFolder(kept, async (beside) => {
    copyFileSync(bindingPath, join(beside, 'tfjs_binding.node'));
    replaceJson(join(beside, 'manifest.json'), { sha256: await sha256OfFile(bindingPath) });
  });
}

async function build() {
  const tool = join(packageFolder('@mapbox/node-pre-gyp'), 'bin', 'node-pre-gyp');
  const args = [tool, 'install', '--build-from-source', ...ownHeaders()];
  const { ok, output } = await runProgram(process.execPath, args, {
    label: 'compiling',
    cwd: tfjs,
  });
  rmSync(join(tfjs, 'build'), { recursive: true, force: true });
  if (ok && existsSync(bindingPath)) return;
  throw toolProblem(
    'TensorFlow: the native binding could not be built; it needs g++, make and python3 (see the words below), then run "npm run setup" again.',
    lastLines(output),
    tfjs,
  );
}

/** With the running Node's own headers nothing is fetched; a Node without them lets node-gyp fetch. */
function ownHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}
