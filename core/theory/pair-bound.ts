/**
 * Theorem 2 with its constants: how far the weights have moved at least, where two samples near each other
 * are given different numbers.
 *
 * For f(W, x) = v' phi(W x) with entries of v of size 1 / sqrt(k), and u = x1 - x2, write
 * phi(w x1) - phi(w x2) = psi (w u) with a mean slope psi in each unit. With |phi'| <= G1 and |phi''| <= G2,
 * the gap f(W, x1) - f(W, x2) differs from that of W0 by at most
 *   G1 ||u|| ||W - W0||                       (the weights' own move, times a slope), and
 *   G2 ||W0 u|| / sqrt(k) ||W - W0||          (slopes that changed, times the start's way),
 * as samples have norm 1. So ||W - W0|| >= (|gap| - |gap at W0|) / (G1 ||u|| + G2 ||W0 u|| / sqrt(k)).
 * Over a random start, |gap at W0| is at most t G1 ||u|| with probability of about 1 - 2 exp(-t^2 / 2), and
 * ||W0 u|| at most (sqrt(k) + sqrt(d)) ||u||: (gap / ||u|| - G1 t) / (G1 + G2 (1 + sqrt(d / k))).
 */
import { ACTIVATIONS, BOUNDS } from './activations.ts';
import { outputWeights } from './kernel.ts';
import type { HiddenWeights } from './kernel.ts';
import type { NetworkConfig } from '../contract/config/schema.ts';

type Activation = NetworkConfig['activation'];

/** Two samples of norm 1, and by how much the network's outputs on them differ, at least. */
export interface FittedPair {
  first: ArrayLike<number>;
  second: ArrayLike<number>;
  gap: number;
}

/**
 * The distance from the start that this pair takes at least, whatever else the weights do.
 * @param start W0
 * @returns 0 where the start tells the two apart already; null where phi'' is not bounded (relu)
 */
export function pairBound(
  { data, units }: HiddenWeights,
  activation: Activation,
  { first, second, gap }: FittedPair,
): number | null {
  const { slope, bend } = BOUNDS[activation];
  if (!Number.isFinite(bend)) return null;
  const signs = outputWeights(units);
  const phi = ACTIVATIONS[activation];
  let gapAtStart = 0;
  let way = 0;
  for (let r = 0; r < units; r++) {
    let [a, b] = [0, 0];
    for (let j = 0; j < first.length; j++) {
      const weight = data[j * units + r]!;
      a += weight * first[j]!;
      b += weight * second[j]!;
    }
    gapAtStart += signs[r]! * (phi(a) - phi(b));
    way += (a - b) ** 2;
  }
  const apart = Math.hypot(...Array.from(first, (value, j) => value - second[j]!));
  const most = slope * apart + bend * Math.sqrt(way / units);
  return Math.max(0, Math.abs(gap) - Math.abs(gapAtStart)) / most;
}

/** What the bound over random starts is asked for. */
export interface PairOdds {
  gap: number;
  /** ||x1 - x2||. */
  apart: number;
  /** The width k and the dimension d. */
  units: number;
  dimension: number;
  /** The chance that a start is no exception, 0 to 1. */
  chance: number;
}

/**
 * The same over random starts.
 * @returns 0 where so likely a start may tell the two apart already; null where phi'' is not bounded
 */
export function likelyBound(
  activation: Activation,
  { gap, apart, units, dimension, chance }: PairOdds,
): number | null {
  const { slope, bend } = BOUNDS[activation];
  if (!Number.isFinite(bend)) return null;
  const t = Math.sqrt(2 * Math.log(2 / (1 - chance)));
  const most = slope + bend * (1 + Math.sqrt(dimension / units));
  return Math.max(0, gap / apart - slope * t) / most;
}

/** Theorem 2 of the paper, from memory of it: delta / (5 Gamma eps0), Gamma bounding phi' and phi''. */
export function statedBound(activation: Activation, delta: number, eps0: number): number | null {
  const { slope, bend } = BOUNDS[activation];
  const gamma = Math.max(1, slope, bend);
  return Number.isFinite(gamma) ? delta / (5 * gamma * eps0) : null;
}
