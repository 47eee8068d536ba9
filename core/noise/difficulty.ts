import type { NoiseKind } from './noise.ts';
import { amongSeen } from './seen.ts';

/**
 * The samples that a briefly trained network is least sure of: exactly round(`noise.rate` x n)
 * labels, those with the smallest margin (belief in the label minus the highest other one), become
 * the other class that it believes in most. A higher rate changes the labels of a lower one and more.
 */
export const difficulty: NoiseKind = {
  id: 'difficulty',
  reads: ['rate'],
  rateIsShare: true,
  needsBeliefs: true,
  ...amongSeen({
    corrupt: ({ labels, classes, noise, beliefs }) => {
      if (!beliefs) throw new Error('difficulty noise was asked for without beliefs');
      const given = labels.slice();
      const rivals = labels.slice();
      const margins = Float64Array.from(labels, (label, i) => {
        const own = beliefs.subarray(i * classes.length, (i + 1) * classes.length);
        rivals[i] = rivalOf(own, label);
        return own[label]! - own[rivals[i]!]!;
      });
      const order = Uint32Array.from(labels, (_, i) => i);
      order.sort((a, b) => margins[a]! - margins[b]! || a - b);
      for (const i of order.subarray(0, Math.round(noise.rate * labels.length)))
        given[i] = rivals[i]!;
      return given;
    },
    asked: () => null,
  }),
};

/** The class, other than the label, that is believed in most. */
function rivalOf(beliefs: Float32Array, label: number): number {
  let best = label === 0 ? 1 : 0;
  for (let c = best + 1; c < beliefs.length; c++) {
    if (c !== label && beliefs[c]! > beliefs[best]!) best = c;
  }
  return best;
}
