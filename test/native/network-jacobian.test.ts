/** The Jacobian of whole networks: against tfjs's own differentiation and TensorFlow's SVD of it. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, expect, test } from 'vitest';
import type { NetworkConfig } from '../../core/contract/config/schema.ts';
import type { State } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { networkLayers } from '../../core/models/index.ts';
import type { SampleShape } from '../../core/models/index.ts';
import { openKernel } from '../../core/theory/kernel.ts';
import { networkKernelGraph } from '../../core/theory/network-graph.ts';
import { openNetworkKernel } from '../../core/theory/network-kernel.ts';
import { THREADS } from './run-graph.ts';

let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

const config = (preset: NetworkConfig['preset'], widths: number[]): NetworkConfig => ({
  preset,
  widths,
  depth: 0,
  activation: 'tanh',
  dropout: 0,
});
/** Numbers that look random and are the same everywhere. */
const wave = (size: number, from: number, scale: number) =>
  Float32Array.from({ length: size }, (_, i) => scale * Math.sin(1.7 * (i + from) ** 1.1));

test("an MLP's singular values are those of tfjs's Jacobian, whatever the size of a part", async () => {
  const [samples, inputs, hidden, outputs] = [6, 9, 7, 3];
  const shape: SampleShape = [1, 1, inputs];
  const layers = networkLayers(config('mlp', [hidden]), outputs, shape);
  const labels = Uint8Array.from({ length: samples }, (_, i) => (2 * i + 1) % outputs);
  const open = (rowsOf: 'outputs' | 'label') =>
    openNetworkKernel(
      { layers, shape, samples, outputs, rowsOf, columns: 20, blockRows: 5 },
      wave(samples * inputs, 1, 1),
      THREADS,
      labels,
    );
  const [kernel, labelled] = [await open('outputs'), await open('label')];
  expect(labelled.rows).toBe(samples);
  expect([kernel.rows, kernel.parameters]).toEqual([18, 9 * 7 + 7 + 7 * 3 + 3]);
  const sizes: [string, number[]][] = [
    ['dense1/kernel', [inputs, hidden]],
    ['dense1/bias', [hidden]],
    ['output/kernel', [hidden, outputs]],
    ['output/bias', [outputs]],
  ];
  const state: State = new Map(
    sizes.map(([name, size], i) => {
      const data = wave(
        size.reduce((a, b) => a * b, 1),
        100 * i,
        0.7,
      );
      return [name, { shape: size, data }];
    }),
  );
  const parts = [...state.values()].map(({ data, shape: size }) => tf.tensor(data, [...size]));
  const x = tf.tensor2d(wave(samples * inputs, 1, 1), [samples, inputs]);
  const rows: number[][] = [];
  for (let i = 0; i < samples; i++) {
    for (let c = 0; c < outputs; c++) {
      const output = (...[w1, b1, w2, b2]: TF.Tensor[]) =>
        tf
          .tanh(x.slice(i, 1).matMul(w1!).add(b1!))
          .matMul(w2!)
          .add(b2!)
          .slice([0, c], [1, 1])
          .sum();
      const gradients = tf.grads(output)(parts);
      rows.push(gradients.flatMap((gradient) => [...gradient.dataSync()]));
    }
  }
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  const check = (found: Float64Array | null, of: number[][]) => {
    const gram = of.map((a) => of.map((b) => a.reduce((sum, value, p) => sum + value * b[p]!, 0)));
    const known = new EigenvalueDecomposition(new Matrix(gram)).realEigenvalues;
    known.sort((a, b) => b - a);
    expect(found).toHaveLength(of.length);
    known.forEach((value, i) =>
      expect(Math.abs(found![i]! ** 2 - value)).toBeLessThan(1e-5 * known[0]!),
    );
  };
  check(await kernel.singularValues(state), rows);
  const own = rows.filter((_, row) => row % outputs === labels[Math.floor(row / outputs)]);
  check(await labelled.singularValues(state), own);
  const gram = await kernel.tangentKernel(state);
  expect(gram).toHaveLength(rows.length ** 2);
  rows.forEach((a, i) =>
    rows.forEach((b, j) => {
      const known = a.reduce((sum, value, p) => sum + value * b[p]!, 0);
      expect(gram![i * rows.length + j]).toBeCloseTo(known, 4);
    }),
  );
  kernel.dispose();
  labelled.dispose();
});

test("the theorems' network has the singular values that its own kernel has", async () => {
  const [samples, dimension, units] = [12, 5, 40];
  const inputs = wave(samples * dimension, 3, 0.5);
  const shape: SampleShape = [1, 1, dimension];
  const layers = networkLayers(config('theory', [units]), 2, shape);
  const data = wave(dimension * units, 7, 1);
  const general = await openNetworkKernel(
    { layers, shape, samples, outputs: 1, rowsOf: 'outputs' },
    inputs,
    THREADS,
  );
  const own = await openKernel({ samples, dimension, activation: 'tanh' }, inputs, THREADS);
  const state: State = new Map([['hidden/kernel', { shape: [dimension, units], data }]]);
  const before = tf.memory().numTensors;
  const found = await general.singularValues(state);
  expect(tf.memory().numTensors).toBe(before);
  own
    .spectrum({ data, units })
    .singular.forEach((value, i) => expect(Math.abs(found![i]! - value)).toBeLessThan(1e-5));
  general.dispose();
  own.dispose();
});

/** Option A's shortcut: every second place, and zeros for new channels. */
function shortcut(x: TF.Tensor4D, filters: number, stride: number): TF.Tensor4D {
  const places = stride > 1 ? tf.avgPool(x, 1, stride, 'valid') : x;
  const more = filters - places.shape[3];
  const before = Math.floor(more / 2);
  return tf.pad4d(places, [
    [0, 0],
    [0, 0],
    [0, 0],
    [before, more - before],
  ]);
}

test("a residual network's kernel is that of tfjs, with batch norm's statistics of the samples held", async () => {
  const [samples, outputs] = [5, 3];
  const shape: SampleShape = [8, 8, 2];
  const layers = networkLayers({ ...config('resnet', [2, 3, 4]), depth: 8 }, outputs, shape);
  const spec = { layers, shape, samples, outputs, rowsOf: 'outputs' as const };
  const { weights } = networkKernelGraph(spec);
  const numbers = ({ shape: size }: { shape: readonly number[] }) =>
    size.reduce((a, b) => a * b, 1);
  const state: State = new Map(
    weights.map((variable, i) => {
      const data = wave(numbers(variable), 31 * i, 0.5);
      if (variable.name.endsWith('scale')) data.forEach((value, c) => (data[c] = value + 1));
      return [variable.name, { shape: variable.shape, data }];
    }),
  );
  const pictures = wave(samples * 128, 5, 1);
  const x = tf.tensor4d(pictures, [samples, 8, 8, 2]);

  /** Mean and variance of each normalization, in the order of the layers. */
  const held: [TF.Tensor, TF.Tensor][] = [];
  /** The network by tfjs: it fills `held` by the batch, or uses it. */
  function output(input: TF.Tensor4D, w: TF.Tensor[], settling: boolean): TF.Tensor2D {
    let [next, norm] = [0, 0];
    const convolution = (value: TF.Tensor4D, stride: number) => {
      const [kernel, scale, offset] = w.slice(next, (next += 3)) as [TF.Tensor4D, ...TF.Tensor1D[]];
      const product = tf.conv2d(value, kernel, stride, 'same');
      if (settling) {
        const { mean, variance } = tf.moments(product, [0, 1, 2]);
        const count = product.size / product.shape[3];
        held.push([mean, variance.mul(count / (count - 1))]);
        return tf.batchNorm4d(
          product,
          mean as TF.Tensor1D,
          variance as TF.Tensor1D,
          offset,
          scale,
          1e-5,
        );
      }
      const [mean, variance] = held[norm++] as [TF.Tensor1D, TF.Tensor1D];
      return tf.batchNorm4d(product, mean, variance, offset, scale, 1e-5);
    };
    let value = tf.relu(convolution(input, 1));
    [2, 3, 4].forEach((filters, stage) => {
      const stride = stage > 0 ? 2 : 1;
      const inside = convolution(tf.relu(convolution(value, stride)), 1);
      value = tf.relu(inside.add(shortcut(value, filters, stride)));
    });
    const [kernel, bias] = w.slice(next) as [TF.Tensor2D, TF.Tensor1D];
    return value.mean<TF.Tensor2D>([1, 2]).matMul(kernel).add(bias);
  }
  const values = weights.map(({ name, shape: size }) =>
    tf.tensor(state.get(name)!.data, [...size]),
  );
  output(x, values, true);
  const rows: Float64Array[] = [];
  for (let i = 0; i < samples; i++) {
    for (let c = 0; c < outputs; c++) {
      const one = (...w: TF.Tensor[]) =>
        output(x.slice(i, 1), w, false).slice([0, c], [1, 1]).sum();
      const found = tf.grads(one as (...w: TF.Tensor[]) => TF.Scalar)(values);
      rows.push(Float64Array.from(found.flatMap((gradient) => [...gradient.dataSync()])));
    }
  }
  const known = rows.map((a) => rows.map((b) => a.reduce((sum, v, p) => sum + v * b[p]!, 0)));
  const largest = Math.max(...known.map((row, i) => row[i]!));
  // Parts of 50 columns cut weights between channels, and blocks of 4 rows cut samples.
  for (const cut of [{}, { columns: 50, blockRows: 4 }]) {
    const kernel = await openNetworkKernel({ ...spec, ...cut }, pictures, THREADS);
    const gram = (await kernel.tangentKernel(state))!;
    const away = known.flatMap((row, i) => row.map((v, j) => Math.abs(v - gram[i * 15 + j]!)));
    expect(Math.max(...away)).toBeLessThan(1e-5 * largest);
    kernel.dispose();
  }
});

test('LeNet: parts of 1,000 columns give what all at once give, and stopping ends it', async () => {
  const shape: SampleShape = [28, 28, 1];
  const layers = networkLayers(config('lenet', []), 10, shape);
  const graph = networkKernelGraph({
    layers,
    shape,
    samples: 3,
    outputs: 10,
    rowsOf: 'outputs' as const,
  });
  const state: State = new Map(
    graph.weights.map(({ name, shape: size }, i) => {
      const data = wave(
        size.reduce((a, b) => a * b, 1),
        50 * i,
        0.2,
      );
      return [name, { shape: size, data }];
    }),
  );
  const valuesWith = async (columns: object, stopped = false) => {
    const spec = { layers, shape, samples: 3, outputs: 10, rowsOf: 'outputs' as const, ...columns };
    const kernel = await openNetworkKernel(spec, wave(3 * 784, 5, 1), THREADS);
    expect(kernel.parameters).toBe(61_706);
    const found = await kernel.singularValues(state, { stopped: () => stopped });
    kernel.dispose();
    return found;
  };
  const whole = (await valuesWith({}))!;
  const parts = (await valuesWith({ columns: 1000 }))!;
  expect(whole).toHaveLength(30);
  expect(whole[0]).toBeGreaterThan(0);
  whole.forEach((value, i) => expect(Math.abs(parts[i]! - value)).toBeLessThan(1e-6 * whole[0]!));
  // The last of the many steps is far enough away for the clock to hear of it.
  expect(await valuesWith({ columns: 100 }, true)).toBeNull();
});

test('too many rows are refused with the number that fits', async () => {
  const shape: SampleShape = [1, 1, 4];
  const layers = networkLayers(config('softmax', []), 10, shape);
  await expect(
    openNetworkKernel(
      { layers, shape, samples: 1001, outputs: 10, rowsOf: 'outputs' },
      wave(4004, 0, 1),
      THREADS,
    ),
  ).rejects.toThrow(/has 10,010 rows; at most 10,000 fit in memory, so take at most 1,000 samples/);
});
