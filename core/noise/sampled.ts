import { ownNumber, share } from '../contract/catalogue/field.ts';
import { InputError } from '../contract/words/errors.ts';
import { randomOf, shuffle } from '../random.ts';
import type { Random } from '../random.ts';
import { drawnFrom } from './draw.ts';
import { rowsOf } from './noise.ts';
import type { NoiseKind, Rows } from './noise.ts';
import { amongSeen } from './seen.ts';

/** The share of the off-diagonal places that are 0. */
const SPARSITY = share('sparsity', 0);

const rows: Rows = ({ classes: { length }, noise }) => {
  const { rate, seed } = noise;
  const sparsity = ownNumber(noise, SPARSITY);
  const places = length * (length - 1);
  const zeros = Math.round(sparsity * places);
  const most = length * (length - 2);
  if (zeros > most) {
    throw new InputError('noise.sparsity', {
      sparsity,
      classes: length,
      most: Math.floor((most / places) * 1000) / 1000,
      field: { path: 'noise.sparsity' },
    });
  }
  const random = randomOf(seed, 'noise/matrix');
  const diagonal = shares(length, length * (1 - rate), random);
  const empty = emptyPlaces(length, zeros, random);
  return rowsOf(length, (label) => {
    const isEmpty = Array.from({ length }, (_, other) => empty.has(label * length + other));
    return rowOf(label, diagonal[label]!, isEmpty, random);
  });
};

/**
 * A random transition matrix whose diagonal has the mean 1 - `noise.rate`, and whose other places
 * are 0 in the share `noise.sparsity` of them, a field of its own, (after Northcutt et al. 2021, who draw matrices of a
 * given trace and sparsity to benchmark with). The seed gives the matrix, for training and hold-out
 * alike. A matrix of rate 0 is the identity.
 * @throws InputError where so many zeros would leave a class nothing to become
 */
export const sampled: NoiseKind = {
  id: 'sampled',
  reads: ['rate', SPARSITY],
  ...amongSeen(drawnFrom(rows)),
};

/** `n` random numbers from 0 to 1 whose sum is `sum`. */
function shares(n: number, sum: number, random: Random): number[] {
  const drawn = Array.from({ length: n }, () => random.real());
  const total = drawn.reduce((a, b) => a + b, 0);
  // Pulled down towards 0 or up towards 1, whichever way the sum is missed.
  if (total >= sum) return drawn.map((value) => (value * sum) / total);
  return drawn.map((value) => 1 - ((1 - value) * (n - sum)) / (n - total));
}

/** Which places off the diagonal are 0; every row keeps one that is not. */
function emptyPlaces(classes: number, zeros: number, random: Random): Set<number> {
  const free: number[] = [];
  for (let label = 0; label < classes; label++) {
    const kept = random.below(classes - 1);
    const others = Array.from({ length: classes }, (_, other) => other).filter((o) => o !== label);
    others.forEach((other, i) => i !== kept && free.push(label * classes + other));
  }
  const order = Uint32Array.from(free);
  shuffle(order, random);
  return new Set(order.subarray(0, zeros));
}

/** What the diagonal leaves, in random shares over the places that are not 0. */
function rowOf(label: number, own: number, empty: readonly boolean[], random: Random): number[] {
  // 1 - x is above 0, so that no other place becomes 0 by chance.
  const weights = empty.map((isEmpty, other) =>
    isEmpty || other === label ? 0 : 1 - random.real(),
  );
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight, other) => (other === label ? own : ((1 - own) * weight) / total));
}
