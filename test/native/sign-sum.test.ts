/** The last layer of the theorems' network, whose gradient takes a short way. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, expect, test } from 'vitest';
import { gradients } from '../../core/engine/gradients.ts';
import { Graph } from '../../core/engine/graph.ts';
import * as ops from '../../core/engine/ops/index.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { compare, property, seeds, size } from './compare-gradients.ts';
import { runGraph, THREADS } from './run-graph.ts';

let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

test.each(['relu', 'softplus', 'tanh'] as const)('the signed sum of %s, compiled', (name) =>
  property([size(6), size(5), size(8), seeds], (batch, d, units, seed) => {
    const signs = Array.from({ length: units }, (_, i) => (i % 2 ? -0.5 : 0.5));
    return compare(
      [
        [batch, d],
        [d, units],
      ],
      (graph, [x, w]) =>
        graph.compiled('test', () =>
          ops.signSum(
            graph,
            ops[name](graph, ops.matMul(graph, x!, w!)),
            graph.constant(signs, [units, 1], 'float32'),
          ),
        ),
      (x, w) => tf.matMul(tf[name](tf.matMul(x!, w!)), tf.tensor(signs, [units, 1])),
      seed,
    );
  }),
);

test('the signed sum of softplus, where exp would overflow', async () => {
  const graph = new Graph();
  const x = graph.placeholder('x', 'float32', [1, 1]);
  const w = graph.constant([-200, -20, 0, 20, 200], [1, 5], 'float32');
  const ones = graph.constant([1, 1, 1, 1, 1], [5, 1], 'float32');
  const h = ops.softplus(graph, ops.matMul(graph, x, w));
  const f = ops.signSum(graph, h, ones);
  const df = gradients(graph, f, graph.constant([1], [1, 1], 'float32'), [x])[0]!;
  const found = await runGraph(
    graph,
    { x },
    { f, df },
    { x: { data: Float32Array.of(1), shape: [1, 1] } },
  );
  // 200 + 20 + log 2 + ..., and the slopes 0, e^-20, 1/2, 1, 1 times w.
  expect(found['f']![0]!).toBeCloseTo(220 + Math.LN2 + 2 * Math.log1p(Math.exp(-20)), 4);
  expect(found['df']![0]!).toBeCloseTo(220 - 40 * Math.exp(-20), 4);
});
