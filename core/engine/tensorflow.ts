/** Loads TensorFlow's native binding, once, with a number of threads, for a device. */
import util from 'node:util';
import { InputError } from '../contract/words/errors.ts';
import { isMemoryShort } from '../contract/words/memory.ts';
import { DEVICE_FIELD, hasGpuLibrary, requireGpu } from './device.ts';
import type { Device } from './device.ts';

/** The module `@tensorflow/tfjs-node`. */
export type TensorFlow = typeof import('@tensorflow/tfjs-node');

let loaded: { tf: TensorFlow; threads: number; device: Device } | null = null;

/**
 * Loads TensorFlow. The number of threads and the device are fixed for a process by the first call.
 * @param device where it computes; not given, the one in use, or the CPU
 * @throws InputError where it was loaded with another number or device, or cannot be loaded, or there
 * is no GPU to compute on
 */
export async function loadTensorFlow(threads: number, device?: Device): Promise<TensorFlow> {
  if (loaded && loaded.threads !== threads) {
    throw new InputError('tensorflow.threads', {
      threads: loaded.threads,
      threads2: threads,
      field: { path: 'training.threads' },
    });
  }
  const asked = device ?? loaded?.device ?? 'cpu';
  if (asked === 'gpu' && loaded?.device !== 'gpu') requireGpu();
  if (loaded && loaded.device !== asked) {
    throw new InputError('tensorflow.anotherDevice', {
      device: loaded.device,
      field: DEVICE_FIELD,
    });
  }
  if (loaded) return loaded.tf;
  const tf = await load(threads, asked);
  const found = asked === 'gpu' && usesGpu(tf) ? 'gpu' : 'cpu';
  loaded = { tf, threads, device: found };
  if (found !== asked) throw new InputError('tensorflow.noGpu', { field: DEVICE_FIELD });
  return tf;
}

/** Whether TensorFlow lists a GPU, on which it then places what has a kernel for it. */
function usesGpu(tf: TensorFlow): boolean {
  return (tf.backend() as unknown as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
}

async function load(threads: number, device: Device): Promise<TensorFlow> {
  process.env['TF_NUM_INTRAOP_THREADS'] = String(threads);
  process.env['TF_NUM_INTEROP_THREADS'] = '1';
  // The library for the GPU calls it an error that devices are hidden.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= device === 'cpu' && hasGpuLibrary() ? '3' : '2';
  // Else the first process on a GPU takes all of its memory.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  restoreOldUtil();
  const visible = process.env['CUDA_VISIBLE_DEVICES'];
  // TensorFlow looks for devices while it loads; programs that this one starts must see them again.
  if (device === 'cpu') process.env['CUDA_VISIBLE_DEVICES'] = '-1';
  try {
    const module = await import('@tensorflow/tfjs-node');
    const tf = 'default' in module ? (module.default as TensorFlow) : module;
    tf.env().set('PROD', true);
    return tf;
  } catch (error) {
    if (isMemoryShort(error)) {
      throw new InputError('tensorflow.memory');
    }
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new InputError('tensorflow.notLoaded', { why });
  } finally {
    if (visible === undefined) delete process.env['CUDA_VISIBLE_DEVICES'];
    else process.env['CUDA_VISIBLE_DEVICES'] = visible;
  }
}

/** tfjs-node 4.22 calls two helpers that Node 23 took away. */
function restoreOldUtil(): void {
  const old = util as unknown as Record<string, unknown>;
  old['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  old['isArray'] ??= Array.isArray;
}

/** The threads that TensorFlow was started with in this process; null where it was not. */
export function threadsInUse(): number | null {
  return loaded?.threads ?? null;
}

/** Where TensorFlow computes in this process; null where it was not started. */
export function deviceInUse(): Device | null {
  return loaded?.device ?? null;
}

/** The version of the native library, as `2.21.0`, once it is loaded; null before. */
export function tensorFlowVersion(): string | null {
  if (!loaded) return null;
  const backend = loaded.tf.backend() as unknown as { binding?: { TF_Version?: string } };
  return backend.binding?.TF_Version ?? null;
}
