/** Compares our gradients with those of tfjs's own automatic differentiation. */
import type * as TF from '@tensorflow/tfjs-node';
import fc from 'fast-check';
import { expect } from 'vitest';
import { gradients } from '../../core/engine/gradients.ts';
import { Graph, sizeOf } from '../../core/engine/graph.ts';
import type { Tensor } from '../../core/engine/graph.ts';
import { after } from '../../core/engine/ops/basic.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { randomOf } from '../../core/random.ts';
import { runGraph, THREADS } from './run-graph.ts';

const normal = (shape: number[], seed: number): Float32Array => {
  const random = randomOf(seed, 'test', sizeOf(shape));
  return Float32Array.from({ length: sizeOf(shape) }, () => 2 * random.real() - 1);
};

/** The gradients of sum(seed * f(inputs)), ours and tfjs's, for float inputs. */
export async function compare(
  shapes: number[][],
  ours: (graph: Graph, inputs: Tensor[]) => Tensor,
  theirs: (...inputs: TF.Tensor[]) => TF.Tensor,
  seed: number,
  tolerance = 2e-5,
): Promise<void> {
  const tf = await loadTensorFlow(THREADS);
  const values = shapes.map((shape, i) => normal(shape, seed + i));
  const tensors = values.map((data, i) => tf.tensor(data, shapes[i]!));
  const y = theirs(...tensors);
  const dy = normal(y.shape, seed + 99);
  const wanted = tf.grads(theirs)(tensors, tf.tensor(dy, y.shape));

  const graph = new Graph();
  const fed = shapes.map((shape, i) => graph.placeholder(`x${i}`, 'float32', shape));
  const out = ours(graph, fed);
  expect(out.shape).toEqual(y.shape);
  const seedTensor = graph.placeholder('dy', 'float32', out.shape);
  const found = gradients(graph, out, seedTensor, fed);
  const named = (list: Tensor[], prefix: string) =>
    Object.fromEntries(list.map((t, i) => [`${prefix}${i}`, t]));
  const result = await runGraph(
    graph,
    { ...named(fed, 'x'), dy: seedTensor },
    // A gradient that is passed on as it is cannot be fetched while it is fed.
    {
      ...named(
        found.map((d) => after(graph, [], d)),
        'd',
      ),
      y: out,
    },
    {
      ...Object.fromEntries(values.map((data, i) => [`x${i}`, { data, shape: shapes[i]! }])),
      dy: { data: dy, shape: y.shape },
    },
  );
  expectClose(result['y']!, y.dataSync() as Float32Array, tolerance);
  wanted.forEach((w, i) => expectClose(result[`d${i}`]!, w.dataSync() as Float32Array, tolerance));
}

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  let worst = 0;
  for (let i = 0; i < wanted.length; i++) {
    worst = Math.max(worst, Math.abs(found[i]! - wanted[i]!) / (1 + Math.abs(wanted[i]!)));
  }
  expect(worst).toBeLessThan(tolerance);
}

/** A length. */
export const size = (max: number) => fc.integer({ min: 1, max });
/** A seed. */
export const seeds = fc.integer({ min: 0, max: 1e6 });
/** A property of a few random cases. */
export const property = <T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  body: (...values: T) => Promise<void>,
) =>
  fc.assert(
    fc.asyncProperty(...(arbitraries as unknown as [fc.Arbitrary<unknown>]), (...values) =>
      body(...(values as unknown as T)),
    ),
    { numRuns: 8 },
  );
