/** The constants of the recommendation; `npm run fit-stopping` makes them anew from the kept runs. */
import file from './constants.json';

/** A signal's expected share in accuracy, and the deviation of that share. */
type Share = readonly [share: number, deviation: number];
/** How stated log odds are corrected: slope, offset, and what log(samples of the hold-out / 1,000) adds. */
export type SurenessLine = readonly [slope: number, offset: number, bySize: number];

/** What the recommendation weighs its signals by. Scores are in points of accuracy. */
export interface StoppingConstants {
  /** A hold-out's samples; `small` is the size up to which the hold-out is trusted less. */
  heldRecord: {
    small: number;
    heights: readonly number[];
    smallHeights: readonly number[];
    agreed: Share;
    believed: Share;
    split: Share;
    majority: Share;
    agreedTrue: Share;
    zigzags: Share;
    loss: Share;
  };
  /** A hold-out's curves. */
  heldCurves: {
    /** Samples of a hold-out of unknown size. */
    count: number;
    /** What share of the binomial variance moves between epochs: up to a size, beyond which it falls with a power. */
    full: number;
    share: number;
    falling: number;
    /** The share that moves slowly, as part of the one that moves; and how slowly, in log(epoch). */
    moving: number;
    slowFalling: number;
    length: number;
    /** How much larger or smaller the error may be, each tried: of a small hold-out, and of one of unknown size. */
    doubts: readonly number[];
    unknown: readonly number[];
    zigzags: Share;
    loss: Share;
    mostLoss: number;
  };
  blindRecord: { split: number; majority: number; curves: number };
  blindRecordRate: { split: number; majority: number; curves: number };
  blindCurves: { zigzags: number; changes: number; loss: number };
  blindCurvesRate: { zigzags: number; changes: number; entropy: number; most: number };
  guards: { rise: number; errors: number; patience: number; fall: number };
  calibration: Record<'heldRecord' | 'heldCurves' | 'blindRecord' | 'blindCurves', SurenessLine>;
}

/** What constants were made from. */
export interface Provenance {
  by: string;
  /** The file of the kept runs, and its checksum. */
  from: string;
  sha256: string;
  /** How many of them were fitted to. */
  runs: number;
  /** By constant: what each value that was tried lost, as a share of what is lost at the beginning; that value first. */
  tried: Readonly<Record<string, string>>;
}

export const CONSTANTS = file.values as unknown as StoppingConstants;

/** What they were made from, and what each value that was tried lost. */
export const MADE = file.made as Provenance;
