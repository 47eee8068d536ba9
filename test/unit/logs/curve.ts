/** One made-up training, for logs in the shapes of many programs: its hold-out is best about epoch 9. */

/** What a training measured in one epoch. */
export interface Measured {
  /** From 1 on. */
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  holdoutLoss: number;
  holdoutAccuracy: number;
}

const EPOCHS = 30;

/** Thirty epochs, each with its small zigzag. */
export const CURVE: readonly Measured[] = Array.from({ length: EPOCHS }, (_, i) => {
  const epoch = i + 1;
  const zigzag = 0.003 * Math.sin(2.3 * epoch);
  const fall = 0.008 * Math.max(0, epoch - 9);
  return {
    epoch,
    trainLoss: round(1.6 * Math.exp(-epoch / 8)),
    trainAccuracy: round(1 - 0.6 * Math.exp(-epoch / 9) + zigzag),
    holdoutLoss: round(0.7 + 0.7 * Math.exp(-epoch / 3) + 0.03 * Math.max(0, epoch - 7)),
    holdoutAccuracy: round(0.82 - 0.4 * Math.exp(-epoch / 3) - fall + zigzag),
  };
});

function round(value: number): number {
  return Number(value.toFixed(4));
}

/** A text with some lines for each epoch. */
export const eachEpoch = (lines: (one: Measured) => string, head = ''): string =>
  head + CURVE.map((one) => `${lines(one)}\n`).join('');

/** Separated values. */
export const table = (
  names: readonly string[],
  cells: (one: Measured) => readonly (string | number)[],
  separator = ',',
): string => [names, ...CURVE.map(cells)].map((row) => `${row.join(separator)}\n`).join('');
