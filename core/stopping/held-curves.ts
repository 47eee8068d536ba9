/** A hold-out's curve alone: its error is binomial, and only a share of it moves from epoch to epoch. */
import { averaged, blocksOf, centred, logEpochs } from './blocks.ts';
import type { Square } from './cholesky.ts';
import type { StoppingConstants } from './constants.ts';
import { countOfShares } from './count.ts';
import { likeAccuracy } from './like-accuracy.ts';
import type { Measurement } from './measurement.ts';
import { SURE } from './posterior.ts';
import type { StoppingSignals } from './signals.ts';
import { lossFall, zigzags } from './trend.ts';

/** Zigzags that were seen are about so large all along. */
export const EVEN = [0.002, 0.006, 0.02];
const HEIGHTS = [0.01, 0.03, 0.1];
/**
 * @param rows which have the signal
 * @param holdoutCount 0 where it is not known
 */
export function byHoldout(
  rows: readonly StoppingSignals[],
  holdoutCount: number,
  by: 'accuracy' | 'loss',
  constants: StoppingConstants,
): Measurement {
  const { zigzags: zigzag, loss, mostLoss, doubts, unknown, full } = constants.heldCurves;
  const blocks = blocksOf(rows);
  const curve = likeAccuracy(rows, by);
  const signals = [signalOf(averaged(zigzags(rows), blocks), zigzag)];
  const fallen = by === 'accuracy' ? lossFall(rows, mostLoss) : null;
  if (fallen) signals.push(signalOf(centred(fallen, blocks), loss));
  const beside = rows.flatMap((row) => row.trainAccuracy ?? []);
  const told = holdoutCount || (by === 'accuracy' && countOfShares(curve, beside)) || null;
  const count = told ?? constants.heldCurves.count;
  const x = averaged(logEpochs(rows), blocks);
  return {
    measured: {
      x,
      y: averaged(curve, blocks),
      error: errorOf(x, blocks, Math.max(...curve), count, constants.heldCurves),
      doubts: told === null ? unknown : count <= full ? doubts : SURE,
      zigzags: { sizes: EVEN, at: blocks.map(() => 1) },
      heights: HEIGHTS,
      signals,
    },
    blocks,
    rows,
    best: null,
    method: by === 'accuracy' ? 'zigzags' : 'loss',
    inPoints: by === 'accuracy',
    holdoutCount: count,
    calibration: constants.calibration.heldCurves,
  };
}

const signalOf = (values: number[], [share, deviation]: readonly [number, number]) => ({
  values,
  share,
  deviation,
});

/** Covariance of the error: a part of its own at each point, and a part that moves slowly. */
function errorOf(
  x: readonly number[],
  blocks: readonly number[][],
  top: number,
  samples: number,
  constants: StoppingConstants['heldCurves'],
): Square {
  const { full, share, falling, moving, length } = constants;
  const best = Math.min(top, 0.99);
  const moves = share * Math.min(1, (full / samples) ** falling);
  const variance = (moves * best * (1 - best)) / samples;
  const slow = moving * variance * Math.min(1, (full / samples) ** constants.slowFalling);
  const error = new Float64Array(x.length ** 2);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < x.length; j++) {
      error[i * x.length + j] = slow * Math.exp(-Math.abs(x[i]! - x[j]!) / length);
    }
    error[i * x.length + i]! += variance / blocks[i]!.length;
  }
  return error;
}
