// @ts-check
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fillFolder, readJson, sha256OfFile, replaceJson } from './files.mjs';
import { cacheFolder, packageFolder } from './paths.mjs';
import { toolProblem } from './problem.mjs';
import { lastLines, runProgram } from './run.mjs';
import { say } from './say.mjs';
import { PYTHON_LIBRARY, libraryFolder } from './tensorflow-library.mjs';
import { TENSORFLOW_VERSION, libraryFor } from './tensorflow-wheels.mjs';
import { bindingGyp } from './binding-gyp.mjs';

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
  const kept = join(cacheFolder, keptName(version));
  if (await useKept(kept)) return libraryBeside();
  say('TensorFlow: building the native binding (about 15 s).');
  await build();
  await keep(kept);
  libraryBeside();
}

/** @param {string} tfjsVersion */
const keptName = (tfjsVersion) =>
  `binding-${tfjsVersion}-${TENSORFLOW_VERSION}-napi${NODE_API}-${process.platform}-${process.arch}`;

/** Windows looks for a binding's libraries beside it. */
function libraryBeside() {
  if (process.platform !== 'win32') return;
  const names = Object.values(libraryFor(process.platform, process.arch)?.files ?? {});
  for (const name of [...names, PYTHON_LIBRARY].filter((one) => one.endsWith('.dll'))) {
    const beside = join(dirname(bindingPath), name);
    rmSync(beside, { force: true });
    copyFileSync(join(libraryFolder, 'lib', name), beside);
  }
}

/**
 * The library stays in the cache; rpath finds it through these links, beside the binding.
 * @param {string} folder
 */
export function linkLibrary(folder) {
  const deps = join(tfjs, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(deps, { recursive: true });
  // A junction, which on Windows anybody may make; elsewhere the word means nothing.
  for (const part of ['lib', 'include']) {
    symlinkSync(join(folder, part), join(deps, part), 'junction');
  }
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
  replaceJson(join(tfjs, 'binding.gyp'), bindingGyp(process.platform));
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
