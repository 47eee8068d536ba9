/** What is fitted: each constant's values to try, and the settings that tell which is best. */
import type { Setting } from '../evaluate.ts';

/** StoppingConstants that the same settings tell of. */
export interface Group {
  /** The part of the constants that they are in. */
  part: string;
  settings: readonly Setting[];
  /** By place in that part, such as `zigzags` or `zigzags.0`: the value to begin with, then the others. */
  values: Readonly<Record<string, readonly number[]>>;
}

const curves = (...sizes: number[]): Setting[] =>
  sizes.map((holdout) => ({ holdout, record: false }));
const samples = (...sizes: number[]): Setting[] =>
  sizes.map((holdout) => ({ holdout, record: true }));

/**
 * In this order. Values to begin with are those of a study of formulas that were tried one by one, and
 * some were chosen with the runs for evaluation in sight too, so figures on those flatter a little. A
 * constant leaves its first value only where runs for fitting say so by more than two standard errors.
 */
export const PLAN: readonly Group[] = [
  {
    part: 'blindCurves',
    settings: curves(0),
    values: { zigzags: [0.5, 0.25, 0.75], changes: [1.5, 1, 2], loss: [1.8, 1.2, 2.4] },
  },
  {
    part: 'guards',
    settings: curves(0),
    values: { rise: [0.15, 0.05, 0.3], patience: [10, 6, 15], fall: [0.05, 0.02, 0.1] },
  },
  {
    part: 'blindCurvesRate',
    settings: curves(0).map((setting) => ({ ...setting, rate: true })),
    values: { zigzags: [0.5, 0.3, 0.8], changes: [1.2, 0.8, 1.8], entropy: [5.5, 3.5, 7.5] },
  },
  {
    part: 'blindRecord',
    settings: samples(0),
    values: { majority: [-0.25, 0, -0.5], curves: [0.4, 0, 0.8] },
  },
  {
    part: 'blindRecordRate',
    settings: samples(0).map((setting) => ({ ...setting, rate: true })),
    values: { split: [0.45, 0.25, 0.75], curves: [0.7, 0.4, 1.1] },
  },
  {
    part: 'heldCurves',
    settings: curves(100, 200, 500, 1000),
    values: {
      share: [0.3, 0.15, 0.6],
      full: [300, 150, 600],
      falling: [0.683, 0.3, 1],
      moving: [2, 1, 4],
      slowFalling: [0.5, 0, 1],
      length: [0.7, 0.35, 1.4],
      'zigzags.0': [0.5, 0.25, 0.75],
      'zigzags.1': [0.3, 0.15, 0.6],
      'loss.0': [0.2, 0, 0.1],
      'loss.1': [0.1, 0.05, 0.2],
    },
  },
  {
    part: 'heldRecord',
    settings: samples(100, 200),
    values: {
      'split.0': [0.6, 0.3, 0.9],
      'split.1': [0.2, 0.1, 0.4],
      'majority.0': [-0.2, 0, -0.4],
      'agreedTrue.0': [0.3, 0.1, 0.6],
      'zigzags.0': [0.4, 0.2, 0.6],
      'loss.0': [0.1, 0, 0.2],
    },
  },
  {
    part: 'heldRecord',
    settings: samples(500, 1000),
    values: {
      'agreed.1': [0.6, 0.3, 0.9],
      'believed.0': [0.6, 0.3, 0.9],
      'believed.1': [0.2, 0.1, 0.4],
    },
  },
];

/** Settings that tell how sure verdicts may be, by the kind of verdict. */
export const CALIBRATED = {
  heldRecord: samples(100, 200, 500, 1000, 5000),
  heldCurves: curves(100, 200, 500, 1000, 5000),
  blindRecord: samples(0),
  blindCurves: curves(0),
} as const;
