import { randomOf, shuffle } from '../random.ts';
import { countClasses } from '../data/dataset.ts';
import { rowsOf } from './noise.ts';
import type { NoiseInput, NoiseKind } from './noise.ts';
import { amongSeen } from './seen.ts';
import { anotherClass, symmetricRow } from './symmetric.ts';

/**
 * In every cluster of n samples exactly floor(rho n) labels, rho = `noise.rate`, become any other
 * class: as many as a (rho, eps0, delta) corrupted data set may have (Li, Soltanolkotabi, Oymak
 * 2019). Where the data have no clusters a class is one.
 */
export const clusters: NoiseKind = {
  id: 'clusters',
  reads: ['rate'],
  ...amongSeen({
    corrupt: (input) => {
      const { labels, classes, part, noise } = input;
      const given = labels.slice();
      for (const [cluster, members] of membersOf(input)) {
        const random = randomOf(noise.seed, `noise/${part}`, cluster);
        const order = Uint32Array.from(members);
        shuffle(order, random);
        for (const i of order.subarray(0, most(noise.rate, order.length))) {
          given[i] = anotherClass(labels[i]!, classes.length, random);
        }
      }
      return given;
    },
    asked: (input) => {
      const { labels, classes, noise } = input;
      const counts = countClasses(labels, classes.length);
      const wrong = new Array<number>(classes.length).fill(0);
      for (const members of membersOf(input).values()) {
        // A cluster may hold several classes where the labels on disk are wrong already.
        const share = most(noise.rate, members.length) / members.length;
        for (const i of members) wrong[labels[i]!]! += share;
      }
      return rowsOf(classes.length, (label) =>
        symmetricRow(classes.length, label, wrong[label]! / Math.max(1, counts[label]!)),
      );
    },
  }),
};

function membersOf({ labels, clusters: of }: NoiseInput): Map<number, number[]> {
  const members = new Map<number, number[]>();
  (of ?? labels).forEach((cluster, i) => {
    const known = members.get(cluster);
    if (known) known.push(i);
    else members.set(cluster, [i]);
  });
  return members;
}

/** floor(rho n); 0.29 x 100 is 29 here, though it is 28.999999999999996 in float64. */
function most(rho: number, n: number): number {
  return Math.floor(rho * n + 1e-9);
}
