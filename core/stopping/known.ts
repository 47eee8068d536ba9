/** What a person knows of a training beside its log. */

import type { RatedNoiseKind } from '../contract/config/schema.ts';

/** What is known of a training; null where it is not. */
export interface Known {
  /** How many classes there are. */
  classes: number | null;
  /** What is known of the noise; only where the person says so. */
  noise: KnownNoise | null;
}

/** Noise that is known: by a rate, 0 to 1, or by a matrix (row: true class, column: given class). */
export type KnownNoise =
  | { kind: RatedNoiseKind; rate: number }
  | { kind: 'matrix'; matrix: readonly (readonly number[])[] };

/** Nothing is known. */
export const UNKNOWN: Known = { classes: null, noise: null };

/**
 * The entropy of a given label where the true one is known: what a network that gives true classes,
 * and is as sure of the given labels as it can be, keeps as its loss.
 * @returns nats, the mean over classes
 */
export function entropyOf(noise: KnownNoise, classes: number): number {
  if (noise.kind === 'matrix') {
    const rows = noise.matrix.map((row) => row.reduce((sum, share) => sum + term(share), 0));
    return rows.reduce((a, b) => a + b, 0) / rows.length;
  }
  const others = noise.kind === 'pair' ? 1 : classes - 1;
  return term(1 - noise.rate) + others * term(noise.rate / others);
}

const term = (share: number): number => (share > 0 ? -share * Math.log(share) : 0);

/** The share of labels that known noise makes wrong, every class being as frequent. */
export function rateOf(noise: KnownNoise): number {
  if (noise.kind !== 'matrix') return noise.rate;
  const wrong = noise.matrix.map((row, i) => 1 - row[i]!);
  return wrong.reduce((a, b) => a + b, 0) / wrong.length;
}
