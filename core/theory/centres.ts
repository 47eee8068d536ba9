/** The centres of the samples' clusters: of clusters that are known, of classes, or by k-means. */
import { kmeans } from 'ml-kmeans';
import { InputError } from '../contract/words/errors.ts';
import type { TheoryData } from './inputs.ts';

/** Sigma(C) has as many rows, and its eigenvalues are taken in JavaScript: up to 20 s for so many. */
const MOST_CLUSTERS = 500;

/** Where the clusters come from; a number asks for so many by k-means. */
export type ClusterChoice = 'known' | 'classes' | number;

/** Which cluster each sample is in, and the clusters' centres, of norm 1. */
export interface Clustering {
  choice: ClusterChoice;
  of: Uint16Array;
  centres: Float64Array[];
}

/**
 * Groups samples into clusters; those that nobody is in are left out.
 * @param seed of k-means++
 * @throws InputError where there are more clusters than samples, too many, or none are known
 */
export function clusteringOf(data: TheoryData, choice: ClusterChoice, seed: number): Clustering {
  const of = renumbered(groupsOf(data, choice, seed));
  const count = of.reduce((most, cluster) => Math.max(most, cluster), 0) + 1;
  if (count > MOST_CLUSTERS) {
    throw new InputError('theory.tooManyClusters', { n: count, most: MOST_CLUSTERS });
  }
  const centres = Array.from({ length: count }, () => new Float64Array(data.dimension));
  of.forEach((cluster, i) => {
    const centre = centres[cluster]!;
    for (let j = 0; j < centre.length; j++) centre[j]! += data.inputs[i * centre.length + j]!;
  });
  return { choice, of, centres: centres.map(direction) };
}

function groupsOf(data: TheoryData, choice: ClusterChoice, seed: number): ArrayLike<number> {
  if (choice === 'classes') return data.truth;
  if (choice === 'known') {
    if (data.clusters) return data.clusters;
    throw new InputError('theory.noClusters');
  }
  if (choice > data.samples) {
    throw new InputError('theory.fewSamples', { choice, samples: data.samples });
  }
  const { dimension, inputs } = data;
  const rows = Array.from({ length: data.samples }, (_, i) =>
    Array.from(inputs.subarray(i * dimension, (i + 1) * dimension)),
  );
  return kmeans(rows, choice, { seed, initialization: 'kmeans++' }).clusters;
}

/** The same groups, numbered without gaps in the order of their numbers. */
function renumbered(groups: ArrayLike<number>): Uint16Array {
  const present = [...new Set(Array.from(groups))].sort((a, b) => a - b);
  const numbers = new Map(present.map((group, i) => [group, i]));
  return Uint16Array.from(groups, (group) => numbers.get(group)!);
}

/** A vector brought to norm 1. */
function direction(x: Float64Array): Float64Array {
  const norm = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  return x.map((value) => value / norm);
}
