/** Samples that look the same or like no other, against a plain account of every pair. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alikeOf, disagreeingCopies } from '../../../core/labels/alike.ts';
import { randomOf } from '../../../core/random.ts';
import type { Random } from '../../../core/random.ts';
import { nearestPlain } from './plain.ts';

const SIZE = 6;
const SAMPLES = 400;
const COUNT = 8;
/** Made to be like another one, by whether its label is another; and made to be like none. */
const COPIES = new Map([
  [10, { of: 200, differs: true }],
  [11, { of: 201, differs: false }],
  [12, { of: 10, differs: false }],
  [300, { of: 77, differs: true }],
]);
const STRANGE = [50, 51, 52];

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.real())) * Math.cos(2 * Math.PI * random.real());

/** Three clouds, with copies that differ a little and points that lie off all clouds. */
function made(seed: number) {
  const random = randomOf(seed, 'alike');
  const values = new Float32Array(SAMPLES * SIZE);
  const labels = Uint8Array.from({ length: SAMPLES }, (_, i) => i % 3);
  for (let i = 0; i < SAMPLES; i++) {
    for (let j = 0; j < SIZE; j++) {
      values[i * SIZE + j] = (j === i % 3 ? 4 : 0) + 0.6 * normal(random);
    }
  }
  STRANGE.forEach((place, k) => {
    for (let j = 0; j < SIZE; j++) values[place * SIZE + j] = j === 3 + k ? -9 : 0;
  });
  for (const [place, { of, differs }] of COPIES) {
    for (let j = 0; j < SIZE; j++) {
      values[place * SIZE + j] = values[of * SIZE + j]! + 1e-3 * normal(random);
    }
    labels[place] = differs ? (labels[of]! + 1) % 3 : labels[of]!;
  }
  return { values, labels };
}

const placesOf = (marks: Uint8Array): number[] => [...marks.keys()].filter((i) => marks[i] === 1);

describe('samples that look alike', () => {
  test.each([1, 2, 3])(
    'are found with the labels that differ, and the strange ones, seed %i',
    (seed) => {
      const { values, labels } = made(seed);
      const near = nearestPlain(values, values, SIZE, true, COUNT);
      const { disagreeing, outlier } = alikeOf(near, labels, labels);
      // 12 is a copy of the copy 10, so it looks like 200 as well.
      expect(placesOf(disagreeing)).toEqual([10, 12, 77, 200, 300]);
      const others = placesOf(outlier).filter((place) => !STRANGE.includes(place));
      expect(STRANGE.every((place) => outlier[place] === 1)).toBe(true);
      // Of clouds the outermost few lie apart as well.
      expect(others.length).toBeLessThan(0.03 * SAMPLES);
    },
  );

  test('are those of a plain account', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 40, max: 120 }), (seed, samples) => {
        const random = randomOf(seed, 'plain');
        const count = 4;
        const labels = Uint8Array.from({ length: samples }, () => random.below(2));
        const places = Int32Array.from({ length: samples * count }, () => random.below(samples));
        const likeness = Float32Array.from({ length: samples * count }, () =>
          // From copies to strangers, over many sizes of distance.
          random.below(12) === 0 ? 1 : 1 - 10 ** (-5 * random.real()),
        );
        for (let i = 0; i < samples; i++)
          likeness
            .subarray(4 * i, 4 * i + 4)
            .sort()
            .reverse();
        const found = alikeOf({ count, places, likeness }, labels, labels);
        const rows = Array.from({ length: samples }, (_, i) =>
          [...likeness.subarray(4 * i, 4 * i + 4)].map((like) => Math.acos(like)),
        );
        const near = Math.max(1.5e-3, nearEdge(rows.map(([first]) => first!)));
        const mean = (row: number[]) => row.reduce((a, b) => a + b, 0) / count;
        const far = farEdge(rows.map(mean));
        rows.forEach((row, i) => {
          const others = row.filter(
            (angle, j) => angle <= near && labels[places[4 * i + j]!] !== labels[i],
          );
          expect(found.disagreeing[i]).toBe(others.length > 0 ? 1 : 0);
          // A distance on the very edge may fall on either side.
          if (Math.abs(mean(row) / far - 1) > 1e-4)
            expect(found.outlier[i]).toBe(mean(row) > far ? 1 : 0);
        });
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test('are none where there is nothing to compare with', () => {
    const none = { count: 0, places: new Int32Array(), likeness: new Float32Array() };
    expect(alikeOf(none, Uint8Array.of(1), Uint8Array.of(1))).toEqual({
      disagreeing: Uint8Array.of(0),
      outlier: Uint8Array.of(0),
    });
    // All the same, of two labels: copies disagree, and nobody is an outlier.
    const labels = Uint8Array.from({ length: 50 }, (_, i) => i % 2);
    const same = {
      count: 1,
      places: Int32Array.from(labels, (_, i) => (i + 1) % 50),
      likeness: new Float32Array(50).fill(1),
    };
    const found = alikeOf(same, labels, labels);
    expect(placesOf(found.disagreeing)).toHaveLength(50);
    expect(placesOf(found.outlier)).toEqual([]);
  });

  test('are marked among 50,000 in a moment', () => {
    const random = randomOf(9, 'many');
    const labels = Uint8Array.from({ length: 50_000 }, () => random.below(10));
    const places = Int32Array.from({ length: 30 * 50_000 }, () => random.below(50_000));
    const likeness = Float32Array.from(places, (_, at) => 1 - (1 + (at % 30)) * 1e-3);
    const since = performance.now();
    alikeOf({ count: 30, places, likeness }, labels, labels);
    expect(performance.now() - since).toBeLessThan(2000);
  });
});

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  return (sorted[low]! + sorted[high]!) / 2;
}

/** Four spreads of logarithms below their median. */
function nearEdge(angles: readonly number[]): number {
  const logs = angles.filter((d) => d > 1.5e-3).map(Math.log);
  if (logs.length < 30) return 0;
  const middle = middleOf(logs);
  const spread = 1.4826 * middleOf(logs.map((value) => Math.abs(value - middle)));
  return Math.exp(middle - 4 * Math.max(spread, 0.25));
}

/** Three spreads of the upper half above the median. */
function farEdge(angles: readonly number[]): number {
  const real = angles.filter((d) => d > 1.5e-3);
  if (real.length < 30) return Infinity;
  const middle = middleOf(real);
  const above = real.filter((d) => d > middle);
  const spread = 1.4826 * (above.length > 0 ? middleOf(above.map((d) => d - middle)) : 0);
  return middle + 3 * Math.max(spread, 0.05 * middle);
}

test('copies disagree where their group has more than one label', () => {
  const copies = Int32Array.of(0, 1, 0, 3, 1, 3);
  expect([...disagreeingCopies(copies, Uint8Array.of(5, 2, 5, 1, 2, 4))]).toEqual([
    0, 0, 0, 1, 0, 1,
  ]);
});
