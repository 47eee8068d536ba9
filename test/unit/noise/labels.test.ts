/** Noise in its place: which parts carry it, what it is counted against, what it comes on top of. */
import { dataFormat } from '../../../core/contract/words/notes.ts';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { ConfigSchema } from '../../../core/contract/config/schema.ts';
import type { Config } from '../../../core/contract/config/schema.ts';
import type { Dataset } from '../../../core/data/index.ts';
import { asked, realized } from '../../../core/noise/index.ts';
import { noisyLabels } from '../../../core/training/labels.ts';
import { prepare } from '../../../core/training/prepare.ts';
import preset from '../../../assets/presets/mnist-quick.json';
import { digits, inputOf, inTurn } from './tools.ts';

const config = v.parse(ConfigSchema, preset);
const noisy = (noise: Partial<Config['noise']>): Config => ({
  ...config,
  data: { ...config.data, train: 20_000, holdoutShare: 0.5 },
  noise: { ...config.noise, ...noise },
});

describe('parts', () => {
  test('test labels never carry noise; hold-out carries that of training', async () => {
    const wish = { kind: 'sampled', rate: 0.5 } as const;
    const { train, holdout, test: tested, dataset, split } = await prepare(noisy(wish));
    const untouched = Array.from(split.test, (place) => dataset.test!.labels[place]!);
    expect([...tested]).toEqual(untouched);
    const matrix = asked(inputOf(train.truth!, wish))!;
    for (const { truth, given } of [train, holdout]) {
      const { shares } = realized(truth!, given, 10);
      shares.forEach((row, i) =>
        // About five standard errors of a share among 1,000.
        row.forEach((share, j) => expect(Math.abs(share - matrix[i]![j]!)).toBeLessThan(0.08)),
      );
    }
  });

  test('the facts of the training labels are counted against the truth', async () => {
    const { train, noise } = await prepare(noisy({ kind: 'uniform' }));
    const { counts, wrong } = realized(train.truth!, train.given, 10);
    expect(noise).toMatchObject({ matrix: counts, wrong, total: 20_000 });
    expect(noise.realizedRate).toBe(wrong / 20_000);
    expect(noise.askedRate).toBeCloseTo(0.36, 12);
  });
});

describe('labels that are wrong on disk already', () => {
  const n = 4000;
  const truth = inTurn(n, 4);
  /** A quarter of them is the next class, whatever the class. */
  const labels = truth.map((label, i) => ((i >> 2) % 4 === 0 ? (label + 1) % 4 : label));
  const dataset = (known: Uint8Array | null): Dataset => ({
    name: 'made',
    format: dataFormat('table'),
    shape: [1, 1, 1],
    classes: digits(4),
    train: { values: new Float32Array(n), labels, truth: known },
    test: null,
    inferred: [],
    columns: [],
    missing: [],
  });
  const of = (known: Uint8Array | null, labelsAreTrue: boolean) =>
    noisyLabels(
      {
        data: { ...config.data, labelsAreTrue },
        noise: { ...config.noise, kind: 'pair', rate: 0.5 },
        threads: 1,
        dataset: dataset(known),
        split: {
          train: Uint32Array.from({ length: n }, (_, i) => i),
          holdout: new Uint32Array(0),
          test: new Uint32Array(0),
        },
        scaling: { mean: Float32Array.of(0), deviation: Float32Array.of(1) },
      },
      'train',
    );

  test('get noise on top, told from the truth to what is given', async () => {
    const { truth: kept, facts } = await of(truth, false);
    expect(kept).toEqual(truth);
    // 0.75 x 0.5 stay; 0.25 x 0.5 move two on.
    expect(facts.asked![0]).toEqual([0.375, 0.5, 0.125, 0]);
    expect(facts.askedRate).toBeCloseTo(0.625, 12);
    expect(Math.abs(facts.realizedRate - 0.625)).toBeLessThan(0.04);
    expect(facts.matrix[0]![3]).toBe(0);
  });

  test('are told from the labels on disk where the truth is not known', async () => {
    const { truth: unknown, facts } = await of(null, false);
    expect(unknown).toBeNull();
    expect(facts.asked![0]).toEqual([0.5, 0.5, 0, 0]);
    expect(Math.abs(facts.realizedRate - 0.5)).toBeLessThan(0.04);
  });
});
