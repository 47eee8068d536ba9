/** Turns a log into what the posterior is computed from, by the best that the log has. */
import { averaged, blocksOf, centred, diagonal, logEpochs } from './blocks.ts';
import type { Square } from './cholesky.ts';
import { accuracies, likelyLabels, following, trueClasses, votesOf } from './consensus.ts';
import type { LogPoints } from './posterior.ts';
import type { PartRecord, SampleRecord } from './sample-record.ts';
import type { StoppingSignals } from './signals.ts';
import { smooth } from './smooth.ts';

/** Points in log(epoch) that are measured, and where each comes from. */
export interface Measurement {
  measured: LogPoints;
  /** The rows that each point is the mean of: places in `rows`. */
  blocks: number[][];
  /** Rows that have what is measured. */
  rows: readonly StoppingSignals[];
  method: string;
  /** Whether `y` is an accuracy, so that a loss of it can be told in points. */
  inPoints: boolean;
  /** How the stated confidence is corrected, in log odds. */
  calibration: { slope: number; offset: number };
}

/** Width of the smoothing that zigzags are told by, in log(epoch). */
const BANDWIDTH = 0.2;
/** How far below the best an epoch's vote falls to 1/e, in accuracy. */
const VOTE_WIDTH = 0.02;
/** What share of a hold-out's binomial variance moves between neighbouring epochs, where it is not known. */
const MOVING_SHARE = 0.1;
/** A hold-out of unknown size is taken to have so many samples. */
const USUAL_HOLDOUT = 1000;
/** Corrections of stated confidence, fitted to MNIST and clusters; see `npm run bench -- --stopping`. */
const CALIBRATION = {
  holdoutSamples: { slope: 0.64, offset: -0.83 },
  holdoutCurves: { slope: 0.41, offset: -0.25 },
  blindSamples: { slope: 0.21, offset: -1.56 },
  blindCurves: { slope: 0.57, offset: -2.7 },
};
/** Signals that follow accuracy: their expected share in it, and its deviation. */
const CONSENSUS = { share: 0.1, deviation: 0.4 };
/** The labels believed true without the hold-out follow accuracy best, so they count for more. */
const BELIEVED = { share: 0.6, deviation: 0.4 };
const TRAINING = { share: 0.1, deviation: 0.3 };
/** Without a hold-out, what is measured zigzags by about so much that accuracy does not. */
const BELIEF_ERROR = 0.003;
const CHANGES_ERROR = 0.01;
/** One unit of log(prediction changes / loss), in accuracy. */
const CHANGES_SHARE = 0.02;
const ZIGZAG_SHARE = 0.5;
/** Zigzags that were seen: about so large all along, or falling with the root of the epoch. */
const EVEN = [0.002, 0.006, 0.02];
const FALLING = [0.01, 0.03, 0.1];

/** @returns null where the log has nothing to judge by, or fewer than two such rows */
export function measureLog(
  rows: readonly StoppingSignals[],
  holdoutCount: number,
  record: SampleRecord | null,
): Measurement | null {
  const whole = record && record.train.predicted.length === rows.length ? record : null;
  if (rows.length < 2) return null;
  if (whole?.holdout) return byHoldoutRecord(rows, whole, whole.holdout);
  const held = rows.filter((row) => row.holdoutAccuracy !== null);
  if (held.length > 1) return byHoldout(held, holdoutCount, 'accuracy');
  const lost = rows.filter((row) => row.holdoutLoss !== null);
  if (lost.length > 1) return byHoldout(lost, holdoutCount, 'loss');
  if (whole) return byTrainingRecord(rows, whole);
  const changed = rows.filter((row) => row.predictionChanges !== null);
  return changed.length > 1 ? byChanges(changed) : null;
}

/** A hold-out's own samples tell how surely two epochs differ; all samples tell what is believed true. */
function byHoldoutRecord(
  rows: readonly StoppingSignals[],
  { classes, train }: SampleRecord,
  holdout: PartRecord,
): Measurement {
  const blocks = blocksOf(rows);
  const x = averaged(logEpochs(rows), blocks);
  const accuracy = accuracies(holdout, holdout.given);
  const y = averaged(accuracy, blocks);
  const weights = votingWeights(smooth(logEpochs(rows), accuracy, BANDWIDTH));
  const signals = [holdout, train].flatMap((part) => {
    const votes = votesOf(part, classes, weights);
    return [votes, trueClasses(part, classes, votes)].map((probabilities) => ({
      values: centred(following(part, classes, probabilities), blocks),
      ...CONSENSUS,
    }));
  });
  signals.push({
    values: centred(likelyAccuracy(rows, classes, train), blocks),
    ...BELIEVED,
  });
  return {
    measured: {
      x,
      y,
      error: pairedError(holdout, blocks),
      zigzags: { sizes: FALLING, at: x.map((at) => Math.exp(-at / 2)) },
      signals,
    },
    blocks,
    rows,
    method: 'samples',
    inPoints: true,
    calibration: CALIBRATION.holdoutSamples,
  };
}

/** Weights that add up to 1, falling with the distance below the best. */
function votingWeights(accuracy: readonly number[]): number[] {
  const best = Math.max(...accuracy);
  const weights = accuracy.map((value) => Math.exp((value - best) / VOTE_WIDTH));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * The covariance of the accuracies' sampling error, from the samples themselves: two epochs are
 * right on mostly the same ones, so their difference is known far better than either.
 */
function pairedError({ given, predicted }: PartRecord, blocks: readonly number[][]): Square {
  const samples = given.length;
  const right = blocks.map((block) => {
    const share = new Float64Array(samples);
    for (const epoch of block) {
      const classes = predicted[epoch]!;
      for (let i = 0; i < samples; i++) if (classes[i] === given[i]) share[i]! += 1 / block.length;
    }
    const mean = share.reduce((a, b) => a + b, 0) / samples;
    return share.map((value) => value - mean);
  });
  const error = new Float64Array(blocks.length ** 2);
  right.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = right[j]!;
      let sum = 0;
      for (let k = 0; k < samples; k++) sum += a[k]! * b[k]!;
      error[i * blocks.length + j] = sum / samples ** 2;
      error[j * blocks.length + i] = sum / samples ** 2;
    }
  });
  return error;
}

/** A hold-out's curve alone: its error is binomial, and only a share of it moves from epoch to epoch. */
function byHoldout(
  rows: readonly StoppingSignals[],
  holdoutCount: number,
  by: 'accuracy' | 'loss',
): Measurement {
  const blocks = blocksOf(rows);
  // exp(-loss) is the geometric mean of the chances given to the labels, so it is like an accuracy.
  const curve = rows.map((row) =>
    by === 'accuracy' ? row.holdoutAccuracy! : Math.exp(-Math.min(row.holdoutLoss!, 50)),
  );
  const best = Math.min(Math.max(...curve), 0.99);
  const variance = (MOVING_SHARE * best * (1 - best)) / (holdoutCount || USUAL_HOLDOUT);
  return {
    measured: {
      x: averaged(logEpochs(rows), blocks),
      y: averaged(curve, blocks),
      error: diagonal(blocks.map((block) => variance / block.length)),
      zigzags: { sizes: EVEN, at: blocks.map(() => 1) },
      signals: [{ values: averaged(zigzags(rows), blocks), ...TRAINING }],
    },
    blocks,
    rows,
    method: by === 'accuracy' ? 'zigzags' : 'loss',
    inPoints: by === 'accuracy',
    calibration: CALIBRATION.holdoutCurves,
  };
}

/** No hold-out, but each training sample's predictions: how far epochs follow the labels believed true. */
function byTrainingRecord(
  rows: readonly StoppingSignals[],
  { classes, train }: SampleRecord,
): Measurement {
  const blocks = blocksOf(rows);
  return {
    measured: blindly(rows, likelyAccuracy(rows, classes, train), blocks, BELIEF_ERROR),
    blocks,
    rows,
    method: 'consensus',
    inPoints: true,
    calibration: CALIBRATION.blindSamples,
  };
}

/** Accuracy on the labels that the training samples alone suggest are true, three estimates together. */
function likelyAccuracy(
  rows: readonly StoppingSignals[],
  classes: number,
  train: PartRecord,
): number[] {
  const votes = votesOf(train, classes, earlyWeights(train, rows));
  const { bySplit, byMajority } = likelyLabels(train, classes, votes);
  const split = accuracies(train, bySplit);
  const majority = accuracies(train, byMajority);
  const followed = following(train, classes, votes);
  return split.map((value, i) => 0.6 * value + 0.2 * majority[i]! + 0.2 * followed[i]!);
}

/** Votes of early epochs count more, for later ones may be memorizing; so do calm ones. */
function earlyWeights({ predicted }: PartRecord, rows: readonly StoppingSignals[]): number[] {
  const samples = predicted[0]!.length;
  const changes = predicted.map((now, epoch) => {
    const before = predicted[epoch - 1];
    if (!before) return 1;
    let count = 0.5;
    for (let i = 0; i < samples; i++) if (now[i] !== before[i]) count++;
    return count / samples;
  });
  const calm = smooth(logEpochs(rows), changes.map(Math.log), BANDWIDTH);
  const weights = rows.map(
    ({ epoch }, i) => (1 - Math.min(Math.exp(calm[i]!), 0.999)) ** 4 / (epoch + 2),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Curves without a hold-out. Predictions change least at the best epoch, and again at the very end,
 * where nothing is left to fit; so changes are judged against the training loss that is left.
 */
function byChanges(rows: readonly StoppingSignals[]): Measurement {
  const blocks = blocksOf(rows);
  const logs = rows.map((row) => Math.log(row.predictionChanges! + 0.5));
  const calm = smooth(logEpochs(rows), logs, 0.25);
  const zigzag = zigzags(rows);
  const y = rows.map((row, i) => {
    const left = row.trainLoss === null ? 0 : Math.log(Math.max(row.trainLoss, 1e-6));
    return ZIGZAG_SHARE * zigzag[i]! - CHANGES_SHARE * (calm[i]! - left);
  });
  return {
    measured: blindly(rows, y, blocks, CHANGES_ERROR),
    blocks,
    rows,
    method: 'changes',
    inPoints: false,
    calibration: CALIBRATION.blindCurves,
  };
}

function blindly(
  rows: readonly StoppingSignals[],
  y: readonly number[],
  blocks: number[][],
  deviation: number,
): LogPoints {
  return {
    x: averaged(logEpochs(rows), blocks),
    y: averaged(y, blocks),
    error: diagonal(blocks.map(() => deviation ** 2)),
    zigzags: { sizes: EVEN, at: blocks.map(() => 1) },
    signals: [],
  };
}

/** What training accuracy does beyond its trend; zero where it is not known. */
function zigzags(rows: readonly StoppingSignals[]): number[] {
  if (rows.some((row) => row.trainAccuracy === null)) return rows.map(() => 0);
  const accuracy = rows.map((row) => row.trainAccuracy!);
  const trend = smooth(logEpochs(rows), accuracy, BANDWIDTH);
  return accuracy.map((value, i) => value - trend[i]!);
}
