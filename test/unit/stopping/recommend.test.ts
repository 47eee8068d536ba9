import { inEnglish } from '../../../core/contract/words/texts.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recommend } from '../../../core/stopping/recommend.ts';
import { signalsOf } from '../../../core/stopping/signals.ts';
import type { StoppingSignals } from '../../../core/stopping/signals.ts';
import { smooth } from '../../../core/stopping/smooth.ts';
import { randomOf } from '../../../core/random.ts';

/**
 * A log whose hold-out of `n` samples peaks at an epoch. Its samples are the same all along, each
 * with a difficulty of its own, of which a tenth is drawn anew every epoch.
 */
function log(epochs: number, peak: number, n: number, seed = 0): StoppingSignals[] {
  const random = randomOf(seed, 'log');
  const difficulty = Float64Array.from({ length: n }, () => random.real());
  return Array.from({ length: epochs + 1 }, (_, epoch) => {
    const true_ = 0.56 - 0.06 * Math.abs(Math.log((epoch || 0.1) / peak)) ** 1.5;
    let right = 0;
    for (let i = 0; i < n; i++) {
      if (random.real() < 0.1) difficulty[i] = random.real();
      if (difficulty[i]! < true_) right++;
    }
    return {
      epoch,
      trainLoss: 1 - 0.4 * (epoch / epochs),
      trainAccuracy: 0.5 + 0.4 * (epoch / epochs),
      holdoutAccuracy: right / n,
      holdoutLoss: 2 - true_,
      relativeDistance: 0.05 * epoch,
      predictionChanges: Math.round(100 + 50 * Math.abs(epoch - peak)),
    };
  });
}

describe('smoothing', () => {
  test('leaves a straight line as it is, on uneven places', () => {
    const x = [0, 1, 1.5, 4, 9];
    const y = x.map((value) => 3 * value - 2);
    smooth(x, y, 1).forEach((value, i) => expect(value).toBeCloseTo(y[i]!, 9));
  });

  test('lowers the noise of a constant', () => {
    const random = randomOf(1, 'noise');
    const x = Array.from({ length: 100 }, (_, i) => i);
    const y = x.map(() => random.real());
    const spread = (values: number[]) =>
      values.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / values.length;
    expect(spread(smooth(x, y, 4))).toBeLessThan(spread(y) / 4);
  });
});

describe('a recommendation', () => {
  test('comes near the peak of a noisy hold-out, and its range holds it', () => {
    for (let seed = 0; seed < 10; seed++) {
      const verdict = recommend(log(40, 8, 1000, seed), 1000)!;
      expect(Math.abs(Math.log(verdict.epoch / 8))).toBeLessThan(0.7);
      expect(verdict.low).toBeLessThanOrEqual(verdict.epoch);
      expect(verdict.high).toBeGreaterThanOrEqual(verdict.epoch);
      expect(verdict.phase).toBe('past');
    }
  });

  test('a larger hold-out is surer, in a narrower range', () => {
    const width = (n: number) => {
      const verdicts = [0, 1, 2, 3, 4].map((seed) => recommend(log(40, 8, n, seed), n)!);
      return verdicts.reduce((sum, { low, high }) => sum + Math.log(high / low), 0);
    };
    expect(width(10_000)).toBeLessThan(width(100));
  });

  test('while accuracy rises it says that the best may be ahead', () => {
    expect(recommend(log(6, 30, 5000), 5000)!.phase).toBe('learning');
  });

  test('training zigzags decide between epochs of an even hold-out', () => {
    const rows = log(20, 8, 1000).map((row) => ({ ...row, holdoutAccuracy: 0.5 }));
    rows[9] = { ...rows[9]!, trainAccuracy: rows[9]!.trainAccuracy! + 0.05 };
    expect(recommend(rows, 1000)!.epoch).toBe(9);
  });

  test('without a hold-out it rests on prediction changes, and says so', () => {
    const rows = log(40, 8, 100).map((row) => ({
      ...row,
      holdoutAccuracy: null,
      holdoutLoss: null,
    }));
    const verdict = recommend(rows, 0)!;
    expect(verdict.epoch).toBeGreaterThanOrEqual(6);
    expect(verdict.epoch).toBeLessThanOrEqual(11);
    expect(verdict.method).toBe('changes');
    expect(verdict.candidates.map(({ rule }) => rule)).toEqual(['labelWave', 'last']);
  });

  test('epochs after a clear stop do not move it', () => {
    const rows = log(80, 8, 20_000);
    const early = recommend(rows.slice(0, 41), 20_000)!;
    expect(early.phase).toBe('past');
    for (const count of [51, 61, 81]) {
      expect(recommend(rows.slice(0, count), 20_000)!.epoch).toBe(early.epoch);
    }
  });

  test('ten thousand epochs are judged as few are, and the epoch is one of theirs', () => {
    const many = log(10_000, 300, 1000);
    const verdict = recommend(many, 1000)!;
    expect(Math.abs(Math.log(verdict.epoch / 300))).toBeLessThan(0.7);
    expect(Number.isInteger(verdict.epoch)).toBe(true);
    expect(verdict.phase).toBe('past');
  });

  test('loss alone is judged, and said to be less sure', () => {
    const rows = log(40, 8, 1000).map((row) => ({
      ...row,
      holdoutAccuracy: null,
      trainAccuracy: null,
      predictionChanges: null,
    }));
    const verdict = recommend(rows, 1000)!;
    expect(Math.abs(Math.log(verdict.epoch / 8))).toBeLessThan(0.3);
    expect(verdict.expectedLoss).toBeNull();
    expect(verdict.why.map((each) => inWords(each, inEnglish)).join(' ')).toMatch(
      /on hold-out loss alone.*less sure/,
    );
  });

  test('there is none before the second epoch', () => {
    expect(recommend(log(1, 8, 100), 100)).toBeNull();
    expect(recommend([], 100)).toBeNull();
  });

  test('never sees test data or true labels', () => {
    const record = { epoch: 1, trainAccuracy: 0.5, testAccuracy: 0.9, trainAccuracyTrue: 0.8 };
    const signals = signalsOf({ ...record, lossWrongLabels: 3, testLoss: 1, lossTrueLabels: 1 });
    expect(Object.keys(signals)).toEqual([
      'epoch',
      'trainLoss',
      'trainAccuracy',
      'holdoutAccuracy',
      'holdoutLoss',
      'relativeDistance',
      'predictionChanges',
    ]);
  });

  test('is sound for any log', () => {
    const value = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    const rows = fc.array(fc.record({ trainAccuracy: value, holdoutAccuracy: value }), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, (list) => {
        const signals = list.map((row, i) => ({ ...log(1, 1, 1)[1]!, ...row, epoch: i + 1 }));
        const verdict = recommend(signals, 100);
        if (!verdict) return;
        expect(verdict.low <= verdict.epoch && verdict.epoch <= verdict.high).toBe(true);
        expect(verdict.confidence).toBeGreaterThanOrEqual(0);
        expect(verdict.confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
