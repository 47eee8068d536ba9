/** What a person knows of a training beside its log. */

/** What is known of a training; null where it is not. */
export interface Known {
  /** How many classes there are. */
  classes: number | null;
  /** How many training samples there are. */
  samples: number | null;
  /** What is known of the noise; only where the person says so. */
  noise: KnownNoise | null;
}

/** Noise whose rate is known. */
export interface KnownNoise {
  /** The entropy of a given label where the true one is known, in nats, averaged over classes. */
  entropy: number;
}

/** Nothing is known. */
export const UNKNOWN: Known = { classes: null, samples: null, noise: null };

const term = (share: number): number => (share > 0 ? -share * Math.log(share) : 0);

/**
 * The entropy of a given label where the true one is known: what a network that gives true classes,
 * and is as sure of the given labels as it can be, keeps as its loss.
 * @param matrix row: true class, column: given class; rows add up to 1
 * @returns nats, the mean over classes
 */
export function entropyOf(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => row.reduce((sum, share) => sum + term(share), 0));
  return rows.reduce((a, b) => a + b, 0) / rows.length;
}

/** The same where each label is wrong at a rate, and then any of `others` classes alike. */
export const entropyAt = (rate: number, others: number): number =>
  term(1 - rate) + (rate > 0 ? rate * Math.log(others / rate) : 0);
