/** Co-teaching: which samples the networks take of each other, by hand and tfjs, and its limits. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NetworkConfig, TrainingConfig } from '../../core/contract/config/schema.ts';
import { coTeaching } from '../../core/engine/schemes/co-teaching.ts';
import { openSession } from '../../core/engine/session.ts';
import type { Session, State } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { PEER, peerSeed } from '../../core/engine/variables.ts';
import { presets } from '../../core/kinds/presets.ts';
import { networkLayers } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { checkScheme } from '../../core/training/prepare.ts';
import { THREADS } from './run-graph.ts';

const [SAMPLES, CLASSES, BATCH, SIDE, UNITS] = [32, 3, 8, 6, 10];
const STEPS_PER_EPOCH = SAMPLES / BATCH;
const [MEAN, DEVIATION] = [100, 70];
const own = presets()[0]!.config;
const random = randomOf(4, 'co-teaching');
const pixels = Uint8Array.from({ length: SAMPLES * SIDE * SIDE }, () => random.below(256));
const labels = Uint8Array.from({ length: SAMPLES }, () => random.below(CLASSES));

let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

type Training = Partial<TrainingConfig> & { forgetRate?: number; forgetEpochs?: number };
const CO: Training = { scheme: 'co-teaching', forgetRate: 0.5, forgetEpochs: 4 };

async function sessionOf(training: Training, network: Partial<NetworkConfig> = {}) {
  const chosen = { preset: 'mlp', widths: [UNITS], ...network };
  const session = await openSession({
    layers: networkLayers({ ...own.network, ...chosen }, CLASSES, [SIDE, SIDE, 1]),
    shape: [SIDE, SIDE, 1],
    classes: CLASSES,
    samples: SAMPLES,
    dtype: 'uint8',
    mean: MEAN,
    deviation: DEVIATION,
    training: { ...own.training, threads: THREADS, optimizer: 'sgd', batch: BATCH, ...training },
    stepsPerCall: 1,
  });
  session.fill(0, pixels, labels);
  session.start();
  return session;
}

const batchAt = (step: number): Int32Array =>
  Int32Array.from({ length: BATCH }, (_, i) => (step * BATCH + i * 5) % SAMPLES);
const stepOn = (session: Session, number: number, rate = 0.2): number =>
  session.steps(batchAt(number), Float32Array.of(rate), number)[0]!;

/** The weights of one of the networks, in the order of the session. */
const weightsOf = (session: Session, state: State, prefix = ''): TF.Tensor[] =>
  session.weights.map(({ name }) => {
    const { data, shape } = state.get(prefix + name)!;
    return tf.tensor(data, [...shape]);
  });

/** Each sample's loss by weights, in tfjs. */
function lossesBy([k1, b1, k2, b2]: readonly TF.Tensor[], samples: readonly number[]): TF.Tensor1D {
  const size = SIDE * SIDE;
  const rows = samples.flatMap((i) =>
    [...pixels.subarray(i * size, (i + 1) * size)].map((value) => (value - MEAN) / DEVIATION),
  );
  const x = tf.tensor2d(rows, [samples.length, size]);
  const hidden = tf.relu(tf.add(tf.matMul(x, k1!), b1!));
  const logits = tf.add(tf.matMul(hidden, k2!), b2!);
  const y = tf.oneHot(
    samples.map((i) => labels[i]!),
    CLASSES,
  );
  return tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(logits as TF.Tensor2D)), 1));
}

/** The weights after a step of gradient descent on the mean loss of some samples, in tfjs. */
function stepped(weights: readonly TF.Tensor[], samples: readonly number[], rate: number) {
  const mean = (...them: TF.Tensor[]) => tf.mean(lossesBy(them, samples)) as TF.Scalar;
  const found = tf.grads(mean)([...weights]);
  return weights.map((weight, i) => tf.sub(weight, tf.mul(found[i]!, rate)));
}

/** The samples of a batch with the smallest losses. */
function smallest(weights: readonly TF.Tensor[], batch: readonly number[], kept: number): number[] {
  const losses = [...lossesBy(weights, batch).dataSync()];
  const order = [...batch.keys()].sort((a, b) => losses[a]! - losses[b]!);
  return order.slice(0, kept).map((i) => batch[i]!);
}

const farthest = (one: readonly TF.Tensor[], other: readonly TF.Tensor[]): number =>
  Math.max(...one.map((tensor, i) => tf.max(tf.abs(tf.sub(tensor, other[i]!))).dataSync()[0]!));

test('each takes the samples on which the other has the smallest losses, as many as R(T) says', async () => {
  const session = await sessionOf(CO);
  // After 0, 1, 2, 3, 4 and 5 epochs: 1 - 0.5 min(T / 4, 1) of 8.
  const wanted = [8, 7, 6, 5, 4, 4];
  let chosenApart = 0;
  for (const [epoch, kept] of wanted.entries()) {
    const step = epoch * STEPS_PER_EPOCH + (epoch % STEPS_PER_EPOCH);
    const batch = [...batchAt(step)];
    const before = session.read();
    const [first, second] = [weightsOf(session, before), weightsOf(session, before, PEER)];
    const [ofFirst, ofSecond] = [smallest(first, batch, kept), smallest(second, batch, kept)];
    const loss = stepOn(session, step);
    expect(loss).toBeCloseTo(tf.mean(lossesBy(first, batch)).dataSync()[0]!, 5);
    const after = session.read();
    const found = [weightsOf(session, after), weightsOf(session, after, PEER)] as const;
    expect(farthest(found[0], stepped(first, ofSecond, 0.2))).toBeLessThan(2e-6);
    expect(farthest(found[1], stepped(second, ofFirst, 0.2))).toBeLessThan(2e-6);
    if (new Set([...ofFirst, ...ofSecond]).size > kept) {
      chosenApart++;
      // With its own choice it would have gone elsewhere.
      expect(farthest(found[0], stepped(first, ofFirst, 0.2))).toBeGreaterThan(1e-4);
    }
  }
  expect(chosenApart).toBeGreaterThan(2);
  session.dispose();
});

test('the share of samples that are taken falls to 1 - tau, and one is always taken', () => {
  const { kept } = coTeaching.exchange!;
  const training = { forgetRate: 0.45, forgetEpochs: 10 };
  expect([0, 1, 5, 10, 200].map((epochs) => kept(training, epochs, 100))).toEqual([
    100, 95, 77, 55, 55,
  ]);
  expect(kept({ forgetRate: 0.99, forgetEpochs: 1 }, 1, 4)).toBe(1);
  // 0.2 and 10, where nothing is said.
  expect([0, 5, 10].map((epochs) => kept({}, epochs, 10))).toEqual([10, 9, 8]);
});

describe('with tau = 0 two networks train as if alone, bit for bit', () => {
  test.each<[Partial<NetworkConfig>, Training]>([
    [{}, { optimizer: 'adam', startPenalty: 0.01 }],
    [{ dropout: 0.3 }, { optimizer: 'momentum', clipNorm: 0.5, weightDecay: 0.01 }],
    [
      { preset: 'resnet', depth: 8, widths: [] },
      { optimizer: 'nesterov', augment: 'flip-crop' },
    ],
    [{}, { loss: 'elr', optimizer: 'adadelta' }],
  ])('%j, %j', async (network, training) => {
    const both = await sessionOf({ ...training, scheme: 'co-teaching', forgetRate: 0 }, network);
    const first = await sessionOf(training, network);
    const { seed } = own.training;
    const second = await sessionOf({ ...training, seed: peerSeed(seed) }, network);
    for (let step = 0; step < 3 * STEPS_PER_EPOCH; step++) {
      expect(stepOn(both, step, 0.05)).toBe(stepOn(first, step, 0.05));
      stepOn(second, step, 0.05);
    }
    const state = both.read();
    for (const [name, { data }] of first.read()) expect(state.get(name)!.data, name).toEqual(data);
    for (const [name, { data }] of second.read()) {
      expect(state.get(PEER + name)!.data, name).toEqual(data);
    }
    expect(both.moves()).toEqual(first.moves());
    for (const one of [both, first, second]) one.dispose();
  });
});

test('state that is read and restored goes on to the same bits', async () => {
  const training: Training = { ...CO, optimizer: 'adam', startPenalty: 0.01 };
  const whole = await sessionOf(training, { dropout: 0.2 });
  const start = whole.read();
  for (let step = 0; step < 7; step++) stepOn(whole, step, 0.01);
  const resumed = await sessionOf(training, { dropout: 0.2 });
  const starts = new Map([...start].filter(([name]) => !name.startsWith('optimizer/')));
  resumed.restore(whole.read(), starts);
  for (let step = 7; step < 20; step++) {
    expect(stepOn(resumed, step, 0.01)).toBe(stepOn(whole, step, 0.01));
  }
  expect(resumed.read()).toEqual(whole.read());
  whole.dispose();
  resumed.dispose();
});

test('of plain training nothing is kept of a second network, and of two no export has it', async () => {
  const [plain, both] = [await sessionOf({}), await sessionOf(CO)];
  const names = (session: Session) => [...session.read().keys()];
  const exported = (name: string) => !name.startsWith('optimizer/');
  expect(names(plain).some((name) => name.includes('peer'))).toBe(false);
  expect(names(both).filter(exported)).toEqual(names(plain).filter(exported));
  expect(names(both).length).toBe(2 * names(plain).length);
  plain.dispose();
  both.dispose();
});

test("the theorems' network and mixtures are refused in one sentence", () => {
  const config = structuredClone(own);
  config.training.scheme = 'co-teaching';
  const layers = networkLayers(config.network, CLASSES, [28, 28, 1]);
  expect(() => checkScheme(config, layers)).not.toThrow();
  const mixed = { ...config, training: { ...config.training, mixup: 1 } };
  expect(() => checkScheme(mixed, layers)).toThrow(
    /training\.scheme is "co-teaching".*training\.mixup of 0/,
  );
  const theory = { ...config, network: { ...config.network, preset: 'theory' } };
  expect(() => checkScheme(theory, layers)).toThrow(
    /does not fit the network "theory"; give plain/,
  );
});
