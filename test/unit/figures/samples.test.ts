/** What figures tell of single samples: forgetting, data map, memorization and confusion, held against counts by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confusionOf, confusionPanel, recallAlong } from '../../../core/figures/confusion.ts';
import {
  checkChances,
  confidenceAuroc,
  dataMap,
  dataMapPanel,
} from '../../../core/figures/data-map.ts';
import {
  forgettingAlong,
  forgettingAuroc,
  forgettingPanel,
  forgettingSigns,
  neverLearned,
} from '../../../core/figures/forgetting.ts';
import { distanceMemorized, wrongLabelsAlong } from '../../../core/figures/memorization.ts';
import { parted } from '../../../core/figures/sample-history.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const title = { code: 'figures.panels.forgetting' };
/** Predictions after each epoch, one array a sample. */
const predictions = (samples: readonly (readonly number[])[]) =>
  samples[0]!.map((_, e) => ({ epoch: e + 1, predicted: bytes(...samples.map((s) => s[e]!)) }));

describe('forgetting events', () => {
  const given = bytes(1, 1, 1, 1, 1);
  const truth = bytes(1, 1, 1, 0, 0);
  const epochs = predictions([
    [1, 1, 1, 1, 1, 1], // learned at once, never lost
    [0, 0, 1, 1, 0, 1], // lost once
    [1, 0, 1, 0, 1, 0], // lost three times, the last at the end
    [0, 1, 2, 1, 0, 2], // lost twice
    [0, 2, 0, 2, 0, 0], // never learned: changes of other classes are none
  ]);
  const found = [...forgettingAlong(given, epochs)].at(-1)!;
  const labels = { given, truth };

  test('are counted where a predicted label is predicted no more', () => {
    expect([...found.events]).toEqual([0, 1, 3, 2, 0]);
    expect([...found.learned]).toEqual([1, 1, 1, 1, 0]);
    expect(found.epoch).toBe(6);
  });

  test('put what was never learned beyond all counts', () => {
    expect(forgettingSigns(found)).toEqual([0, 1, 3, 2, 4]);
    // Of the 6 pairs of a wrong label (2, 4) and a right one (0, 1, 3) the wrong one is larger in 5.
    expect(forgettingAuroc(found, labels)).toBeCloseTo(5 / 6, 12);
    expect(neverLearned(found, labels)).toEqual({ right: 0, wrong: 0.5 });
    expect(forgettingAuroc(found, { given, truth: given })).toBeNull();
  });

  test('are drawn as shares of each group, with a last bar of what was never learned', () => {
    const panel = forgettingPanel(title, found, labels);
    if (panel.kind !== 'histogram') throw new Error('no histogram');
    expect(panel.edges).toEqual([-0.5, 0.5, 1.5, 2.5, 3.5, 4.5]);
    expect(panel.series.map(({ counts }) => counts)).toEqual([
      [1 / 3, 1 / 3, 0, 1 / 3, 0],
      [0, 0, 1 / 2, 0, 1 / 2],
    ]);
  });

  test('are those of the definition, for any course', () => {
    const course = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(course, (sample) => {
        const fits = sample.map((one) => (one === 1 ? 'y' : 'n')).join('');
        const end = [...forgettingAlong(bytes(1), predictions([sample]))].at(-1)!;
        expect(end.events[0]).toBe(fits.split('yn').length - 1);
        expect(end.learned[0]).toBe(Number(fits.includes('y')));
      }),
    );
  });

  test('of an epoch do not hang on those after it', () => {
    const along = [...forgettingAlong(given, epochs)].length;
    const signs: (number | null)[] = [];
    for (const one of forgettingAlong(given, epochs)) signs.push(forgettingAuroc(one, labels));
    expect(signs).toHaveLength(along);
    // After one epoch: right ones learned, not, learned; wrong ones both not: 2 of 3 pairs, and a tie, each.
    expect(signs[0]).toBeCloseTo((2 + 0.5) / 3, 12);
  });
});

describe('the data map', () => {
  const losses = (...chances: number[]) => ({
    loss: Float32Array.from(chances, (chance) => -Math.log(chance)),
  });

  test('has the mean and the standard deviation of exp(-loss)', () => {
    const map = dataMap(3, [losses(0.2, 0.5, 1), losses(0.6, 0.5, 0.5), losses(0.7, 0.5, 0.75)]);
    expect(map.confidence[0]).toBeCloseTo(0.5, 6);
    expect(map.variability[0]).toBeCloseTo(Math.sqrt((0.09 + 0.01 + 0.04) / 3), 6);
    expect(map.confidence[1]).toBeCloseTo(0.5, 6);
    expect(map.variability[1]).toBeCloseTo(0, 6);
    expect(map.confidence[2]).toBeCloseTo(0.75, 6);
    expect(map.variability[2]).toBeCloseTo(Math.sqrt(0.125 / 3), 6);
  });

  test('is that of two passes over the chances', () => {
    const chance = fc.double({ min: 0.001, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 40 }), (chances) => {
        const map = dataMap(
          1,
          chances.map((one) => losses(one)),
        );
        const mean = chances.reduce((a, b) => a + b, 0) / chances.length;
        const square = chances.reduce((sum, one) => sum + (one - mean) ** 2, 0) / chances.length;
        expect(map.confidence[0]).toBeCloseTo(mean, 5);
        expect(map.variability[0]).toBeCloseTo(Math.sqrt(square), 4);
      }),
    );
  });

  test('tells wrong labels by a low mean', () => {
    const map = dataMap(4, [losses(0.9, 0.4, 0.5, 0.1)]);
    const labels = { given: bytes(0, 0, 0, 0), truth: bytes(0, 0, 1, 1) };
    // Pairs (wrong, right): 0.5 below 0.9 alone, 0.1 below both.
    expect(confidenceAuroc(map, labels)).toBeCloseTo(3 / 4, 12);
    const panel = dataMapPanel(title, map, labels);
    if (panel.kind !== 'chart') throw new Error('no chart');
    expect(panel.series.map(({ points }) => points.length)).toEqual([2, 2]);
    expect(panel.series[1]!.points[1]!.y).toBeCloseTo(0.1, 6);
  });

  test('draws at most 800 points of a group', () => {
    const many = 2001;
    const map = dataMap(many, [{ loss: new Float32Array(many) }]);
    const all = { given: new Uint8Array(many), truth: new Uint8Array(many) };
    const panel = dataMapPanel(title, map, all);
    if (panel.kind !== 'chart') throw new Error('no chart');
    expect(panel.series.map(({ points }) => points.length)).toEqual([667, 0]);
  });

  test('is refused where losses do not tell chances', () => {
    for (const loss of ['cross-entropy', 'elr']) expect(() => checkChances({ loss })).not.toThrow();
    expect(() => checkChances({ loss: 'squared' })).toThrow(
      /^The data map needs the chance of each given label, which the loss squared does not tell; it can be drawn of runs with cross-entropy, elr\.$/,
    );
  });
});

describe('memorization over distance', () => {
  const labels = { given: bytes(0, 1, 1, 2, 0), truth: bytes(0, 0, 0, 0, 1) };
  const epochs = predictions([
    [0, 1],
    [0, 1], // recovered, then memorized
    [2, 0], // neither, then recovered
    [0, 2], // recovered, then memorized
    [1, 1], // recovered twice
  ]);
  const rows = [1, 2].map((epoch) => ({ epoch, relativeDistance: epoch / 4 }));

  test('has the shares of the four wrong labels', () => {
    expect(wrongLabelsAlong(rows, labels, epochs)).toEqual([
      { epoch: 1, distance: 0.25, memorized: 0, recovered: 3 / 4 },
      { epoch: 2, distance: 0.5, memorized: 1 / 2, recovered: 1 / 2 },
    ]);
  });

  test('has nothing where all labels are right, or no distance is known', () => {
    const right = { given: labels.given, truth: labels.given };
    expect(wrongLabelsAlong(rows, right, epochs)).toEqual([]);
    expect(wrongLabelsAlong(rows.slice(1), labels, epochs)).toHaveLength(1);
  });

  test('is met between two epochs', () => {
    const along = wrongLabelsAlong(rows, labels, epochs);
    expect(distanceMemorized(along, 0.3)).toBeCloseTo(0.25 + 0.6 * 0.25, 12);
    expect(distanceMemorized(along, 0)).toBe(0.25);
    expect(distanceMemorized(along, 0.6)).toBeNull();
  });
});

describe('confusion', () => {
  const truth = bytes(0, 0, 0, 1, 1);
  const predicted = bytes(0, 2, 0, 1, 0);

  test('has rows of shares; a class without samples has zeros', () => {
    expect(confusionOf(truth, predicted, 3)).toEqual([
      [2 / 3, 0, 1 / 3],
      [1 / 2, 1 / 2, 0],
      [0, 0, 0],
    ]);
    const panel = confusionPanel('one', title, [[1]], ['cat']);
    expect(panel).toMatchObject({ kind: 'heat', rows: ['cat'], columns: ['cat'], range: [0, 1] });
  });

  test('by epoch follows the diagonal', () => {
    const epochs = [
      { epoch: 1, predicted },
      { epoch: 2, predicted: truth },
    ];
    expect(
      recallAlong(
        truth,
        2,
        epochs.map((e) => ({ ...e, predicted: e.predicted.map((c) => Math.min(c, 1)) })),
      ),
    ).toEqual([
      [
        { x: 1, y: 2 / 3 },
        { x: 2, y: 1 },
      ],
      [
        { x: 1, y: 1 / 2 },
        { x: 2, y: 1 },
      ],
    ]);
  });
});

test('numbers are parted by whether the given label is right', () => {
  const labels = { given: bytes(0, 1, 2), truth: bytes(0, 2, 2) };
  expect(parted([5, 6, 7], labels)).toEqual({ right: [5, 7], wrong: [6] });
});
