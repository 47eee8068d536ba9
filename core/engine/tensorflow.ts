/** Loads TensorFlow's native binding, once, with a number of threads. */
import util from 'node:util';
import { InputError } from '../contract/words/errors.ts';
import { isMemoryShort } from '../contract/words/memory.ts';

/** The module `@tensorflow/tfjs-node`. */
export type TensorFlow = typeof import('@tensorflow/tfjs-node');

let loaded: { tf: TensorFlow; threads: number } | null = null;

/**
 * Loads TensorFlow. The number of threads is fixed for a process by the first call.
 * @throws InputError where it was loaded with another number, or cannot be loaded
 */
export async function loadTensorFlow(threads: number): Promise<TensorFlow> {
  if (loaded && loaded.threads !== threads) {
    throw new InputError('tensorflow.threads', {
      threads: loaded.threads,
      threads2: threads,
      field: { path: 'training.threads' },
    });
  }
  loaded ??= { tf: await load(threads), threads };
  return loaded.tf;
}

async function load(threads: number): Promise<TensorFlow> {
  process.env['TF_NUM_INTRAOP_THREADS'] = String(threads);
  process.env['TF_NUM_INTEROP_THREADS'] = '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  restoreOldUtil();
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

/** The version of the native library, as `2.21.0`, once it is loaded; null before. */
export function tensorFlowVersion(): string | null {
  if (!loaded) return null;
  const backend = loaded.tf.backend() as unknown as { binding?: { TF_Version?: string } };
  return backend.binding?.TF_Version ?? null;
}
