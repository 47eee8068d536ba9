/** The theorems' network trained, beside what the paper says of it. */
import type * as TF from '@tensorflow/tfjs-node';
import { beforeAll, describe, expect, test } from 'vitest';
import synthetic from '../../assets/presets/synthetic.json';
import { applySettings, parseConfig } from '../../core/kinds/read.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { openSession } from '../../core/engine/session.ts';
import { loadTensorFlow } from '../../core/engine/tensorflow.ts';
import { theoryData } from '../../core/theory/inputs.ts';
import { openKernel } from '../../core/theory/kernel.ts';
import { coordinates, linearized } from '../../core/theory/projection.ts';
import { theoryOf } from '../../core/theory/theory.ts';
import type { Theory } from '../../core/theory/theory.ts';
import { prepare } from '../../core/training/prepare.ts';
import { THREADS } from './run-graph.ts';

let tf: typeof TF;
beforeAll(async () => {
  tf = await loadTensorFlow(THREADS);
});

/** The preset with changes. */
function configWith(...settings: string[]): Config {
  const base = parseConfig(synthetic, 'preset synthetic');
  return parseConfig(applySettings(base, settings), 'test');
}

const FEW = [
  'data.clusters.samples=100',
  'data.train=100',
  'data.test=0',
  'data.clusters.eps0=0.2',
  'data.clusters.spread=ball',
  'data.clusters.alpha=[]',
  'network.widths=[500]',
];

describe('where the assumptions hold', () => {
  let found: Theory;
  beforeAll(async () => {
    found = await theoryOf(configWith(...FEW, 'noise.rate=0.1', 'training.epochs=2000'), null);
  });

  test('nothing fails', () => {
    expect(found.constants).toMatchObject({ clusterable: true, fewWrong: true, failing: [] });
    expect(found.width).toBe(500);
  });

  test('true labels are learned before a wrong one is fitted, and nearer to the start', () => {
    const { allTrue, firstWrongFit, firstLost } = found.run.milestones;
    expect(allTrue!.iteration).toBeGreaterThan(0);
    expect(allTrue!.iteration).toBeLessThan(100);
    expect(firstLost === null || firstLost.iteration > allTrue!.iteration).toBe(true);
    if (firstWrongFit) {
      expect(firstWrongFit.iteration).toBeGreaterThan(allTrue!.iteration);
      expect(firstWrongFit.distance).toBeGreaterThan(allTrue!.distance);
    }
  });

  test('the clean residual lies in the span of the K largest singular vectors, noise does not', () => {
    const [start] = found.run.pictures;
    expect(start!.iteration).toBe(0);
    expect(start!.cleanShare).toBeGreaterThan(0.95);
    expect(start!.noiseShare).toBeLessThan(0.2);
    expect(start!.singular).toHaveLength(100);
    expect(start!.singular[1]! / start!.singular[2]!).toBeGreaterThan(3);
    expect(found.run.pictures.map(({ iteration }) => iteration)).toHaveLength(3);
  });

  test('the large part falls fast, the small one slowly', () => {
    const last = found.run.points.at(-1)!;
    expect(last.iteration).toBe(2000);
    expect(last.decay.large.measured).toBeLessThan(0.01);
    expect(last.decay.small.measured).toBeGreaterThan(0.3);
    const early = found.run.points.filter(({ iteration }) => iteration <= 10);
    for (const { decay } of early) {
      expect(Math.abs(decay.large.measured - decay.large.linearized)).toBeLessThan(0.01);
    }
  });
});

test('it goes the same way each time, stops when asked and leaves no memory', async () => {
  const config = configWith(...FEW, 'training.epochs=30');
  const one = await theoryOf(config, null);
  const before = tf.memory().numTensors;
  const two = await theoryOf(config, null);
  expect(two).toEqual(one);
  expect(tf.memory().numTensors).toBe(before);
  const stopped = await theoryOf(config, null, { stopped: () => true });
  expect(stopped.run.iterations).toBeLessThan(30);
  expect(stopped.run.points.at(-1)!.iteration).toBe(stopped.run.iterations);
});

test('a rate at which descent overshoots is refused', async () => {
  const config = configWith(...FEW, 'training.learningRate=10');
  await expect(theoryOf(config, null)).rejects.toThrow(
    /training\.learningRate: with 10 .* give less than \d\.\d\.$/,
  );
});

test('training at width 16,384 is its linearization, within 2%', async () => {
  const config = configWith(
    'data.clusters.samples=20',
    'data.train=20',
    'data.test=0',
    'network.widths=[16384]',
    'network.activation=softplus',
  );
  const prepared = await prepare(config);
  const data = theoryData(prepared);
  const { samples, dimension, alphas, inputs, given } = data;
  const kernel = await openKernel({ samples, dimension, activation: 'softplus' }, inputs, THREADS);
  const session = await openSession({
    layers: prepared.layers,
    shape: [1, 1, dimension],
    classes: alphas.length,
    targets: alphas,
    samples,
    dtype: 'float32',
    mean: 0,
    deviation: 1,
    training: { ...config.training, batch: samples },
    stepsPerCall: 1,
  });
  session.fill(0, inputs, given);
  session.start();
  const outputs = () => {
    const { data: weights } = session.read().get('hidden/kernel')!;
    return kernel.outputs({ data: weights, units: 16_384 });
  };
  const { data: start } = session.read().get('hidden/kernel')!;
  const spectrum = kernel.spectrum({ data: start, units: 16_384 });
  const y = Float64Array.from(given, (label) => alphas[label]!);
  const residual = (f: Float64Array) =>
    coordinates(
      spectrum,
      f.map((value, i) => value - y[i]!),
    );
  const first = residual(outputs());
  const norm = (x: Float64Array) => Math.hypot(...x);
  const all = Int32Array.from({ length: samples }, (_, i) => i);
  let step = 0;
  for (const until of [1, 10, 100, 500, 2000]) {
    for (; step < until; step++) session.steps(all, Float32Array.of(2), step);
    const real = residual(outputs());
    const told = linearized(spectrum, first, 2 / samples, until);
    const moved = norm(first.map((value, s) => value - told[s]!));
    const apart = norm(real.map((value, s) => value - told[s]!));
    expect(apart / moved, `after ${until} steps`).toBeLessThan(0.02);
    expect(apart / norm(told), `of the residual after ${until} steps`).toBeLessThan(0.02);
  }
  session.dispose();
  kernel.dispose();
});

describe('what is not about the theorems is refused with the cure', () => {
  test.each([
    [
      ['training.optimizer=momentum', 'training.batch=64'],
      /add --set training\.optimizer=sgd --set training\.batch=400\.$/,
    ],
    [['network.preset=mlp'], /--set network\.preset=theory/],
    [['data.train=3000', 'training.batch=3000'], /--set data\.train=2000/],
    [['data.labelsAreTrue=false'], /data\.labelsAreTrue is false/],
  ])('%j', async (settings, message) => {
    await expect(theoryOf(configWith(...settings), null)).rejects.toThrow(message);
  });
});
