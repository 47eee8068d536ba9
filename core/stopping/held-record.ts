/** A hold-out's own samples tell how surely two epochs differ; all samples tell what is believed true. */
import { believe } from './beliefs.ts';
import { averaged, blocksOf, centred, logEpochs } from './blocks.ts';
import type { Square } from './cholesky.ts';
import { accuracies, following, trueClasses, votesOf } from './consensus.ts';
import type { StoppingConstants } from './constants.ts';
import type { Measurement } from './measurement.ts';
import { SURE } from './posterior.ts';
import type { PartRecord, SampleRecord } from './sample-record.ts';
import type { StoppingSignals } from './signals.ts';
import { smooth } from './smooth.ts';
import { BANDWIDTH, lossFall, zigzags } from './trend.ts';

/** How far below the best an epoch's vote falls to 1/e, in accuracy. */
const VOTE_WIDTH = 0.02;
/** Zigzags that were seen fall with the root of the epoch. */
const FALLING = [0.01, 0.03, 0.1];

/** What accuracy follows beside the hold-out: what is added to its expectation, and how surely. */
type Signal = { values: number[]; share: number; deviation: number };

/** @param record with its hold-out */
export function byHoldoutRecord(
  rows: readonly StoppingSignals[],
  record: SampleRecord,
  holdout: PartRecord,
  constants: StoppingConstants,
): Measurement {
  const { small, heights, smallHeights } = constants.heldRecord;
  const blocks = blocksOf(rows);
  const x = averaged(logEpochs(rows), blocks);
  const accuracy = accuracies(holdout, holdout.given);
  const isSmall = holdout.given.length <= small;
  const signalsOf = isSmall ? smallSignals : largeSignals;
  const signals = signalsOf(rows, record, holdout, accuracy, constants.heldRecord);
  const fallen = lossFall(rows, constants.heldCurves.mostLoss);
  if (fallen && isSmall) signals.push(shared(fallen, constants.heldRecord.loss));
  return {
    measured: {
      x,
      y: averaged(accuracy, blocks),
      error: pairedError(holdout, blocks),
      zigzags: { sizes: FALLING, at: x.map((at) => Math.exp(-at / 2)) },
      doubts: SURE,
      heights: isSmall ? smallHeights : heights,
      signals: signals.map(({ values, ...share }) => ({
        values: centred(values, blocks),
        ...share,
      })),
    },
    blocks,
    rows,
    best: null,
    method: 'samples',
    inPoints: true,
    holdoutCount: holdout.given.length,
    calibration: constants.calibration.heldRecord,
  };
}

/** A hold-out that can tell which epochs are good, and so whose votes count. */
function largeSignals(
  rows: readonly StoppingSignals[],
  { classes, train }: SampleRecord,
  holdout: PartRecord,
  accuracy: readonly number[],
  { agreed, believed }: StoppingConstants['heldRecord'],
): Signal[] {
  const weights = votingWeights(smooth(logEpochs(rows), accuracy, BANDWIDTH));
  const agreements = [holdout, train].flatMap((part) => {
    const votes = votesOf(part, classes, weights);
    return [votes, trueClasses(part, classes, votes)].map((shares) =>
      shared(following(part, classes, shares), agreed),
    );
  });
  const { split, majority, followed } = believe(rows, classes, train);
  const mixed = split.map((value, i) => 0.6 * value + 0.2 * majority[i]! + 0.2 * followed[i]!);
  return [...agreements, shared(mixed, believed)];
}

/** A hold-out that tells less than the training samples do. */
function smallSignals(
  rows: readonly StoppingSignals[],
  { classes, train }: SampleRecord,
  holdout: PartRecord,
  accuracy: readonly number[],
  constants: StoppingConstants['heldRecord'],
): Signal[] {
  const weights = votingWeights(smooth(logEpochs(rows), accuracy, BANDWIDTH));
  const believedTrue = trueClasses(holdout, classes, votesOf(holdout, classes, weights));
  const { split, majority } = believe(rows, classes, train);
  return [
    shared(split, constants.split),
    shared(majority, constants.majority),
    shared(following(holdout, classes, believedTrue), constants.agreedTrue),
    shared(zigzags(rows), constants.zigzags),
  ];
}

const shared = (values: number[], [share, deviation]: readonly [number, number]): Signal => ({
  values,
  share,
  deviation,
});

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
