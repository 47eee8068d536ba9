import { describe, expect, test } from 'vitest';
import { inferAll } from '../../core/contract/config/schema.ts';
import { openDataset } from '../../core/data/index.ts';
import { splitDataset } from '../../core/data/split.ts';

describe('MNIST and its split', () => {
  const mnist = { source: 'mnist', reading: inferAll };
  const config = {
    ...mnist,
    train: 5000,
    holdoutShare: 0.2,
    test: 1000,
    labelsAreTrue: true,
    seed: 3,
  };

  test('has the published counts', async () => {
    const { shape, train, test: tested } = await openDataset(mnist);
    expect(shape).toEqual([28, 28, 1]);
    expect([train.labels.length, tested!.labels.length]).toEqual([60_000, 10_000]);
    // LeCun's page: the first five training labels are 5 0 4 1 9.
    expect([...train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  });

  test('parts are disjoint, of the sizes asked for, and have all classes in their shares', async () => {
    const dataset = await openDataset(mnist);
    const { train, holdout, test: tested } = splitDataset(dataset, config);
    expect([train.length, holdout.length, tested.length]).toEqual([5000, 1000, 1000]);
    expect(new Set([...train, ...holdout]).size).toBe(6000);
    for (const [part, size] of [
      [train, 5000],
      [holdout, 1000],
    ] as const) {
      for (let c = 0; c < 10; c++) {
        const share = dataset.train.labels.filter((label) => label === c).length / 60_000;
        const count = part.filter((i) => dataset.train.labels[i] === c).length;
        expect(Math.abs(count - share * size)).toBeLessThanOrEqual(1.5);
      }
    }
  });

  test('is the same for a seed; more samples include those of fewer', async () => {
    const dataset = await openDataset(mnist);
    const few = splitDataset(dataset, { ...config, train: 1000 });
    expect(splitDataset(dataset, config).train.slice(0, 1000)).toEqual(few.train);
    expect(splitDataset(dataset, { ...config, seed: 4 }).train).not.toEqual(few.train);
  });

  test('too many samples are refused, naming the field and the limit', async () => {
    const dataset = await openDataset(mnist);
    expect(() => splitDataset(dataset, { ...config, train: 60_000 })).toThrow(
      /^data\.train: 60,000 training and 12,000 hold-out samples are more than the 60,000/,
    );
    expect(() => splitDataset(dataset, { ...config, test: 10_001 })).toThrow(/^data\.test: 10,001/);
    // Without a test part it is the test samples that do not fit beside the others.
    const alone = { ...dataset, test: null };
    expect(() =>
      splitDataset(alone, { ...config, train: 59_000, holdoutShare: 0, test: 2000 }),
    ).toThrow(/^data\.test: 59,000 training, 2,000 test .* lower data\.test or data\.train/);
  });
});
