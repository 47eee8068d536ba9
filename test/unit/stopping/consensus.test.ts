import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accuracies,
  likelyLabels,
  following,
  splitOf,
  trueClasses,
  votesOf,
} from '../../../core/stopping/consensus.ts';
import { RecordKeeper } from '../../../core/stopping/sample-record.ts';

/** Four samples of two classes; the last one is labelled wrongly, and memorized in the third epoch. */
const part = {
  given: Uint8Array.of(0, 0, 1, 1),
  predicted: [Uint8Array.of(0, 0, 1, 0), Uint8Array.of(0, 0, 1, 0), Uint8Array.of(0, 0, 1, 1)],
};
const even = [1 / 3, 1 / 3, 1 / 3];

describe('what epochs agree on', () => {
  test('votes are shares', () => {
    const votes = votesOf(part, 2, even);
    expect(votes[6]).toBeCloseTo(2 / 3, 6);
    for (let i = 0; i < 4; i++) expect(votes[2 * i]! + votes[2 * i + 1]!).toBeCloseTo(1, 5);
  });

  test('a label that the network refuses is believed wrong, by both tests', () => {
    const { bySplit, byMajority } = likelyLabels(part, 2, votesOf(part, 2, even));
    expect([...bySplit]).toEqual([0, 0, 1, 0]);
    expect([...byMajority]).toEqual([0, 0, 1, 0]);
    expect(accuracies(part, bySplit)).toEqual([1, 1, 0.75]);
  });

  test('probabilities add up to 1, and epochs that follow them score higher', () => {
    const probabilities = trueClasses(part, 2, votesOf(part, 2, even));
    for (let i = 0; i < 4; i++)
      expect(probabilities[2 * i]! + probabilities[2 * i + 1]!).toBeCloseTo(1, 5);
    const [first, , last] = following(part, 2, votesOf(part, 2, even));
    expect(first!).toBeGreaterThan(last!);
  });

  test('the split parts values as an exhaustive search does (Otsu 1979)', () => {
    const values = fc.array(fc.integer({ min: 0, max: 49 }), { minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(values, (bins) => {
        const points = Float32Array.from(bins, (bin) => (bin + 0.5) / 50);
        if (new Set(bins).size < 2) return;
        const within = (split: number) => {
          const groups = [points.filter((p) => p <= split), points.filter((p) => p > split)];
          return groups.reduce((total, group) => {
            const middle = group.reduce((a, b) => a + b, 0) / (group.length || 1);
            return total + group.reduce((sum, p) => sum + (p - middle) ** 2, 0);
          }, 0);
        };
        const best = Math.min(...Array.from({ length: 49 }, (_, i) => within((i + 1) / 50)));
        expect(within(splitOf(points))).toBeCloseTo(best, 5);
      }),
    );
  });
});

describe('the record of a run', () => {
  test('keeps every so many of many training samples, and all of the hold-out', () => {
    const given = Uint8Array.from({ length: 12_000 }, (_, i) => i % 10);
    const keeper = new RecordKeeper(10, given, Uint8Array.of(1, 2));
    keeper.add(given, Uint8Array.of(2, 2));
    const { train, holdout } = keeper.samples;
    expect(train.given.length).toBe(4000);
    expect([...train.given.subarray(0, 3)]).toEqual([0, 3, 6]);
    expect(train.predicted[0]).toEqual(train.given);
    expect([...holdout!.predicted[0]!]).toEqual([2, 2]);
  });

  test('has no hold-out where there is none', () => {
    expect(new RecordKeeper(2, Uint8Array.of(0, 1), new Uint8Array(0)).samples.holdout).toBeNull();
  });
});
