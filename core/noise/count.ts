import { InputError } from '../contract/words/errors.ts';
import { randomOf, shuffle } from '../random.ts';
import { rowsOf } from './noise.ts';
import type { NoiseInput, NoiseKind } from './noise.ts';
import { amongSeen } from './seen.ts';
import { anotherClass, symmetricRow } from './symmetric.ts';

/**
 * Exactly `noise.count` training labels, chosen at random, become any other class, each as likely;
 * of the hold-out labels, the same share. A higher count changes the labels of a lower one and more.
 */
export const count: NoiseKind = {
  id: 'count',
  reads: ['count'],
  ...amongSeen({
    corrupt: (input) => {
      const { labels, classes, part, noise } = input;
      const given = labels.slice();
      const random = randomOf(noise.seed, `noise/${part}`);
      const order = Uint32Array.from(labels, (_, i) => i);
      shuffle(order, random);
      for (const i of order.subarray(0, wanted(input))) {
        given[i] = anotherClass(labels[i]!, classes.length, random);
      }
      return given;
    },
    asked: (input) => {
      const rate = wanted(input) / Math.max(1, input.labels.length);
      const { length } = input.classes;
      return rowsOf(length, (label) => symmetricRow(length, label, rate));
    },
  }),
};

/** @throws InputError where there are fewer labels than are to change */
function wanted({ labels, trainSize, noise }: NoiseInput): number {
  if (noise.count > trainSize) {
    throw new InputError('noise.count', {
      n: noise.count,
      trainSize,
      field: { path: 'noise.count' },
    });
  }
  return Math.round((noise.count / trainSize) * labels.length);
}
