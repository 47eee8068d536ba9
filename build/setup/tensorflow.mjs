// @ts-check
import { join } from 'node:path';
import { packageFolder } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';
import { commandWorks, lastLines, runProgram } from './run.mjs';
import { sayFine } from './say.mjs';
import { bindingPath, linkLibrary, tensorflowBinding } from './tensorflow-binding.mjs';
import { chooseGpu, gpuFolder, gpuLibrary } from './tensorflow-gpu.mjs';
import { tensorflowLibrary } from './tensorflow-library.mjs';
import { python } from './wheel.mjs';

const tfjs = packageFolder('@tensorflow/tfjs-node');

/**
 * Makes sure that tfjs-node has its native library and that it loads.
 * @param {boolean} gpu whether it is the one for NVIDIA's GPUs
 */
export async function tensorflow(gpu) {
  if (gpu && !(process.platform === 'linux' && process.arch === 'x64')) {
    throw new SetUpProblem(
      '--gpu: TensorFlow for the GPU comes as wheels for Linux x64, which need python3 with pip; run "npm run setup -- --cpu" here.',
    );
  }
  if (!commandWorks(python(), ['-m', 'pip', '--version'])) {
    throw new SetUpProblem(
      `TensorFlow: its library comes as a Python wheel, which "${python()}" with pip fetches; install both and run "npm run setup" again.`,
    );
  }
  await tensorflowLibrary();
  if (gpu) await gpuLibrary();
  await tensorflowBinding();
  if (gpu) linkLibrary(gpuFolder);
  chooseGpu(gpu);
  await tryIt(gpu ? 'TensorFlow: its library for NVIDIA GPUs' : 'TensorFlow:');
}

/** The files of the native part, whose presence a warm start checks. */
export const tensorflowFiles = () => [bindingPath, join(tfjs, 'deps', 'lib')];

/**
 * Loading is the only proof that library, binding and this machine fit together.
 * @param {string} what
 */
async function tryIt(what) {
  const program =
    "const util = require('node:util');" +
    'util.isNullOrUndefined ??= (x) => x == null; util.isArray ??= Array.isArray;' +
    `const tf = require(${JSON.stringify(tfjs)});` +
    'process.stdout.write(tf.version_core + "/" + tf.sum([1, 2]).dataSync()[0]);';
  const env = { TF_CPP_MIN_LOG_LEVEL: '2' };
  const label = 'trying TensorFlow';
  const { ok, output } = await runProgram(process.execPath, ['-e', program], { label, env });
  if (ok && output.trim().endsWith('/3')) return sayFine(`${what} loads and computes.`);
  throw new SetUpProblem(
    'TensorFlow: its native library does not load; see the words below, delete node_modules/@tensorflow/tfjs-node/lib and .setup, and run "npm run setup".',
    lastLines(output),
  );
}
