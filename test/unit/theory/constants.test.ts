/** The constants of the paper's model of data. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusteringOf } from '../../../core/theory/centres.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';
import { textsIn } from '../../../core/contract/words/texts.ts';
import { constantsOf } from '../../../core/theory/constants.ts';
import type { Constants } from '../../../core/theory/constants.ts';
import { clustersWith } from './data.ts';

const wordsOf = ({ failing }: Constants) =>
  failing.map((phrase) => inWords(phrase, textsIn('en'))).join(' ');

describe('constants', () => {
  test("of the paper's synthetic setting, whose rho is above delta / 8", () => {
    const data = clustersWith({}, 60);
    const found = constantsOf(data, clusteringOf(data, 'known', 0));
    expect(found).toMatchObject({ samples: 400, dimension: 20, clusters: 2, classes: 2 });
    expect(found).toMatchObject({ delta: 2, rho: 0.3, balance: [1, 1], clusterable: true });
    expect(found.eps0).toBeGreaterThan(0.45);
    expect(found.eps0).toBeLessThan(0.56);
    expect(found.fewWrong).toBe(false);
    expect(found.failing).toHaveLength(1);
    expect(wordsOf(found)).toMatch(/^ρ is 0\.3, more than δ \/ 8 = 0\.25/);
  });

  test('nothing fails with fewer wrong labels', () => {
    const data = clustersWith({}, 50);
    const found = constantsOf(data, clusteringOf(data, 'known', 0));
    expect(found).toMatchObject({ rho: 0.25, fewWrong: true, failing: [] });
  });

  test('delta is the smallest gap', () => {
    const data = clustersWith({ clusters: 6, classes: 3, samples: 30, alpha: [-1, 0.1, 1] });
    expect(constantsOf(data, clusteringOf(data, 'known', 0)).delta).toBeCloseTo(0.9, 12);
  });

  test('clusters of several classes, too few and too near ones are told', () => {
    const data = clustersWith({ clusters: 4, classes: 4, samples: 80, eps0: 0.1 });
    const found = constantsOf(data, clusteringOf(data, 2, 0));
    expect(found.clusterable).toBe(false);
    expect(wordsOf(found)).toMatch(/2 of 2 clusters|1 of 2 clusters/);
    expect(wordsOf(found)).toContain('There are 2 clusters for 4 classes');
    const wide = clustersWith({ dimension: 2, clusters: 4, classes: 2, eps0: 1 });
    const touching = constantsOf(wide, clusteringOf(wide, 'known', 0));
    expect(wordsOf(touching)).toContain('their clusters may touch');
  });
});

describe('clusters', () => {
  test('k-means finds those that are apart, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (seed) => {
        const data = clustersWith({ dimension: 40, eps0: 0.2, samples: 60 }, 0, seed);
        const found = clusteringOf(data, 2, seed);
        const first = found.of[0]!;
        found.of.forEach((cluster, i) =>
          expect(cluster === first).toBe(data.clusters![i] === data.clusters![0]),
        );
        expect(clusteringOf(data, 2, seed)).toEqual(found);
      }),
      { numRuns: 20 },
    );
  });

  test('centres are means brought to norm 1, and classes may be clusters', () => {
    const data = clustersWith({ clusters: 4, classes: 2, eps0: 0, samples: 40 });
    const known = clusteringOf(data, 'known', 0);
    known.centres.forEach((centre, c) =>
      centre.forEach((value, j) => expect(value).toBeCloseTo(data.inputs[c * 20 + j]!, 6)),
    );
    expect(clusteringOf(data, 'classes', 0).centres).toHaveLength(2);
  });

  test('more clusters than Sigma(C) is taken of are refused', () => {
    const data = clustersWith({ clusters: 501, samples: 600 });
    expect(() => clusteringOf(data, 'known', 0)).toThrow(/There are 501 clusters, but at most 500/);
  });

  test('more clusters than samples, and unknown ones, are refused', () => {
    const data = clustersWith({ samples: 20 });
    expect(() => clusteringOf(data, 21, 0)).toThrow(/--clusters 21: there are only 20/);
    expect(() => clusteringOf({ ...data, clusters: null }, 'known', 0)).toThrow(/--clusters known/);
  });
});
