/** The training graph as a whole: against tfjs-layers, and its own bookkeeping. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, expect, test } from 'vitest';
import type { NetworkConfig, TrainingConfig } from '../../core/contract/config/schema.ts';
import { openSession } from '../../core/engine/session.ts';
import type { Session } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { presets } from '../../core/kinds/presets.ts';
import { networkLayers } from '../../core/models/index.ts';
import type { Layer } from '../../core/models/index.ts';
import { randomOf } from '../../core/random.ts';
import { THREADS } from './run-graph.ts';

const SHAPE = [28, 28, 1] as const;
const SAMPLES = 320;
const BATCH = 32;
const MEAN = 100;
const DEVIATION = 70;

let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

const random = randomOf(1, 'session test');
const pixels = Uint8Array.from({ length: SAMPLES * 784 }, () => random.below(256));
const labels = Uint8Array.from({ length: SAMPLES }, () => random.below(10));

const own = presets()[0]!.config;
const layersOf = (preset: NetworkConfig['preset']) =>
  networkLayers({ ...own.network, preset }, 10, SHAPE);

async function sessionOf(
  preset: NetworkConfig['preset'],
  changes: Partial<TrainingConfig> = {},
): Promise<Session> {
  const session = await openSession({
    layers: layersOf(preset),
    shape: SHAPE,
    classes: 10,
    samples: SAMPLES,
    dtype: 'uint8' as const,
    mean: MEAN,
    deviation: DEVIATION,
    training: { ...own.training, batch: BATCH, threads: THREADS, ...changes },
    stepsPerCall: 4,
  });
  session.fill(0, pixels, labels);
  session.start();
  return session;
}

/** One step at the learning rate of these tests. */
const stepOn = (session: Session, indices: Int32Array, number = 0): number =>
  session.steps(indices, Float32Array.of(0.02), number)[0]!;

/** The same network in tfjs-layers, which differentiates by itself. */
function layersModel(layers: readonly Layer[]): TF.Sequential {
  const model = tf.sequential();
  layers.forEach((layer, i) => {
    const first = i === 0 ? { inputShape: [...SHAPE] } : {};
    if (layer.kind === 'conv') {
      const { filters, kernel, padding, activation } = layer;
      const act = activation === 'relu' ? ({ activation } as const) : {};
      model.add(tf.layers.conv2d({ filters, kernelSize: kernel, padding, ...act, ...first }));
    } else if (layer.kind === 'maxPool') {
      model.add(tf.layers.maxPooling2d({ poolSize: layer.size, strides: layer.size }));
    } else if (layer.kind === 'flatten') model.add(tf.layers.flatten(first));
    else if (layer.kind === 'dense') {
      const act = layer.activation === 'relu' ? ({ activation: 'relu' } as const) : {};
      model.add(tf.layers.dense({ units: layer.units, ...act }));
    }
  });
  return model;
}

const indicesAt = (step: number): Int32Array =>
  Int32Array.from({ length: BATCH }, (_, i) => (step * BATCH + i * 7) % SAMPLES);

test.each(['softmax', 'mlp', 'lenet'] as const)(
  '%s: 50 steps give the losses of tfjs-layers to 1e-4',
  async (preset) => {
    const session = await sessionOf(preset);
    const model = layersModel(layersOf(preset).map((placed) => placed.layer));
    const state = session.read();
    model.setWeights(
      session.weights.map(({ name }) => {
        const { data, shape } = state.get(name)!;
        return tf.tensor(data, [...shape]);
      }),
    );
    const optimizer = tf.train.momentum(0.02, 0.9);
    for (let step = 0; step < 50; step++) {
      const indices = indicesAt(step);
      const wanted = tf.tidy(() => {
        const bytes = Float32Array.from({ length: BATCH * 784 }, (_, i) => {
          const value = pixels[indices[Math.floor(i / 784)]! * 784 + (i % 784)]!;
          return (value - MEAN) / DEVIATION;
        });
        const x = tf.tensor4d(bytes, [BATCH, ...SHAPE]);
        const y = tf.oneHot(
          Array.from(indices, (i) => labels[i]!),
          10,
        );
        const loss = optimizer.minimize(
          () => tf.losses.softmaxCrossEntropy(y, model.apply(x) as TF.Tensor) as TF.Scalar,
          true,
        )!;
        return loss.dataSync()[0]!;
      });
      expect(Math.abs(stepOn(session, indices) - wanted)).toBeLessThan(1e-4);
    }
    session.dispose();
  },
  60_000,
);

test('distance is the Frobenius norm of the difference of the weights', async () => {
  const session = await sessionOf('lenet');
  const start = session.read();
  for (let step = 0; step < 5; step++) stepOn(session, indicesAt(step));
  const now = session.read();
  const { moved, start: norms } = session.moves();
  session.weights.forEach(({ name }, i) => {
    const [a, b] = [start.get(name)!.data, now.get(name)!.data];
    const square = a.reduce((sum, value, j) => sum + (b[j]! - value) ** 2, 0);
    expect(moved[i]! / square).toBeCloseTo(1, 5);
    expect(norms[i]!).toBeCloseTo(
      a.reduce((sum, value) => sum + value * value, 0),
      3,
    );
  });
  session.dispose();
});

test('what steps measure is what evaluating said just before them', async () => {
  const session = await sessionOf('lenet', { measure: 'during', labelSmoothing: 0.1 });
  const measured = {
    classes: new Uint8Array(SAMPLES),
    losses: new Float32Array(SAMPLES),
    probabilities: new Float32Array(SAMPLES * 10),
  };
  for (let step = 0; step < 5; step++) {
    const indices = indicesAt(step);
    const classes = new Uint8Array(BATCH);
    const losses = new Float32Array(BATCH);
    const probabilities = new Float32Array(BATCH * 10);
    session.evaluate(indices, { classes, losses, probabilities }, 0);
    session.steps(indices, Float32Array.of(0.05), step, measured);
    indices.forEach((place, i) => {
      expect(measured.classes[place]).toBe(classes[i]);
      expect(measured.losses[place]!).toBeCloseTo(losses[i]!, 4);
      for (let c = 0; c < 10; c++) {
        expect(measured.probabilities[place * 10 + c]!).toBeCloseTo(probabilities[i * 10 + c]!, 4);
      }
    });
  }
  session.dispose();
});

test('evaluating gives the class and loss of the logits, whatever the chunk', async () => {
  const session = await sessionOf('softmax');
  const all = Int32Array.from({ length: SAMPLES }, (_, i) => i);
  const classes = new Uint8Array(SAMPLES);
  const losses = new Float32Array(SAMPLES);
  const probabilities = new Float32Array(SAMPLES * 10);
  session.evaluate(all, { classes, losses, probabilities }, 0);
  const state = session.read();
  const [kernel, bias] = [state.get('output/kernel')!.data, state.get('output/bias')!.data];
  for (let i = 0; i < SAMPLES; i++) {
    const logits = Array.from(bias, (b, c) => {
      let sum = b;
      for (let p = 0; p < 784; p++) {
        sum += ((pixels[i * 784 + p]! - MEAN) / DEVIATION) * kernel[p * 10 + c]!;
      }
      return sum;
    });
    const top = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
    expect(losses[i]!).toBeCloseTo(top + Math.log(total) - logits[labels[i]!]!, 3);
    expect(logits[classes[i]!]!).toBeCloseTo(top, 3);
    logits.forEach((logit, c) =>
      expect(probabilities[i * 10 + c]!).toBeCloseTo(Math.exp(logit - top) / total, 4),
    );
  }
  const some = new Uint8Array(20);
  session.evaluate(all.subarray(100, 120), { classes: some, losses: new Float32Array(20) }, 0);
  expect(some).toEqual(classes.slice(100, 120));
  session.dispose();
});

test('a seed gives the same start; another gives another; its spread is as Glorot says', async () => {
  const first = await sessionOf('lenet', { seed: 3 });
  const [a, same, other] = [
    first.read(),
    (await sessionOf('lenet', { seed: 3 })).read(),
    (await sessionOf('lenet', { seed: 4 })).read(),
  ];
  const kernel = 'dense1/kernel';
  expect(a.get(kernel)).toEqual(same.get(kernel));
  expect(a.get(kernel)).not.toEqual(other.get(kernel));
  const { data } = a.get(kernel)!;
  const limit = Math.sqrt(6 / (400 + 120));
  expect(Math.max(...data)).toBeLessThanOrEqual(limit);
  const variance = data.reduce((sum, value) => sum + value * value, 0) / data.length;
  expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
});

test('a restored state goes on exactly as the one it was read from', async () => {
  const session = await sessionOf('lenet');
  const start = new Map([...session.read()].filter(([name]) => !name.startsWith('optimizer/')));
  for (let step = 0; step < 3; step++) stepOn(session, indicesAt(step));
  const state = session.read();
  const wanted = [3, 4].map((step) => stepOn(session, indicesAt(step)));
  const other = await sessionOf('lenet', { seed: 9 });
  other.restore(state, start);
  expect([3, 4].map((step) => stepOn(other, indicesAt(step)))).toEqual(wanted);
  expect(other.moves()).toEqual(session.moves());
});

test('the networks have the sizes that are published', () => {
  const parameters = (preset: NetworkConfig['preset'], shape: readonly [number, number, number]) =>
    networkLayers({ ...own.network, preset }, 10, shape).reduce((sum, l) => sum + l.parameters, 0);
  expect(parameters('lenet', SHAPE)).toBe(61_706);
  expect(parameters('paper-cnn', SHAPE)).toBe(4_795_914);
  expect(parameters('softmax', SHAPE)).toBe(7_850);
  // He et al. 2016, table 6: 0.27 million.
  expect(parameters('resnet', [32, 32, 3])).toBe(269_722);
  expect(parameters('theory', [20, 1, 1])).toBe(20_000);
});
