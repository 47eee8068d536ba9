/** The network's Jacobian and its spectrum: against tfjs, finite differences and NumPy. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { jacobianOf } from './entrywise-jacobian.ts';
import { openKernel, outputWeights } from '../../core/theory/kernel.ts';
import fixture from '../fixtures/theory/singular-values.json';
import { THREADS } from './run-graph.ts';

const ACTIVATIONS = ['relu', 'softplus', 'tanh'] as const;
const { samples, dimension, units } = fixture;
const inputs = Float32Array.from(fixture.inputs);
const weights = { data: Float32Array.from(fixture.weights), units };

let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

const PHI = {
  relu: (z: number) => Math.max(0, z),
  softplus: (z: number) => Math.log1p(Math.exp(z)),
  tanh: Math.tanh,
};

/** f(W, x_i) number by number. */
function outputAt(w: Float64Array, i: number, phi: (z: number) => number): number {
  const v = outputWeights(units);
  let sum = 0;
  for (let u = 0; u < units; u++) {
    let z = 0;
    for (let j = 0; j < dimension; j++) z += w[j * units + u]! * inputs[i * dimension + j]!;
    sum += v[u]! * phi(z);
  }
  return sum;
}

describe.each(ACTIVATIONS)('with %s', (activation) => {
  test("the Jacobian is tfjs's own", () => {
    const found = jacobianOf(inputs, dimension, weights, activation);
    const size = dimension * units;
    const v = tf.tensor2d(outputWeights(units), [units, 1]);
    const x = tf.tensor2d(inputs, [samples, dimension]);
    const w = tf.tensor2d(weights.data, [dimension, units]);
    for (let i = 0; i < samples; i++) {
      const output = (kernel: TF.Tensor) =>
        tf.sum(tf.matMul(tf[activation](tf.matMul(x.slice(i, 1), kernel)), v));
      const known = tf.grad(output)(w).dataSync();
      known.forEach((value, p) =>
        expect(Math.abs(found[i * size + p]! - value)).toBeLessThan(1e-6),
      );
    }
  });

  test('the Jacobian is that of finite differences', () => {
    const found = jacobianOf(inputs, dimension, weights, activation);
    const size = dimension * units;
    const w = Float64Array.from(weights.data);
    const step = 1e-6;
    for (let p = 0; p < size; p += 7) {
      for (const i of [0, 11, 23]) {
        const at = (value: number) => {
          const moved = w.slice();
          moved[p] = value;
          return outputAt(moved, i, PHI[activation]);
        };
        const slope = (at(w[p]! + step) - at(w[p]! - step)) / (2 * step);
        expect(Math.abs(found[i * size + p]! - slope)).toBeLessThan(1e-7);
      }
    }
  });

  test("singular values are NumPy's, and vectors are orthonormal and belong to them", async () => {
    const kernel = await openKernel({ samples, dimension, activation }, inputs, THREADS);
    const { singular, vectors } = kernel.spectrum(weights);
    fixture.singular[activation].forEach((value, i) =>
      expect(Math.abs(singular[i]! - value) / value).toBeLessThan(1e-6),
    );
    const jacobian = jacobianOf(inputs, dimension, weights, activation);
    const size = dimension * units;
    // u^T J has the length of its singular value.
    singular.forEach((value, s) => {
      const row = new Float64Array(size);
      for (let i = 0; i < samples; i++) {
        for (let p = 0; p < size; p++) {
          row[p]! += vectors[s * samples + i]! * jacobian[i * size + p]!;
        }
      }
      expect(Math.hypot(...row)).toBeCloseTo(value, 5);
    });
    kernel
      .outputs(weights)
      .forEach((value, i) =>
        expect(value).toBeCloseTo(outputAt(Float64Array.from(weights.data), i, PHI[activation]), 5),
      );
    kernel.dispose();
  });
});

test('more units than one chunk, and no memory left behind', async () => {
  const wide = {
    units: 2500,
    data: Float32Array.from({ length: 2500 * dimension }, (_, i) => Math.sin(i)),
  };
  const kernel = await openKernel({ samples, dimension, activation: 'tanh' }, inputs, THREADS);
  const before = tf.memory().numTensors;
  const { singular } = kernel.spectrum(wide);
  kernel.outputs(wide);
  expect(tf.memory().numTensors).toBe(before);
  // The squares of singular values add up to the squares of all entries.
  const entries = jacobianOf(inputs, dimension, wide, 'tanh').reduce((sum, e) => sum + e * e, 0);
  const squares = singular.reduce((sum, value) => sum + value * value, 0);
  expect(squares / entries).toBeCloseTo(1, 6);
  kernel.dispose();
});
