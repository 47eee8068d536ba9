/** Brings values to one measure: accuracies to shares, epochs to whole numbers. */
import type { Phrase } from '../contract/words/phrase.ts';
import { logNote } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import type { StoppingSignals } from '../stopping/signals.ts';
import { SIGNALS } from './log.ts';
import type { Columns, Signal } from './log.ts';
import type { LogPoint, Points } from './merge.ts';

/** An accuracy above this is in percent. */
const MOST_AS_SHARE = 1.5;
const MOST_AS_PERCENT = 100.5;
/** Changes of prediction given as a share are counted in so many samples. */
export const SHARE_OF = 1000;
/** More rows are joined, for no training has so many epochs and the answer would take minutes. */
const MOST_ROWS = 10_000;

/**
 * Turns accuracies in percent into shares, in place.
 * @returns what was done, a sentence each
 * @throws InputError where they are neither percent nor shares
 */
export function toShares(points: readonly LogPoint[], columns: Columns, where: string): Phrase[] {
  const notes: Phrase[] = [];
  for (const signal of ['trainAccuracy', 'holdoutAccuracy'] as const) {
    const [least, most] = boundsOf(points, signal);
    const name = columns[signal]?.join(', ') ?? signal;
    if (most > MOST_AS_PERCENT || least < 0) {
      throw new InputError('log.noAccuracy', { where, name, least, most, signal });
    }
    if (most <= MOST_AS_SHARE) continue;
    notes.push(logNote('percent', { name }));
    scale(points, signal, 1 / 100);
  }
  if (areShares(points)) {
    notes.push(logNote('share', { n: SHARE_OF }));
    scale(points, 'predictionChanges', SHARE_OF);
  }
  return notes;
}

/** Whether prediction changes are told as a share of the samples. */
export function areShares(points: readonly LogPoint[]): boolean {
  const [, most] = boundsOf(points, 'predictionChanges');
  return most <= 1 && points.some(({ values }) => (values.predictionChanges ?? 0) % 1 !== 0);
}

function boundsOf(points: readonly LogPoint[], signal: Signal): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const { values } of points) {
    const value = values[signal];
    if (value === undefined) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

function scale(points: readonly LogPoint[], signal: Signal, factor: number): void {
  for (const { values } of points) {
    const value = values[signal];
    // Percent of floats, such as 85.00000001, need no more digits than that.
    if (value !== undefined) values[signal] = Number((value * factor).toPrecision(15));
  }
}

/** The rows with whole epochs, of which 0 is before training; the order is that of the points. */
export function toRows(points: readonly LogPoint[], epochs: readonly number[]): StoppingSignals[] {
  return points.map(({ values }, i) => {
    const entries = SIGNALS.map((signal) => [signal, values[signal] ?? null]);
    return { epoch: epochs[i]!, ...Object.fromEntries(entries) } as StoppingSignals;
  });
}

/**
 * Whole, rising numbers for the epochs or steps of a log, as far apart as they are.
 * @param zeroIsBefore whether epoch 0 is before training; else it is the first epoch trained
 */
export function wholeEpochs(
  keys: readonly number[],
  by: Points['by'],
  zeroIsBefore: boolean,
): number[] {
  const unit = unitOf(keys);
  if (areEpochs(keys, by)) {
    const shift = keys[0] === 0 && !zeroIsBefore ? 1 : 0;
    return keys.map((key) => key + shift);
  }
  let last = -1;
  return keys.map((key) => {
    // Nothing is trained at 0 only; the first measure after it is of epoch 1.
    const least = key > 0 ? Math.max(1, last + 1) : last + 1;
    last = Math.max(least, Math.round(key / unit));
    return last;
  });
}

/** Whether keys are epochs by themselves: whole, and if they are called steps, one apart. */
export function areEpochs(keys: readonly number[], by: Points['by']): boolean {
  return keys.every(Number.isInteger) && (by !== 'step' || unitOf(keys) === 1);
}

/** The usual distance from one measure to the next: the median. */
function unitOf(keys: readonly number[]): number {
  const gaps = keys.slice(1).map((key, i) => key - keys[i]!);
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? (keys[0] || 1);
}

/** Joins neighbours where there are too many points; the last one's epoch stands for all. */
export function joinedPoints(points: readonly LogPoint[]): {
  points: LogPoint[];
  note: Phrase | null;
} {
  const size = Math.ceil(points.length / MOST_ROWS);
  if (size <= 1) return { points: [...points], note: null };
  const joined: LogPoint[] = [];
  for (let i = 0; i < points.length; i += size) joined.push(averageOf(points.slice(i, i + size)));
  return {
    points: joined,
    note: logNote('averaged', { n: points.length, size }),
  };
}

function averageOf(points: readonly LogPoint[]): LogPoint {
  const { key, step } = points.at(-1)!;
  const values: LogPoint['values'] = {};
  for (const signal of SIGNALS) {
    const found = points.flatMap((point) => point.values[signal] ?? []);
    if (found.length > 0) values[signal] = found.reduce((a, b) => a + b, 0) / found.length;
  }
  return { key, step, values };
}
