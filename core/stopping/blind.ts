/** What is measured where there is no hold-out: by each training sample's predictions, or by curves alone. */
import { believe } from './beliefs.ts';
import { averaged, blocksOf, diagonal, logEpochs } from './blocks.ts';
import type { StoppingConstants } from './constants.ts';
import { walk } from './guards.ts';
import { EVEN } from './held-curves.ts';
import type { Given, Measurement } from './measurement.ts';
import { SURE } from './posterior.ts';
import type { LogPoints } from './posterior.ts';
import type { SampleRecord } from './sample-record.ts';
import type { StoppingSignals } from './signals.ts';
import { smooth } from './smooth.ts';
import { BANDWIDTH, changesTrend, zigzags } from './trend.ts';

/** Without a hold-out, what is measured zigzags by about so much that accuracy does not. */
const BELIEF_ERROR = 0.003;
const CHANGES_ERROR = 0.01;
const HEIGHTS = [0.01, 0.03, 0.1];
/** Training loss below this tells nothing more. */
const LEAST_LOSS = 1e-3;
/** Added to a loss and to the entropy that it is compared with. */
const BESIDE_ENTROPY = 0.05;

/**
 * How good epochs seem by curves: training accuracy beyond its trend, calm predictions, and how much
 * training loss is left; predictions are calm again at the very end, where nothing is left to fit.
 * @param rows which have prediction changes
 * @returns points of accuracy, up to a constant
 */
function scoreOf(
  rows: readonly StoppingSignals[],
  { entropy }: Given,
  constants: StoppingConstants,
) {
  const [zigzag, calm] = [zigzags(rows), changesTrend(rows)];
  if (entropy !== null && rows.every((row) => row.trainLoss !== null)) {
    const { zigzags: share, changes, entropy: weight, most } = constants.blindCurvesRate;
    return rows.map(({ trainLoss }, i) => {
      const ratio = (trainLoss! + BESIDE_ENTROPY) / (entropy + BESIDE_ENTROPY);
      const away = Math.min(Math.abs(Math.log(Math.max(ratio, 1e-9))), most);
      return 100 * share * zigzag[i]! - changes * calm[i]! - weight * away;
    });
  }
  const { zigzags: share, changes, loss } = constants.blindCurves;
  return rows.map(({ trainLoss }, i) => {
    const left = trainLoss === null ? 0 : Math.log(Math.max(trainLoss, LEAST_LOSS));
    return 100 * share * zigzag[i]! - changes * calm[i]! + loss * left;
  });
}

/** @param rows which have prediction changes */
export function byChanges(
  rows: readonly StoppingSignals[],
  given: Given,
  constants: StoppingConstants,
): Measurement {
  const scores = scoreOf(rows, given, constants);
  const walked = walk(rows, scores, given.classes, constants.guards);
  const places = walked?.places ?? rows.map((_, i) => i);
  // A training that never left chance is judged by how far it came.
  const values = walked ? scores : trainingTrend(rows);
  const kept = places.map((place) => rows[place]!);
  const y = places.map((place) => values[place]! / 100);
  return {
    ...blindly(kept, y, CHANGES_ERROR),
    best: walked ? places.indexOf(walked.best) : null,
    method: given.entropy !== null ? 'rate' : 'changes',
    inPoints: false,
    holdoutCount: 0,
    calibration: constants.calibration.blindCurves,
  };
}

/** Points of training accuracy, smoothed. */
function trainingTrend(rows: readonly StoppingSignals[]): number[] {
  const accuracy = rows.map((row) => 100 * (row.trainAccuracy ?? 0));
  return smooth(logEpochs(rows), accuracy, BANDWIDTH);
}

/** How far epochs follow the labels that are believed true. */
export function byTrainingRecord(
  rows: readonly StoppingSignals[],
  { classes, train }: SampleRecord,
  given: Given,
  constants: StoppingConstants,
): Measurement {
  const { split, majority } = believe(rows, classes, train);
  const isRated = given.entropy !== null;
  const weights = isRated ? constants.blindRecordRate : constants.blindRecord;
  const scores = hasChanges(rows) ? scoreOf(rows, { ...given, classes }, constants) : null;
  const y = split.map((value, i) => {
    const believed = weights.split * value + weights.majority * majority[i]!;
    return scores ? believed + (weights.curves * scores[i]!) / 100 : believed;
  });
  return {
    ...blindly(rows, y, BELIEF_ERROR),
    best: null,
    method: isRated ? 'consensusRate' : 'consensus',
    inPoints: !isRated,
    holdoutCount: 0,
    calibration: constants.calibration.blindRecord,
  };
}

const hasChanges = (rows: readonly StoppingSignals[]): boolean =>
  rows.every((row) => row.predictionChanges !== null);

function blindly(
  rows: readonly StoppingSignals[],
  y: readonly number[],
  deviation: number,
): { measured: LogPoints; blocks: number[][]; rows: readonly StoppingSignals[] } {
  const blocks = blocksOf(rows);
  return {
    measured: {
      x: averaged(logEpochs(rows), blocks),
      y: averaged(y, blocks),
      error: diagonal(blocks.map(() => deviation ** 2)),
      zigzags: { sizes: EVEN, at: blocks.map(() => 1) },
      doubts: SURE,
      heights: HEIGHTS,
      signals: [],
    },
    blocks,
    rows,
  };
}
