/** `training.device`: refused where there is no GPU, and the library for the GPU on the CPU and on one. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gpuFolder } from '../../build/setup/tensorflow-gpu.mjs';
import { libraryFolder } from '../../build/setup/tensorflow-library.mjs';
import { hasGpuLibrary } from '../../core/engine/device.ts';
import { deviceInUse, loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { versions } from '../../core/engine/versions.ts';
import { THREADS } from './run-graph.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
const hasDevice = ['/dev/nvidiactl', '/dev/dxg'].some((path) => existsSync(path));
const REFUSED = hasGpuLibrary()
  ? 'training.device is "gpu", but this machine has no NVIDIA GPU with its driver (/dev/nvidia* is missing); install the driver, or give "cpu".'
  : `training.device is "gpu", but TensorFlow's library for NVIDIA GPUs is not set up here; run "npm run setup -- --gpu" (Linux x64), or give "cpu".`;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-device-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Trains one small epoch and a second; `library` is loaded instead of the one beside the binding. */
function train(device: string, run: string, library?: string) {
  const changes = ['data.train=500', 'data.test=200', 'training.epochs=2', 'training.threads=1'];
  const sets = [...changes, `training.device=${device}`].flatMap((set) => ['--set', set]);
  const env = library ? { ...process.env, LD_LIBRARY_PATH: join(library, 'lib') } : process.env;
  const args = [CLI, 'run', 'mnist-quick', ...sets, '--out', run, '--json'];
  return spawnSync(process.execPath, args, { env, encoding: 'utf8' });
}

/** The lines of a run's metrics, but how long they took. */
const metricsOf = (run: string): Record<string, unknown>[] =>
  readFileSync(join(run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ ...(JSON.parse(line) as object), seconds: 0 }));

describe.skipIf(hasDevice)('a GPU that is not there', () => {
  test('is refused before TensorFlow is loaded, and the CPU is still to be had', async () => {
    await expect(loadTensorFlow(THREADS, 'gpu')).rejects.toMatchObject({
      name: 'InputError',
      message: REFUSED,
      phrase: { field: 'training.device' },
    });
    expect(deviceInUse()).toBe(null);
    const before = process.env['CUDA_VISIBLE_DEVICES'];
    const tf = await loadTensorFlow(THREADS, 'cpu');
    expect([...tf.sum([1, 2]).dataSync()]).toEqual([3]);
    expect(process.env['CUDA_VISIBLE_DEVICES']).toBe(before);
    expect(versions()).toMatchObject({ device: 'cpu' });
    expect(await loadTensorFlow(THREADS)).toBe(tf);
    await expect(loadTensorFlow(THREADS, 'gpu')).rejects.toThrow(REFUSED);
  });

  test('is refused by the command line in one sentence, and leaves no run', () => {
    const run = join(folder, 'refused');
    const { status, stdout, stderr } = train('gpu', run);
    expect({ status, stdout, stderr: stderr.trim() }).toEqual({
      status: 2,
      stdout: '',
      stderr: REFUSED,
    });
    expect(existsSync(run)).toBe(false);
  });
});

describe.runIf(existsSync(gpuFolder) && existsSync(libraryFolder))(
  'the library for the GPU',
  () => {
    test('finds NVIDIA’s libraries on its run path', () => {
      const read = spawnSync(
        'readelf',
        ['-d', join(gpuFolder, 'lib/libtensorflow_framework.so.2')],
        {
          encoding: 'utf8',
        },
      );
      for (const part of ['cublas', 'cuda_cupti', 'cuda_runtime', 'cudnn', 'cufft', 'cusparse']) {
        expect(read.stdout).toContain(`$ORIGIN/../nvidia/${part}/lib`);
        expect(existsSync(join(gpuFolder, 'nvidia', part, 'lib'))).toBe(true);
      }
    });

    test('gives the same bits on the CPU as the other one', () => {
      const [one, other] = [join(folder, 'cpu'), join(folder, 'gpu')];
      expect(train('cpu', one, libraryFolder).status).toBe(0);
      expect(train('cpu', other, gpuFolder).status).toBe(0);
      expect(metricsOf(one)).toHaveLength(3);
      expect(metricsOf(other)).toEqual(metricsOf(one));
    }, 60_000);
  },
);

describe.runIf(hasDevice && hasGpuLibrary())('a GPU', () => {
  test('trains as the CPU does, but for rounding', () => {
    const [one, other] = [join(folder, 'on-cpu'), join(folder, 'on-gpu')];
    expect(train('cpu', one).status).toBe(0);
    const { status, stderr } = train('gpu', other);
    expect(status, stderr).toBe(0);
    const losses = (run: string) => metricsOf(run).map(({ trainLoss }) => trainLoss as number);
    const onCpu = losses(one);
    losses(other).forEach((loss, epoch) => expect(loss / onCpu[epoch]!).toBeCloseTo(1, 1));
    const stored = JSON.parse(readFileSync(join(other, 'config.json'), 'utf8')) as object;
    expect(stored).toMatchObject({ versions: { device: 'gpu' } });
  }, 120_000);
});
