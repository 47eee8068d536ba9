/** The paper's synthetic data set. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { ClustersSchema, DataSchema } from '../../core/contract/config/schema.ts';
import { clusterDataset, targetsOf } from '../../core/data/clusters.ts';
import { scalingOf } from '../../core/training/features.ts';

const made = (wish: v.InferInput<typeof ClustersSchema>, seed = 0) =>
  clusterDataset(v.parse(ClustersSchema, wish), seed);

const norm = (x: Iterable<number>): number => Math.sqrt([...x].reduce((sum, y) => sum + y * y, 0));

describe('clusters', () => {
  test('every sample has norm 1 and lies within 2 eps0 of the others of its cluster', () => {
    const wish = fc.record({
      clusters: fc.integer({ min: 2, max: 5 }),
      dimension: fc.integer({ min: 2, max: 30 }),
      eps0: fc.double({ min: 0, max: 1, noNaN: true }),
      samples: fc.constant(40),
    });
    fc.assert(
      fc.property(wish, fc.nat(50), (fields, seed) => {
        const { train, clusters, shape } = made(fields, seed);
        const row = (i: number) =>
          train.values.subarray(i * fields.dimension, (i + 1) * fields.dimension);
        expect(shape).toEqual([1, 1, fields.dimension]);
        for (let i = 0; i < 40; i++) {
          expect(norm(row(i))).toBeCloseTo(1, 5);
          const other = row(clusters!.indexOf(clusters![i]!));
          const apart = norm(row(i).map((value, j) => value - other[j]!));
          expect(apart).toBeLessThanOrEqual(2 * fields.eps0 + 1e-5);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('in a shell every sample lies eps0 from the centre, in all directions', () => {
    const wish = { eps0: 0.3, dimension: 8, samples: 400, spread: 'shell' } as const;
    const { train, clusters } = made(wish);
    const { train: centres } = made({ ...wish, eps0: 0 });
    const away = Array.from({ length: 400 }, (_, i) => {
      const at = (values: ArrayLike<number>, j: number) => values[8 * i + j]!;
      const way = Array.from({ length: 8 }, (_, j) => at(train.values, j) - at(centres.values, j));
      expect(norm(way)).toBeCloseTo(0.3, 5);
      return way;
    });
    // Directions cancel out across the sphere: their mean goes 0.3^2 / 2 towards its middle.
    const mine = away.filter((_, i) => clusters![i] === 0);
    const mean = mine[0]!.map((_, j) => mine.reduce((sum, way) => sum + way[j]!, 0) / mine.length);
    expect(norm(mean)).toBeLessThan(0.1);
  });

  test('training and test part share the centres and no sample', () => {
    const { train, test: tested } = made({ eps0: 0 });
    expect(tested!.values).toEqual(train.values);
    const apart = made({ eps0: 0.5 });
    expect(apart.test!.values).not.toEqual(apart.train.values);
    expect(apart.test!.labels).toEqual(apart.train.labels);
  });

  test('classes are sets of clusters, evenly filled and named by their alpha', () => {
    const { train, classes, clusters } = made({ clusters: 6, classes: 3, samples: 60 });
    expect(classes).toEqual(['-1', '0', '1']);
    train.labels.forEach((label, i) => expect(label).toBe(clusters![i]! % 3));
    expect(train.labels.filter((label) => label === 2)).toHaveLength(20);
    expect(made({ alpha: [-0.5, 1] }).classes).toEqual(['-0.5', '1']);
  });

  test('the seed decides, and values are not standardized', () => {
    expect(made({}, 3)).toEqual(made({}, 3));
    expect(made({}, 3).train.values).not.toEqual(made({}, 4).train.values);
    const { mean, deviation } = scalingOf(made({}), Uint32Array.of(0, 1, 2));
    expect([...mean, ...deviation]).toEqual([0, 1]);
  });

  test('a network with one output is fitted to the alpha', () => {
    const data = (source: string) =>
      v.parse(DataSchema, {
        source,
        clusters: { alpha: [-0.2, 0.9] },
        train: 20,
        holdoutShare: 0,
        test: 0,
        labelsAreTrue: true,
        seed: 0,
      });
    expect(targetsOf(data('clusters'))).toEqual([-0.2, 0.9]);
    expect(targetsOf(data('mnist'))).toBeNull();
  });

  test.each([
    [{ clusters: 2, classes: 3 }, /data\.clusters\.clusters is 2; .* at least 3/],
    [{ clusters: 30, samples: 20 }, /data\.clusters\.samples is 20; .* at least 30/],
    [{ alpha: [0.1] }, /data\.clusters\.alpha is \[0\.1\]; give 2 different numbers/],
    [{ alpha: [0.1, 0.1] }, /data\.clusters\.alpha/],
  ])('%j is refused in one sentence', (wish, message) => {
    expect(() => made(wish)).toThrow(message);
  });
});
