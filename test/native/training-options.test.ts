/** Options of training, each against what it should do, on the real engine. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import type { NetworkConfig, TrainingConfig } from '../../core/contract/config/schema.ts';
import { openSession } from '../../core/engine/session.ts';
import type { Session, State } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { THREADS } from './run-graph.ts';

const SAMPLES = 64;
const CLASSES = 4;
const own = presets()[0]!.config;
let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

/** A training, with fields that are a kind's own. */
type Training = Partial<TrainingConfig> & { forgetRate?: number; forgetEpochs?: number };

interface Given {
  network: Partial<NetworkConfig>;
  training?: Partial<TrainingConfig>;
  shape?: readonly [number, number, number];
  stepsPerCall?: number;
}

async function sessionOf({ network, training, shape = [8, 8, 1], stepsPerCall = 4 }: Given) {
  const layers = networkLayers({ ...own.network, ...network }, CLASSES, shape);
  const session = await openSession({
    layers,
    shape,
    classes: CLASSES,
    samples: SAMPLES,
    dtype: 'uint8' as const,
    mean: 100,
    deviation: 70,
    training: { ...own.training, threads: THREADS, optimizer: 'sgd', batch: 8, ...training },
    stepsPerCall,
  });
  const random = randomOf(3, 'options');
  const size = shape[0] * shape[1] * shape[2];
  const pixels = Uint8Array.from({ length: SAMPLES * size }, () => random.below(256));
  const labels = Uint8Array.from({ length: SAMPLES }, () => random.below(CLASSES));
  session.fill(0, pixels, labels);
  session.start();
  return { session, pixels, labels };
}

const batch = (k: number, size = 8): Int32Array =>
  Int32Array.from({ length: size }, (_, i) => (k * size + i * 5) % SAMPLES);
const stepOn = (session: Session, k: number, rate = 0.1): number =>
  session.steps(batch(k), Float32Array.of(rate), k)[0]!;
const flat = (state: State): number[] =>
  [...state]
    .filter(([name]) => !name.startsWith('optimizer/'))
    .flatMap(([, { data }]) => [...data]);

/** The first step of the third epoch, where co-teaching takes a part of the batch. */
const THIRD_EPOCH = (2 * SAMPLES) / 8;

describe('several steps in one call are the same as one by one', () => {
  test.each<[Partial<NetworkConfig>, Training, number?]>([
    [{ preset: 'mlp' }, { optimizer: 'adam' }],
    [
      { preset: 'mlp', dropout: 0.3 },
      { optimizer: 'momentum', clipNorm: 0.5 },
    ],
    [
      { preset: 'resnet', depth: 8 },
      { optimizer: 'nesterov', weightDecay: 0.01 },
    ],
    [{ preset: 'mlp' }, { optimizer: 'adamw', weightDecay: 0.1, labelSmoothing: 0.1 }],
    [{ preset: 'mlp' }, { augment: 'flip-crop', optimizer: 'adadelta' }],
    [{ preset: 'mlp' }, { loss: 'elr', startPenalty: 0.01 }],
    [{ preset: 'mlp' }, { loss: 'gce', mixup: 0.4, optimizer: 'momentum' }],
    [
      { preset: 'resnet', depth: 8 },
      { scheme: 'co-teaching', forgetRate: 0.5, forgetEpochs: 1, optimizer: 'adam' },
      THIRD_EPOCH,
    ],
  ])('%j, %j', async (network, training, first = 0) => {
    const { session: one } = await sessionOf({ network, training });
    const { session: four } = await sessionOf({ network, training });
    const rates = Float32Array.of(0.1, 0.05, 0.2, 0.1);
    const singly = [...rates].map(
      (rate, k) => one.steps(batch(k), Float32Array.of(rate), first + k)[0]!,
    );
    const batches = Int32Array.from([0, 1, 2, 3].flatMap((k) => [...batch(k)]));
    const together = four.steps(batches, rates, first);
    expect([...together]).toEqual(singly);
    expect(four.read()).toEqual(one.read());
  });
});

test('dropout and augmentation differ from step to step and are the same for a step', async () => {
  const given: Given = {
    network: { preset: 'mlp', dropout: 0.5 },
    training: { augment: 'flip-crop' },
  };
  const { session } = await sessionOf(given);
  const loss = (number: number) => session.steps(batch(0), Float32Array.of(0), number)[0]!;
  expect(loss(5)).toBe(loss(5));
  expect(loss(6)).not.toBe(loss(5));
});

test('dropout keeps the mean of what it does not drop', async () => {
  const losses = async (dropout: number): Promise<number> => {
    const { session } = await sessionOf({ network: { preset: 'mlp', widths: [512], dropout } });
    const runs = Array.from({ length: 60 }, (_, n) =>
      session.steps(batch(0), Float32Array.of(0), n),
    );
    return runs.reduce((sum, [loss]) => sum + loss!, 0) / runs.length;
  };
  const [without, half] = [await losses(0), await losses(0.1)];
  expect(half / without).toBeGreaterThan(0.95);
  expect(half / without).toBeLessThan(1.1);
});

test('clipping leaves a step of the length of rate times limit', async () => {
  const training = { clipNorm: 0.01 };
  const { session } = await sessionOf({ network: { preset: 'mlp', widths: [16] }, training });
  stepOn(session, 0, 0.5);
  const squares = session.moves().moved.reduce((sum, value) => sum + value, 0);
  expect(Math.sqrt(squares)).toBeCloseTo(0.005, 5);
});

test('weight decay with SGD shrinks weights by rate times decay beside the gradient', async () => {
  const network: Partial<NetworkConfig> = { preset: 'mlp', widths: [16] };
  const { session: plain } = await sessionOf({ network });
  const { session: decayed } = await sessionOf({ network, training: { weightDecay: 0.2 } });
  const start = flat(plain.read());
  stepOn(plain, 0);
  stepOn(decayed, 0);
  const [a, b] = [flat(plain.read()), flat(decayed.read())];
  b.forEach((value, i) => expect(value).toBeCloseTo(a[i]! - 0.1 * 0.2 * start[i]!, 5));
});

test('label smoothing raises the loss of a sure network as the formula says', async () => {
  const network: Partial<NetworkConfig> = { preset: 'softmax' };
  const { session, pixels, labels } = await sessionOf({
    network,
    training: { labelSmoothing: 0.2 },
  });
  const state = session.read();
  const loss = stepOn(session, 0);
  const x = tf.tensor2d(
    [...batch(0)].flatMap((i) =>
      [...pixels.subarray(i * 64, i * 64 + 64)].map((p) => (p - 100) / 70),
    ),
    [8, 64],
  );
  const logits = tf.matMul(x, tf.tensor2d(state.get('output/kernel')!.data, [64, CLASSES]));
  const target = tf.add(
    tf.mul(
      tf.oneHot(
        [...batch(0)].map((i) => labels[i]!),
        CLASSES,
      ),
      0.8,
    ),
    0.2 / CLASSES,
  );
  const wanted = tf.neg(tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(logits)), 1)));
  expect(loss).toBeCloseTo(wanted.dataSync()[0]!, 4);
});

test("the theorems' network is its formula, its start Gaussian, and its second layer stays", async () => {
  const { session, pixels, labels } = await sessionOf({
    network: { preset: 'theory', widths: [200], activation: 'softplus' },
    training: { loss: 'squared' },
    shape: [20, 1, 1],
  });
  const { data: w } = session.read().get('hidden/kernel')!;
  const variance = w.reduce((sum, value) => sum + value * value, 0) / w.length;
  expect(variance).toBeGreaterThan(0.9);
  expect(variance).toBeLessThan(1.1);
  const losses = new Float32Array(SAMPLES);
  const classes = new Uint8Array(SAMPLES);
  session.evaluate(
    Int32Array.from({ length: SAMPLES }, (_, i) => i),
    { classes, losses },
    0,
  );
  for (let i = 0; i < SAMPLES; i++) {
    let f = 0;
    for (let k = 0; k < 200; k++) {
      let z = 0;
      for (let j = 0; j < 20; j++) z += ((pixels[i * 20 + j]! - 100) / 70) * w[j * 200 + k]!;
      f += ((k < 100 ? 1 : -1) / Math.sqrt(200)) * Math.log1p(Math.exp(z));
    }
    const targets = [-1, -1 / 3, 1 / 3, 1];
    expect(losses[i]!).toBeCloseTo(0.5 * (f - targets[labels[i]!]!) ** 2, 2);
    const nearest = targets.reduce(
      (b, t, c) => (Math.abs(f - t) < Math.abs(f - targets[b]!) ? c : b),
      0,
    );
    expect(classes[i]).toBe(nearest);
  }
  expect(session.weights.map(({ name }) => name)).toEqual(['hidden/kernel']);
});

test('moving averages follow the batches, and only evaluating uses them', async () => {
  const network: Partial<NetworkConfig> = { preset: 'resnet', depth: 8 };
  const { session } = await sessionOf({ network });
  const norm = 'conv1.norm/variance';
  expect([...session.read().get(norm)!.data]).toEqual(new Array(16).fill(1));
  stepOn(session, 0);
  const moved = session.read().get(norm)!.data;
  expect(moved.some((value) => value !== 1)).toBe(true);
  expect(session.weights.some(({ name }) => name.endsWith('variance'))).toBe(false);
});
