/** What a GPU needs before TensorFlow is loaded for it. */
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import type { TrainingConfig } from '../contract/config/schema.ts';

/** Where TensorFlow computes. */
export type Device = TrainingConfig['device'];

/** What NVIDIA's driver puts there; the last is Windows' own, for Linux within it. */
const DEVICES = ['/dev/nvidiactl', '/dev/nvidia0', '/dev/dxg'];
const DRIVER = 'libcuda.so.1';

/** What errors about it name. */
export const DEVICE_FIELD = { path: 'training.device' } as const;

/** @throws InputError where TensorFlow's library for the GPU, NVIDIA's driver or its devices are missing */
export function requireGpu(): void {
  if (!hasGpuLibrary()) throw new InputError('tensorflow.noGpuLibrary', { field: DEVICE_FIELD });
  if (!DEVICES.some((path) => existsSync(path))) {
    throw new InputError('tensorflow.noDriver', { missing: '/dev/nvidia*', field: DEVICE_FIELD });
  }
  if (!canLoad(DRIVER)) {
    throw new InputError('tensorflow.noDriver', { missing: DRIVER, field: DEVICE_FIELD });
  }
}

/** Whether set-up has put the library for the GPU beside the binding: NVIDIA's libraries lie next to it. */
export function hasGpuLibrary(): boolean {
  const tfjs = dirname(createRequire(__filename).resolve('@tensorflow/tfjs-node/package.json'));
  const library = join(tfjs, 'deps', 'lib');
  return existsSync(library) && existsSync(join(dirname(realpathSync(library)), 'nvidia'));
}

/** Whether the loader finds a library. Of one that it finds, Node says that it is no addon. */
function canLoad(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (error) {
    return !String(error).includes('cannot open shared object file');
  }
}
