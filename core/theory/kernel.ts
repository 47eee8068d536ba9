/** The network's Jacobian by its Gram side: singular values, left singular vectors, outputs. */
import type { NamedTensorMap } from '@tensorflow/tfjs-node';
import { loadGraph } from '../engine/load.ts';
import type { LoadedGraph } from '../engine/load.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import type { TensorFlow } from '../engine/tensorflow.ts';
import { kernelGraph } from './kernel-graph.ts';
import type { KernelSpec } from './kernel-graph.ts';

/** Hidden units taken at a time, so that memory does not grow with the width. */
const UNITS = 1024;

/** The network's hidden weights: dimension x units, as the engine keeps them. */
export interface HiddenWeights {
  data: Float32Array;
  units: number;
}

/** The spectrum of the Jacobian J (samples x parameters). */
export interface Spectrum {
  /** Singular values of J, largest first; their squares are eigenvalues of J J^T, the tangent kernel. */
  singular: Float64Array;
  /** Left singular vectors of J, one row each in the same order: samples x samples. */
  vectors: Float32Array;
}

/** The kernel of a network with some activation on some samples. Memory grows as samples^2. */
export interface Kernel {
  /** J J^T = (X X^T) o (phi'(X W) phi'(X W)^T) / units, decomposed by TensorFlow in float64. */
  spectrum(weights: HiddenWeights): Spectrum;
  /** f(W, x) of each sample. */
  outputs(weights: HiddenWeights): Float64Array;
  dispose(): void;
}

/**
 * Opens the kernel on samples.
 * @param inputs samples x dimension
 * @throws InputError where TensorFlow cannot be loaded
 */
export async function openKernel(
  spec: KernelSpec,
  inputs: Float32Array,
  threads: number,
): Promise<Kernel> {
  const tf = await loadTensorFlow(threads);
  const { graph, signatures } = kernelGraph(spec);
  const loaded = await loadGraph(tf, graph, signatures);
  const { samples, dimension } = spec;
  take(loaded, 'fill', { values: tf.tensor2d(inputs, [samples, dimension]) });
  return {
    spectrum(weights) {
      take(loaded, 'clear', {});
      for (const part of partsOf(tf, weights, dimension)) {
        part.signs.dispose();
        take(loaded, 'add', { weights: part.weights });
      }
      const found = take(loaded, 'spectrum', { scale: tf.scalar(1 / weights.units) });
      return ordered(found['values']!, found['vectors']!);
    },
    outputs(weights) {
      const sum = new Float64Array(samples);
      for (const part of partsOf(tf, weights, dimension)) {
        take(loaded, 'outputs', { ...part })['sum']!.forEach((value, i) => (sum[i]! += value));
      }
      return sum;
    },
    dispose: () => loaded.dispose(),
  };
}

/** Calls a signature, copies its outputs and frees everything. */
function take(
  loaded: LoadedGraph,
  name: string,
  inputs: NamedTensorMap,
): Record<string, Float32Array> {
  const out = loaded.call(name, inputs);
  const taken = Object.entries(out).map(([key, tensor]) => [key, tensor.dataSync()]);
  for (const tensor of [...Object.values(inputs), ...Object.values(out)]) tensor.dispose();
  return Object.fromEntries(taken) as Record<string, Float32Array>;
}

/** The weights of some units at a time, and what those count in the output. */
function* partsOf(tf: TensorFlow, { data, units }: HiddenWeights, dimension: number) {
  for (let from = 0; from < units; from += UNITS) {
    const count = Math.min(UNITS, units - from);
    const part = new Float32Array(dimension * count);
    for (let j = 0; j < dimension; j++) {
      part.set(data.subarray(j * units + from, j * units + from + count), j * count);
    }
    yield {
      weights: tf.tensor2d(part, [dimension, count]),
      signs: tf.tensor2d(outputWeights(units).subarray(from, from + count), [count, 1]),
    };
  }
}

/** The fixed output layer v: the first half +1/sqrt(k), the others -1/sqrt(k). */
export function outputWeights(units: number): Float32Array {
  const size = 1 / Math.sqrt(units);
  return Float32Array.from({ length: units }, (_, i) => (i < units / 2 ? size : -size));
}

/** Turns the order round, columns into rows, and eigenvalues into singular values. */
function ordered(values: Float32Array, vectors: Float32Array): Spectrum {
  const n = values.length;
  const rows = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    const column = n - 1 - i;
    for (let j = 0; j < n; j++) rows[i * n + j] = vectors[j * n + column]!;
  }
  const singular = Float64Array.from(values, (value) => Math.sqrt(Math.max(0, value))).reverse();
  return { singular, vectors: rows };
}
