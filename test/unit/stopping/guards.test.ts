/** Curves without a hold-out, drawn by hand: what may be the best epoch of each. */
import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../../core/contract/words/texts.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';
import { CONSTANTS } from '../../../core/stopping/constants.ts';
import { walk } from '../../../core/stopping/guards.ts';
import { recommend } from '../../../core/stopping/recommend.ts';
import type { StoppingSignals } from '../../../core/stopping/signals.ts';

const CLASSES = 10;

/** A log by what its epochs are like; changes are of 5,000 samples. */
const logOf = (
  epochs: number,
  at: (epoch: number) => { accuracy: number; loss: number; changes: number },
): StoppingSignals[] =>
  Array.from({ length: epochs }, (_, i) => {
    const { accuracy, loss, changes } = at(i + 1);
    return {
      epoch: i + 1,
      trainAccuracy: accuracy,
      trainLoss: loss,
      predictionChanges: Math.round(changes),
      holdoutAccuracy: null,
      holdoutLoss: null,
      relativeDistance: null,
    };
  });

/** The least mean loss of a network that is right so often and honest about it. */
const honest = (accuracy: number): number =>
  -accuracy * Math.log(accuracy) - (1 - accuracy) * Math.log((1 - accuracy) / (CLASSES - 1));

/** Learns until epoch 10, then memorizes labels of which 40 % are wrong. */
const memorizing = (epochs: number) =>
  logOf(epochs, (epoch) => {
    const accuracy = epoch <= 10 ? 0.3 + 0.03 * epoch : Math.min(0.98, 0.6 + 0.01 * (epoch - 10));
    const sure = Math.max(0, epoch - 10) / 60;
    const loss = honest(accuracy) * (1 - sure);
    return { accuracy, loss, changes: 400 + 60 * Math.abs(epoch - 10) };
  });

const chosen = (rows: StoppingSignals[]) => recommend(rows, 0)!;

describe('without a hold-out', () => {
  test('an epoch at chance is never the best, however calm', () => {
    // Ten epochs that say the same class of everything, then learning.
    const rows = logOf(40, (epoch) =>
      epoch <= 10
        ? { accuracy: 0.1 + 0.001 * (epoch % 2), loss: Math.log(CLASSES), changes: 0 }
        : { accuracy: 0.3 + 0.01 * (epoch - 10), loss: 1.9 - 0.02 * (epoch - 10), changes: 900 },
    );
    expect(chosen(rows).epoch).toBeGreaterThan(10);
    expect(chosen(rows).low).toBeGreaterThan(10);
  });

  test('a training that never leaves chance has a verdict all the same', () => {
    const rows = logOf(20, (epoch) => ({
      accuracy: 0.1 + 0.001 * (epoch % 3),
      loss: Math.log(CLASSES),
      changes: 5 + (epoch % 2),
    }));
    const { epoch, low, high } = chosen(rows);
    expect(low).toBeLessThanOrEqual(epoch);
    expect(high).toBeGreaterThanOrEqual(epoch);
  });

  test('the least changes before memorizing are near the best', () => {
    const { epoch } = chosen(memorizing(60));
    expect(epoch).toBeGreaterThanOrEqual(7);
    expect(epoch).toBeLessThanOrEqual(14);
  });

  test('calm at the very end, where all is memorized or the learning rate fell, is not the best', () => {
    const calm = memorizing(80).map((row) =>
      row.epoch > 60 ? { ...row, predictionChanges: 1 } : row,
    );
    expect(chosen(calm).epoch).toBeLessThanOrEqual(14);
  });

  test('the walk goes on while nothing is memorized, and ends where it shows', () => {
    const rows = memorizing(60);
    const scores = rows.map(({ epoch }) => (epoch === 60 ? 9 : -Math.abs(epoch - 10)));
    expect(walk(rows, scores, CLASSES, CONSTANTS.guards)!.best).toBe(9);
    const learning = rows.map((row) => ({ ...row, trainLoss: honest(row.trainAccuracy!) }));
    expect(walk(learning, scores, CLASSES, CONSTANTS.guards)!.best).toBe(59);
  });

  test('nothing is asked of what is not known', () => {
    const bare = memorizing(30).map((row) => ({ ...row, trainAccuracy: null, trainLoss: null }));
    expect(chosen(bare).epoch).toBe(10);
  });
});

describe('a noise rate', () => {
  const words = (rows: StoppingSignals[], rate: number | null) => {
    const noise = rate === null ? null : { kind: 'symmetric' as const, rate };
    const { why } = recommend(rows, 0, null, { classes: CLASSES, noise })!;
    return why.map((each) => inWords(each, inEnglish)).join(' ');
  };

  test('moves the answer to where training loss is what noise leaves, and is told', () => {
    const rows = memorizing(60).map((row) => ({ ...row, predictionChanges: 500 }));
    const at = (rate: number) =>
      recommend(rows, 0, null, { classes: CLASSES, noise: { kind: 'symmetric', rate } })!;
    expect(at(0.6).epoch).toBeLessThan(at(0.2).epoch);
    expect(at(0.4).method).toBe('rate');
    expect(words(rows, 0.4)).toMatch(/used the noise rate that you gave \(40\.0%\)/);
    expect(words(rows, null)).not.toMatch(/noise rate/);
  });

  test('is not used where there is a hold-out, and that is told', () => {
    const held = memorizing(30).map((row) => ({ ...row, holdoutAccuracy: 0.5 }));
    const noise = { kind: 'symmetric', rate: 0.4 } as const;
    const { epoch, why } = recommend(held, 1000, null, { classes: CLASSES, noise })!;
    expect(epoch).toBe(recommend(held, 1000)!.epoch);
    expect(why.map((each) => inWords(each, inEnglish)).join(' ')).toMatch(/was not used/);
  });
});
