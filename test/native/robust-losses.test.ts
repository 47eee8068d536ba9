/** Losses and regularizers against wrong labels: values and gradients by tfjs, limits, and what they promise. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainingConfig } from '../../core/contract/config/schema.ts';
import { gradients } from '../../core/engine/gradients.ts';
import { Graph } from '../../core/engine/graph.ts';
import { lossesOf } from '../../core/engine/losses/index.ts';
import { openSession } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { presets } from '../../core/kinds/presets.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { compare } from './compare-gradients.ts';
import { runGraph, THREADS } from './run-graph.ts';

const [BATCH, CLASSES] = [4, 3];
const LABELS = [0, 2, 1, 1];
const T = [
  [0.7, 0.2, 0.1],
  [0, 0.6, 0.4],
  [0.3, 0.3, 0.4],
];
/** What ELR remembers of each sample. */
const REMEMBERED = [
  [0.6, 0.3, 0.1],
  [0.2, 0.2, 0.6],
  [0.5, 0.1, 0.4],
  [0.1, 0.8, 0.1],
];

type Own = Record<string, unknown>;
let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

const specOf = (loss: string, own: Own = {}) => ({
  training: { loss, labelSmoothing: 0, ...own },
  classes: CLASSES,
});

/** The losses of logits, in a graph. */
function lossOf(graph: Graph, logits: Parameters<typeof lossesOf>[2], loss: string, own: Own = {}) {
  const labels = graph.constant(LABELS, [BATCH], 'int32');
  const remembered = graph.constant(REMEMBERED.flat(), [BATCH, CLASSES], 'float32');
  const pass = { smoothing: 0, remembered };
  return lossesOf(graph, specOf(loss, own), logits, labels, pass);
}

/** Each, written anew by its paper's equation, in tfjs. */
const WRITTEN: [string, Own, (p: TF.Tensor2D, y: TF.Tensor2D) => TF.Tensor][] = [
  ['cross-entropy', {}, (p, y) => p.log().mul(y).sum(1).neg()],
  ['gce', { gcePower: 0.7 }, (p, y) => tf.scalar(1).sub(p.mul(y).sum(1).pow(0.7)).div(0.7)],
  ['gce', { gcePower: 1 }, (p, y) => p.sub(y).abs().sum(1).div(2)],
  [
    'sce',
    { sceAlpha: 0.3, sceBeta: 0.8 },
    (p, y) => {
      const forward = p.log().mul(y).sum(1).neg().mul(0.3);
      const logs = tf.scalar(1).sub(y).mul(-4);
      return forward.add(p.mul(logs).sum(1).neg().mul(0.8));
    },
  ],
  [
    'bootstrap-soft',
    { softBeta: 0.6 },
    (p, y) => y.mul(0.6).add(p.mul(0.4)).mul(p.log()).sum(1).neg(),
  ],
  [
    'bootstrap-hard',
    { hardBeta: 0.6 },
    (p, y) => {
      const own = tf.oneHot(p.argMax(1), CLASSES).toFloat();
      return y.mul(0.6).add(own.mul(0.4)).mul(p.log()).sum(1).neg();
    },
  ],
  ['forward', { transition: T }, (p, y) => p.matMul(tf.tensor2d(T)).mul(y).sum(1).log().neg()],
  [
    'elr',
    { elrWeight: 2 },
    (p, y) => {
      const agreement = p.mul(tf.tensor2d(REMEMBERED)).sum(1);
      const ce = p.log().mul(y).sum(1).neg();
      return ce.add(
        tf
          .scalar(1 + 1e-4)
          .sub(agreement)
          .log()
          .mul(2),
      );
    },
  ],
];

test.each(WRITTEN)(
  '%s %j and its gradient are those of its equation',
  async (loss, own, written) => {
    const y = tf.oneHot(tf.tensor1d(LABELS, 'int32'), CLASSES).toFloat() as TF.Tensor2D;
    for (let seed = 0; seed < 5; seed++) {
      await compare(
        [[BATCH, CLASSES]],
        (graph, [logits]) => lossOf(graph, logits!, loss, own),
        (logits) => written(tf.softmax(logits as TF.Tensor2D), y),
        seed,
      );
    }
  },
);

/** Values of a loss for logits. */
async function valuesOf(loss: string, own: Own, logits: Float32Array): Promise<number[]> {
  const graph = new Graph();
  const x = graph.placeholder('x', 'float32', [BATCH, CLASSES]);
  const losses = lossOf(graph, x, loss, own);
  const found = await runGraph(
    graph,
    { x },
    { losses },
    { x: { data: logits, shape: [BATCH, CLASSES] } },
  );
  return [...found['losses']!];
}

const IDENTITY = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

test.each([
  ['gce', { gcePower: 1e-3 }, 2e-2],
  ['sce', { sceAlpha: 1, sceBeta: 0 }, 1e-6],
  ['bootstrap-soft', { softBeta: 1 }, 1e-6],
  ['bootstrap-hard', { hardBeta: 1 }, 1e-6],
  ['forward', { transition: IDENTITY }, 1e-5],
  ['forward', { knownKind: 'pair', knownRate: 0 }, 1e-5],
  ['elr', { elrWeight: 0 }, 1e-6],
])('%s with %j is cross-entropy', async (loss, own, near) => {
  const logits = Float32Array.of(4, -2, 1, 0, 0.5, 3, -1, 2, 2, 0, 6, 1);
  const plain = await valuesOf('cross-entropy', {}, logits);
  const found = await valuesOf(loss, own, logits);
  found.forEach((value, i) => expect(Math.abs(value - plain[i]!)).toBeLessThan(near));
});

test('losses of far logits stay numbers', async () => {
  const logits = Float32Array.of(200, -200, 0, -300, 300, 0, 0, -90, 90, 500, 0, -500);
  for (const [loss, own] of WRITTEN) {
    for (const value of await valuesOf(loss, own, logits))
      expect(Number.isFinite(value)).toBe(true);
  }
});

test('forward correction is least at the true chances, whatever the noise makes of labels', async () => {
  // One kind of sample, of class c with chance TRUE[c]; its labels then are T' TRUE.
  const TRUE = [0.5, 0.3, 0.2];
  const given = [0, 1, 2].map((label) => TRUE.reduce((sum, p, c) => sum + p * T[c]![label]!, 0));
  const slope = async (loss: string) => {
    const graph = new Graph();
    const x = graph.placeholder('x', 'float32', [CLASSES, CLASSES]);
    const labels = graph.constant([0, 1, 2], [CLASSES], 'int32');
    const pass = { smoothing: 0, remembered: null };
    const losses = lossesOf(graph, specOf(loss, { transition: T }), x, labels, pass);
    const weights = graph.placeholder('weights', 'float32', [CLASSES]);
    const [by] = gradients(graph, losses, weights, [x]);
    const logits = TRUE.map(Math.log);
    const found = await runGraph(
      graph,
      { x, weights },
      { by: by! },
      {
        x: { data: Float32Array.of(...logits, ...logits, ...logits), shape: [CLASSES, CLASSES] },
        weights: { data: Float32Array.from(given), shape: [CLASSES] },
      },
    );
    const rows = found['by']!;
    return [0, 1, 2].map((c) => rows[c]! + rows[3 + c]! + rows[6 + c]!);
  };
  for (const one of await slope('forward')) expect(Math.abs(one)).toBeLessThan(1e-6);
  const plain = await slope('cross-entropy');
  expect(Math.max(...plain.map(Math.abs))).toBeGreaterThan(0.05);
});

test('forward correction asks for a matrix that fits, or for kind and rate', () => {
  const graph = new Graph();
  const x = graph.placeholder('x', 'float32', [BATCH, CLASSES]);
  expect(() => lossOf(graph, x, 'forward')).toThrow(/training\.transition is empty/);
  expect(() => lossOf(graph, x, 'forward', { transition: [[1]] })).toThrow(/each of the 3 classes/);
  const negative = [IDENTITY[0], [2, -1, 0], IDENTITY[2]];
  expect(() => lossOf(graph, x, 'forward', { transition: negative })).toThrow(/0 or more/);
});

const own = presets()[0]!.config;
const SIZE = 16;

/** A session of softmax regression over a few samples. */
async function sessionOf(
  training: Partial<TrainingConfig> & Own,
  labels: number[],
  pixels: Uint8Array,
) {
  const session = await openSession({
    layers: networkLayers({ ...own.network, preset: 'softmax' }, CLASSES, [4, 4, 1]),
    shape: [4, 4, 1] as const,
    classes: CLASSES,
    samples: labels.length,
    dtype: 'uint8',
    mean: 100,
    deviation: 70,
    training: { ...own.training, threads: THREADS, optimizer: 'sgd', batch: 2, ...training },
    stepsPerCall: 1,
  });
  session.fill(0, pixels, Uint8Array.from(labels));
  session.start();
  return session;
}

const random = randomOf(5, 'robust losses');
const PIXELS = Uint8Array.from({ length: 4 * SIZE }, () => random.below(256));
const one = (rate: number) => Float32Array.of(rate);

describe('what training adds', () => {
  test('ELR remembers the chances of each sample, as far as its share says', async () => {
    const session = await sessionOf({ loss: 'elr', elrKeep: 0.6 }, [0, 1, 2, 0], PIXELS);
    const first = session.predictProbabilities(Int32Array.of(0, 1, 2, 3)).slice();
    session.steps(Int32Array.of(0, 2), one(0.5), 0);
    const second = session.predictProbabilities(Int32Array.of(0, 1, 2, 3)).slice();
    session.steps(Int32Array.of(2, 3), one(0.5), 1);
    const { data, shape } = session.read().get('optimizer/chances')!;
    expect(shape).toEqual([4, CLASSES]);
    for (let c = 0; c < CLASSES; c++) {
      expect(data[c]).toBeCloseTo(0.4 * first[c]!, 5);
      expect(data[3 + c]).toBe(0);
      expect(data[6 + c]).toBeCloseTo(0.6 * 0.4 * first[6 + c]! + 0.4 * second[6 + c]!, 5);
      expect(data[9 + c]).toBeCloseTo(0.4 * second[9 + c]!, 5);
    }
    session.dispose();
  });

  test('the pull towards the start is the gradient of lambda times the squared distance', async () => {
    const after = async (startPenalty: number) => {
      const session = await sessionOf({ startPenalty }, [0, 1, 2, 0], PIXELS);
      const start = session.read().get('output/kernel')!.data.slice();
      session.steps(Int32Array.of(0, 1), one(0.5), 0);
      const middle = session.read().get('output/kernel')!.data.slice();
      session.steps(Int32Array.of(2, 3), one(0.5), 1);
      const end = session.read().get('output/kernel')!.data.slice();
      session.dispose();
      return { start, middle, end };
    };
    const [plain, pulled] = [await after(0), await after(0.3)];
    // The first step begins at the start, where nothing pulls.
    expect(pulled.middle).toEqual(plain.middle);
    plain.end.forEach((value, i) => {
      const pull = 0.5 * 2 * 0.3 * (plain.middle[i]! - plain.start[i]!);
      expect(pulled.end[i]).toBeCloseTo(value - pull, 5);
    });
  });

  test.each([0.3, 4])(
    'mixup with alpha %d mixes by a share from Beta(alpha, alpha)',
    async (mixup) => {
      // Two samples of one class: their mixtures' loss tells how far the share is from a half.
      const pair = PIXELS.slice(0, 2 * SIZE);
      const session = await sessionOf({ mixup, batch: 2 }, [1, 1], pair);
      const kernel = session.read().get('output/kernel')!.data;
      const logits = [0, 1].map((i) =>
        [0, 1, 2].map((c) => {
          let sum = 0;
          for (let j = 0; j < SIZE; j++) {
            sum += ((pair[i * SIZE + j]! - 100) / 70) * kernel[j * CLASSES + c]!;
          }
          return sum;
        }),
      );
      const lossAt = (share: number) => {
        const z = logits[0]!.map((value, c) => share * value + (1 - share) * logits[1]![c]!);
        return Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[1]!;
      };
      const both = (away: number) => (lossAt(0.5 + away) + lossAt(0.5 - away)) / 2;
      const found = Array.from({ length: 400 }, (_, number) => {
        const loss = session.steps(Int32Array.of(0, 1), one(0), number)[0]!;
        let [low, high] = [0, 0.5];
        for (let k = 0; k < 40; k++) {
          const middle = (low + high) / 2;
          if (both(middle) < loss) low = middle;
          else high = middle;
        }
        expect(both(low)).toBeCloseTo(loss, 4);
        return low;
      });
      const spread = found.reduce((sum, away) => sum + away ** 2, 0) / found.length;
      const variance = 1 / (4 * (2 * mixup + 1));
      expect(spread / variance).toBeGreaterThan(0.8);
      expect(spread / variance).toBeLessThan(1.25);
      session.dispose();
    },
  );
});
