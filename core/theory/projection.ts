/** Residuals seen along the Jacobian's left singular vectors. */
import type { Spectrum } from './kernel.ts';

/** The coordinates of a vector over the samples along each left singular vector, in their order. */
export function coordinates({ vectors }: Spectrum, x: ArrayLike<number>): Float64Array {
  const n = x.length;
  return Float64Array.from({ length: n }, (_, s) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += vectors[s * n + i]! * x[i]!;
    return sum;
  });
}

/**
 * Coordinates of the residual after gradient descent on the network's linearization: each shrinks by
 * (1 - eta sigma^2) a step, which is exp(-eta sigma^2 t) where eta sigma^2 is small.
 * @param start coordinates at the start
 * @param eta the learning rate of the sum of half squares; that of their mean, over samples
 */
export function linearized(
  { singular }: Pick<Spectrum, 'singular'>,
  start: Float64Array,
  eta: number,
  steps: number,
): Float64Array {
  return start.map((value, s) => value * (1 - eta * singular[s]! ** 2) ** steps);
}

/** The norms of the first `count` coordinates and of the others. */
export function normsOf(x: Float64Array, count: number): { large: number; small: number } {
  const norm = (part: Float64Array) => Math.sqrt(part.reduce((sum, v) => sum + v * v, 0));
  return { large: norm(x.subarray(0, count)), small: norm(x.subarray(count)) };
}

/** The share of the energy that lies in the first `count` coordinates, 0 to 1; null where there is none. */
export function energyShare(x: Float64Array, count: number): number | null {
  const { large, small } = normsOf(x, count);
  const all = large ** 2 + small ** 2;
  return all > 0 ? large ** 2 / all : null;
}

/** The share of the energy in the first 1, 2, ... coordinates; empty where there is none. */
export function cumulativeEnergy(x: Float64Array): number[] {
  const all = x.reduce((sum, v) => sum + v * v, 0);
  if (all === 0) return [];
  let sum = 0;
  return Array.from(x, (v) => (sum += v * v) / all);
}
