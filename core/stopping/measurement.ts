/** What the posterior is computed from. */
import type { SurenessLine } from './constants.ts';
import type { LogPoints } from './posterior.ts';
import type { StoppingSignals } from './signals.ts';

/** Points in log(epoch) that are measured, and where each comes from. */
export interface Measurement {
  measured: LogPoints;
  /** The rows that each point is the mean of: places in `rows`. */
  blocks: number[][];
  /** Rows that have what is measured, and that may be the best. */
  rows: readonly StoppingSignals[];
  /** The best row, by place, where what is measured is not to be smoothed; else the posterior tells. */
  best: number | null;
  method: string;
  /** Whether `y` is an accuracy, so that a loss of it can be told in points. */
  inPoints: boolean;
  /** Samples of the hold-out, as far as they are known; 0 where there is none. */
  holdoutCount: number;
  /** How the stated confidence is corrected. */
  calibration: SurenessLine;
}

/** What is given beside the log. */
export interface Given {
  /** How many classes there are; null where nobody says. */
  classes: number | null;
  /** The entropy of noise that is known, in nats; else null. */
  entropy: number | null;
}
