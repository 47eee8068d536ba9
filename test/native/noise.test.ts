/** Noise that needs a trained network, and runs on the paper's clusters. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { presets } from '../../core/kinds/presets.ts';
import { ConfigSchema } from '../../core/contract/config/schema.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { readModel } from '../../core/export/model.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { beginRun } from '../../core/runs/begin.ts';
import { previewNoise } from '../../core/api/previews.ts';
import { reportText } from '../../core/report/index.ts';
import { readMetrics } from '../../core/run-folder/check.ts';
import { readRunConfig } from '../../core/run-folder/stored.ts';
import { probabilitiesOf } from '../../core/training/difficulty.ts';
import type { NoisyLabels } from '../../core/training/prepared.ts';
import { prepare } from '../../core/training/prepare.ts';
import { THREADS } from './run-graph.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-noise-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mnist(noise: Partial<Config['noise']>): Config {
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 3000, test: 1000 });
  Object.assign(config.noise, noise);
  config.training.threads = THREADS;
  return config;
}

const wrongOf = ({ given, truth }: NoisyLabels): number[] =>
  [...given.keys()].filter((i) => given[i] !== truth![i]);

describe('difficulty', () => {
  test('changes exactly the share asked for, of training and of hold-out', async () => {
    const { train, holdout, noise } = await prepare(mnist({ kind: 'difficulty', rate: 0.05 }));
    expect(wrongOf(train)).toHaveLength(150);
    expect(wrongOf(holdout)).toHaveLength(30);
    expect(noise).toMatchObject({ wrong: 150, realizedRate: 0.05, askedRate: 0.05, asked: null });
  });

  test('is the same again, and a higher rate changes those of a lower one and more', async () => {
    const of = async (rate: number) => (await prepare(mnist({ kind: 'difficulty', rate }))).train;
    const [low, again, high] = [await of(0.1), await of(0.1), await of(0.3)];
    expect(again.given).toEqual(low.given);
    for (const i of wrongOf(low)) expect(high.given[i]).toBe(low.given[i]);
  });

  test('hits samples that a network finds hard: chances are rows that sum to 1', async () => {
    const config = mnist({ kind: 'difficulty', rate: 0.1 });
    const { dataset, split, scaling, train } = await prepare(config);
    const ground = { ...config, threads: THREADS, dataset, split, scaling };
    const probabilities = (await probabilitiesOf(ground)).train;
    const chance = (i: number) => probabilities[i * 10 + train.truth![i]!]!;
    const mean = (places: number[]) =>
      places.reduce((sum, i) => sum + chance(i), 0) / places.length;
    const wrong = new Set(wrongOf(train));
    expect(mean([...wrong])).toBeLessThan(0.6);
    expect(mean([...train.given.keys()].filter((i) => !wrong.has(i)))).toBeGreaterThan(0.8);
    for (let i = 0; i < 50; i++) {
      const sum = probabilities.subarray(i * 10, i * 10 + 10).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  test('a preview says what the run will have, and another rate trains nothing anew', async () => {
    const config = mnist({ kind: 'difficulty', rate: 0.2 });
    const { dataset, split, scaling, train } = await prepare(config);
    const ground = { ...config, threads: THREADS, dataset, split, scaling };
    const before = probabilitiesOf(ground);
    const view = await previewNoise(config.data, config.noise, THREADS);
    expect(view.wrong).toBe(wrongOf(train).length);
    view.strip.forEach((sample, i) => expect(sample.given).toBe(train.given[i]));
    const other = { ...config.noise, rate: 0.5 };
    expect((await previewNoise(config.data, other, THREADS)).wrong).toBe(1500);
    expect(probabilitiesOf({ ...ground, noise: other })).toBe(before);
  });
});

describe('the theorems on their own data', () => {
  const config: Config = v.parse(ConfigSchema, {
    name: 'Clusters',
    data: {
      source: 'clusters',
      clusters: { clusters: 4, classes: 2, dimension: 20, eps0: 0.3, alpha: [-0.6, 0.9] },
      train: 300,
      holdoutShare: 0.2,
      test: 400,
      labelsAreTrue: true,
      seed: 1,
    },
    noise: { kind: 'clusters', rate: 0.2, seed: 0 },
    network: { preset: 'theory', widths: [500] },
    training: {
      optimizer: 'sgd',
      learningRate: 1,
      momentum: 0,
      batch: 300,
      epochs: 60,
      seed: 0,
      threads: THREADS,
      loss: 'squared',
    },
  });

  test('gradient descent finds the true labels, whose numbers are the alpha', async () => {
    const run = join(folder, 'clusters');
    const open = await beginRun(run, config);
    const { dataset, split, noise } = open.prepared;
    const sizes = new Array<number>(4).fill(0);
    for (const place of split.train) sizes[dataset.clusters![place]!]!++;
    expect(noise.wrong).toBe(sizes.reduce((sum, n) => sum + Math.floor(n / 5), 0));
    const first = Array.from(dataset.train.values.subarray(0, 20));
    const norm = first.reduce((sum, x) => sum + x * x, 0);
    expect(norm).toBeCloseTo(1, 5);
    expect((await executeRun(open)).status).toBe('finished');
    const last = readMetrics(run).at(-1)!;
    expect(last.trainAccuracyTrue).toBeGreaterThan(0.95);
    expect(last.testAccuracy).toBeGreaterThan(0.95);
    expect(last.trainAccuracy).toBeLessThan(0.85);
    // Fitting alpha alone leaves half the square of their difference on a fifth of the labels.
    expect(last.lossWrongLabels!).toBeGreaterThan(0.5 * (0.5 * 1.5 ** 2));
    expect(readModel(run, 60).targets).toEqual([-0.6, 0.9]);
  });

  test('the run keeps what the noise did, and the report shows it beside what was asked', () => {
    const run = join(folder, 'clusters');
    const { noise } = readRunConfig(run);
    expect(noise!.realizedRate).toBeGreaterThan(0.19);
    // This kind promises exact counts, so what was asked for is what came.
    expect(noise!.realizedRate).toBeCloseTo(noise!.askedRate, 12);
    expect(noise!.asked![0]![1]).toBeCloseTo(noise!.matrix[0]![1]! / 150, 12);
    expect(noise!.matrix.flat().reduce((a, b) => a + b, 0)).toBe(300);
    const html = reportText(run, 'html');
    expect(html).toMatch(/59 of 300 training labels are wrong: 19\.7%, with 19\.7% expected/);
    expect(html).toMatch(/Asked \(%\).*Realized \(%\)/s);
  });
});
