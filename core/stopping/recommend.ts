/**
 * Recommends the epoch to stop at, from the noisy hold-out and the training signals alone.
 *
 * The score of an epoch is the smoothed hold-out accuracy, plus what training accuracy does from
 * epoch to epoch beyond its own trend (those wiggles follow the test accuracy's, and are measured
 * on many more samples), plus a little of the hold-out's own. Without a hold-out, the smoothed
 * number of prediction changes takes its place.
 */
import type { Verdict } from '../protocol/records.ts';
import { randomOf } from '../random.ts';
import { reasonsOf } from './reasons.ts';
import { candidatesOf } from './rules.ts';
import type { StoppingSignals } from './signals.ts';
import { smooth } from './smooth.ts';

/** Width of the smoothing, in units of log(epoch): early epochs change fast, late ones slowly. */
const BANDWIDTH = 0.2;
/** How much of the hold-out's own wiggles is believed. */
const HOLDOUT_WIGGLES = 0.3;
/** One unit of log(prediction changes), in units of accuracy, where there is no hold-out. */
const CHANGES_TO_ACCURACY = 0.03;
const DRAWS = 400;

/** The curve that a recommendation is read from. */
export interface Score {
  epochs: number[];
  /** The smoothed signal. */
  trend: number[];
  /** The trend with its believable wiggles. */
  score: number[];
  /** How far two epochs must differ to be told apart: half a standard error. */
  tolerance: number;
  method: string;
}

/**
 * @param rows signals by epoch; epoch 0 may be among them
 * @param holdoutCount samples of the hold-out; 0 where there is none
 * @returns null before the second epoch of training, or where no signal is there
 */
export function recommend(rows: readonly StoppingSignals[], holdoutCount: number): Verdict | null {
  const trained = rows.filter((row) => row.epoch > 0);
  const curve = scoreOf(trained, holdoutCount);
  if (!curve || curve.epochs.length < 2) return null;
  const at = indexOfMax(curve.score);
  const [from, to] = rangeAround(curve.trend, at, curve.tolerance);
  const verdict = {
    epoch: curve.epochs[at]!,
    low: curve.epochs[from]!,
    high: curve.epochs[to]!,
    confidence: confidenceOf(curve, from, to),
    method: curve.method,
    phase: phaseOf(curve, at),
  };
  return { ...verdict, reasons: reasonsOf(trained, verdict), candidates: candidatesOf(trained) };
}

/** The score curve; null where there is neither a hold-out nor prediction changes. */
export function scoreOf(rows: readonly StoppingSignals[], holdoutCount: number): Score | null {
  const held = rows.filter((row) => row.holdoutAccuracy !== null);
  if (held.length > 0) return holdoutScore(held, holdoutCount);
  const changed = rows.filter((row) => row.predictionChanges !== null);
  return changed.length > 0 ? changesScore(changed) : null;
}

function holdoutScore(rows: readonly StoppingSignals[], holdoutCount: number): Score {
  const epochs = rows.map((row) => row.epoch);
  const x = epochs.map(Math.log);
  const accuracy = rows.map((row) => row.holdoutAccuracy!);
  const trend = smooth(x, accuracy, BANDWIDTH);
  const wiggles = trainWiggles(rows, x);
  const score = trend.map(
    (value, i) => value + wiggles[i]! + HOLDOUT_WIGGLES * (accuracy[i]! - value),
  );
  const p = Math.max(...trend.map((value) => Math.min(Math.max(value, 0.01), 0.99)));
  // A log from elsewhere may not tell the size of its hold-out; 1,000 is common.
  const tolerance = 0.5 * Math.sqrt((p * (1 - p)) / (holdoutCount || 1000));
  return { epochs, trend, score, tolerance, method: 'Noisy hold-out and training wiggles' };
}

function changesScore(rows: readonly StoppingSignals[]): Score {
  const epochs = rows.map((row) => row.epoch);
  const x = epochs.map(Math.log);
  const changes = rows.map((row) => Math.log(row.predictionChanges! + 1));
  const trend = smooth(x, changes, BANDWIDTH).map((value) => -CHANGES_TO_ACCURACY * value);
  const wiggles = trainWiggles(rows, x);
  const score = trend.map((value, i) => value + wiggles[i]!);
  const method = 'Prediction changes and training wiggles (no hold-out)';
  return { epochs, trend, score, tolerance: CHANGES_TO_ACCURACY / 4, method };
}

/** What training accuracy does beyond its trend; zero where it is not known. */
function trainWiggles(rows: readonly StoppingSignals[], x: readonly number[]): number[] {
  if (rows.some((row) => row.trainAccuracy === null)) return rows.map(() => 0);
  const accuracy = rows.map((row) => row.trainAccuracy!);
  const trend = smooth(x, accuracy, BANDWIDTH);
  return accuracy.map((value, i) => value - trend[i]!);
}

function indexOfMax(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}

/** The stretch around `at` where the trend stays within the tolerance of its value there. */
function rangeAround(trend: readonly number[], at: number, tolerance: number): [number, number] {
  const floor = trend[at]! - tolerance;
  let [from, to] = [at, at];
  while (from > 0 && trend[from - 1]! >= floor) from--;
  while (to < trend.length - 1 && trend[to + 1]! >= floor) to++;
  return [from, to];
}

/** How often the best epoch stays in the range when the score is shaken by its own uncertainty. */
function confidenceOf({ score, tolerance }: Score, from: number, to: number): number {
  const random = randomOf(0, 'confidence');
  let inside = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const shaken = score.map((value) => value + tolerance * gaussian(random));
    const best = indexOfMax(shaken);
    if (best >= from && best <= to) inside++;
  }
  return inside / DRAWS;
}

/** A standard normal number (Box, Muller 1958). */
function gaussian(random: { real(): number }): number {
  return Math.sqrt(-2 * Math.log(1 - random.real())) * Math.cos(2 * Math.PI * random.real());
}

/** Past: the trend has clearly fallen. Learning: the best is among the newest. Else flat. */
function phaseOf({ trend, tolerance }: Score, at: number): Verdict['phase'] {
  const last = trend.length - 1;
  if (trend[last]! < trend[at]! - 2 * tolerance) return 'past';
  return at >= last - Math.max(2, last / 4) ? 'learning' : 'flat';
}
