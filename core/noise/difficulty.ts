import type { NoiseKind } from './noise.ts';
import { amongSeen } from './seen.ts';

/**
 * The samples that a briefly trained network is least sure of: exactly round(`noise.rate` x n)
 * labels, those with the smallest margin (the probability of the label minus the highest other one), become
 * the other class that it believes in most. A higher rate changes the labels of a lower one and more.
 */
export const difficulty: NoiseKind = {
  id: 'difficulty',
  reads: ['rate'],
  rateIsShare: true,
  needsProbabilities: true,
  ...amongSeen({
    corrupt: ({ labels, classes, noise, probabilities }) => {
      if (!probabilities) throw new Error('difficulty noise was asked for without probabilities');
      const given = labels.slice();
      const rivals = labels.slice();
      const margins = Float64Array.from(labels, (label, i) => {
        const own = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
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
function rivalOf(probabilities: Float32Array, label: number): number {
  let best = label === 0 ? 1 : 0;
  for (let c = best + 1; c < probabilities.length; c++) {
    if (c !== label && probabilities[c]! > probabilities[best]!) best = c;
  }
  return best;
}
