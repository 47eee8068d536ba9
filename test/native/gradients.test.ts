/** Every gradient rule against tfjs's own automatic differentiation, on random shapes. */
import type * as TF from '@tensorflow/tfjs-node';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { gradients } from '../../core/engine/gradients.ts';
import { Graph } from '../../core/engine/graph.ts';
import * as ops from '../../core/engine/ops/index.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { randomOf } from '../../core/random.ts';
import { compare, property, seeds, size } from './compare-gradients.ts';
import { THREADS } from './run-graph.ts';

let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

describe('gradient of', () => {
  test('MatMul, with every transposition', () =>
    property(
      [size(5), size(5), size(5), fc.boolean(), fc.boolean(), seeds],
      (m, k, n, ta, tb, seed) =>
        compare(
          [ta ? [k, m] : [m, k], tb ? [n, k] : [k, n]],
          (graph, [a, b]) => ops.matMul(graph, a!, b!, ta, tb),
          (a, b) => tf.matMul(a!, b!, ta, tb),
          seed,
        ),
    ));

  test('BiasAdd', () =>
    property([size(4), size(4), size(3), seeds], (batch, height, channels, seed) =>
      compare(
        [[batch, height, 2, channels], [channels]],
        (graph, [x, bias]) => ops.biasAdd(graph, x!, bias!),
        (x, bias) => tf.add(x!, bias!),
        seed,
      ),
    ));

  test('Relu', () =>
    property([size(6), size(6), seeds], (a, b, seed) =>
      compare(
        [[a, b]],
        (graph, [x]) => ops.relu(graph, x!),
        (x) => tf.relu(x!),
        seed,
      ),
    ));

  test('Conv2D, with paddings and strides', () =>
    property(
      [
        size(3),
        fc.integer({ min: 5, max: 8 }),
        size(3),
        size(3),
        size(4),
        size(2),
        fc.boolean(),
        seeds,
      ],
      (batch, side, channels, filters, kernel, stride, same, seed) => {
        const padding = same ? 'same' : 'valid';
        return compare(
          [
            [batch, side, side + 1, channels],
            [kernel, kernel, channels, filters],
          ],
          (graph, [x, w]) => ops.conv2d(graph, x!, w!, stride, padding),
          (x, w) => tf.conv2d(x as TF.Tensor4D, w as TF.Tensor4D, stride, padding),
          seed,
        );
      },
    ));

  test('MaxPool', () =>
    property(
      [size(3), fc.integer({ min: 4, max: 8 }), size(3), size(3), seeds],
      (n, side, c, k, seed) =>
        compare(
          [[n, side, side, c]],
          (graph, [x]) => ops.maxPool(graph, x!, k, k),
          (x) => tf.maxPool(x as TF.Tensor4D, k, k, 'valid'),
          seed,
        ),
    ));

  test('Reshape', () =>
    property([size(4), size(4), seeds], (a, b, seed) =>
      compare(
        [[a, b, 2]],
        (graph, [x]) => ops.reshape(graph, x!, [a, b * 2]),
        (x) => tf.reshape(x!, [a, b * 2]),
        seed,
      ),
    ));

  test('AvgPool, and a stride without a window', () =>
    property(
      [size(3), fc.integer({ min: 4, max: 8 }), size(3), size(3), seeds],
      async (n, side, c, k, seed) => {
        await compare(
          [[n, side, side, c]],
          (graph, [x]) => ops.avgPool(graph, x!, k, k),
          (x) => tf.avgPool(x as TF.Tensor4D, k, k, 'valid'),
          seed,
        );
        await compare(
          [[n, side, side, c]],
          (graph, [x]) => ops.avgPool(graph, x!, 1, 2),
          (x) => tf.avgPool(x as TF.Tensor4D, 1, 2, 'valid'),
          seed,
        );
      },
    ));

  test.each(['softplus', 'tanh'] as const)('%s', (name) =>
    property([size(6), size(6), seeds], (a, b, seed) =>
      compare(
        [[a, b]],
        (graph, [x]) => ops[name](graph, x!),
        (x) => tf[name](x!),
        seed,
      ),
    ),
  );

  test.each(['add', 'sub', 'mul'] as const)('%s, broadcasting', (name) =>
    property(
      [size(3), fc.integer({ min: 2, max: 4 }), fc.nat(4), fc.boolean(), seeds],
      (a, b, kind, swap, seed) => {
        const whole = [a + 1, b, 3];
        const other = [whole, [b, 3], [1, b, 1], [a + 1, 1, 3], []][kind]!;
        return compare(
          swap ? [other, whole] : [whole, other],
          (graph, [x, y]) => ops[name](graph, x!, y!),
          (x, y) => tf[name](x!, y!),
          seed,
        );
      },
    ),
  );

  test('Square and Sum', () =>
    property([size(4), size(4), seeds], (a, b, seed) =>
      compare(
        [[a, b]],
        (graph, [x]) => ops.sumLast(graph, ops.square(graph, x!)),
        (x) => tf.sum(tf.square(x!), 1),
        seed,
      ),
    ));

  test('Pad of channels', () =>
    property(
      [size(2), size(4), size(3), fc.nat(3), fc.nat(3), seeds],
      (n, h, c, before, more, seed) =>
        compare(
          [[n, h, 3, c]],
          (graph, [x]) => ops.padChannels(graph, x!, before, more),
          (x) =>
            tf.pad(x!, [
              [0, 0],
              [0, 0],
              [0, 0],
              [before, more],
            ]),
          seed,
        ),
    ));

  test('batch normalization, through the statistics of the batch', () =>
    property([fc.integer({ min: 3, max: 6 }), size(4), size(3), seeds], (n, h, c, seed) =>
      compare(
        [[n, h, 3, c], [c], [c]],
        (graph, [x, scale, offset]) => {
          const still = graph.constant(new Array<number>(c).fill(0), [c], 'float32');
          const given = { scale: scale!, offset: offset!, mean: still, variance: still };
          return ops.normalizeBatch(graph, x!, given).y;
        },
        (x, scale, offset) => {
          const { mean, variance } = tf.moments(x!, [0, 1, 2]);
          const normal = tf.div(tf.sub(x!, mean), tf.sqrt(tf.add(variance, 1e-5)));
          return tf.add(tf.mul(normal, scale!), offset!);
        },
        seed,
        2e-3,
      ),
    ));

  test('softmax cross-entropy against distributions', () =>
    property([size(6), fc.integer({ min: 2, max: 6 }), seeds], (batch, classes, seed) => {
      const random = randomOf(seed, 'targets');
      const rows = Array.from({ length: batch }, () => {
        const row = Array.from({ length: classes }, () => random.real());
        return row.map((value) => value / row.reduce((a, b) => a + b, 0));
      });
      return compare(
        [[batch, classes]],
        (graph, [x]) => {
          const target = graph.constant(rows.flat(), [batch, classes], 'float32');
          return ops.denseCrossEntropy(graph, x!, target);
        },
        (x) => tf.neg(tf.sum(tf.mul(tf.tensor2d(rows), tf.logSoftmax(x!)), 1)),
        seed,
      );
    }));

  test('softmax cross-entropy', () =>
    property([size(6), fc.integer({ min: 2, max: 6 }), seeds], (batch, classes, seed) => {
      const random = randomOf(seed, 'labels');
      const labels = Int32Array.from({ length: batch }, () => random.below(classes));
      const wanted = (x: TF.Tensor) => {
        const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), classes);
        return tf.neg(tf.sum(tf.mul(oneHot, tf.logSoftmax(x)), 1));
      };
      return compare(
        [[batch, classes]],
        (graph, [x]) =>
          ops.softmaxCrossEntropy(graph, x!, graph.constant([...labels], [batch], 'int32')),
        (x) => wanted(x!),
        seed,
      );
    }));

  test('a value that is used twice adds up', () =>
    compare(
      [[3, 3]],
      (graph, [x]) => ops.matMul(graph, x!, ops.relu(graph, x!)),
      (x) => tf.matMul(x!, tf.relu(x!)),
      5,
    ));
});

test('an operation without a rule is named', () => {
  const graph = new Graph();
  const x = graph.placeholder('x', 'float32', [1]);
  const y = graph.op('Erf', [x], {}, x);
  expect(() => gradients(graph, y, graph.scalar(1), [x])).toThrow(/Erf has no gradient rule/);
});

test('what does not lead to the result is named', () => {
  const graph = new Graph();
  const x = graph.placeholder('x', 'float32', [1]);
  const other = graph.placeholder('other', 'float32', [1]);
  const y = ops.relu(graph, x);
  expect(() => gradients(graph, y, graph.scalar(1), [other])).toThrow(/does not depend on other/);
});
