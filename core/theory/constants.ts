/** The constants of the paper's model of data: what they are here, and which assumption fails. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { TextKey, TextValues } from '../contract/words/texts.ts';
import type { Clustering } from './centres.ts';
import type { TheoryData } from './inputs.ts';

/** The model's constants (Li, Soltanolkotabi, Oymak 2019, definitions 1.1 and 1.2), as measured. */
export interface Constants {
  samples: number;
  dimension: number;
  /** K. */
  clusters: number;
  classes: number;
  /** The largest distance of a sample to its centre, 0 to 2. */
  eps0: number;
  /** The smallest gap between the numbers of two classes, 0 to 2. */
  delta: number;
  /** The largest share of wrong labels in a cluster, 0 to 1. */
  rho: number;
  /** Samples of the smallest and the largest cluster, over samples / K. */
  balance: [number, number];
  /** The smallest distance between centres of clusters of different classes; null where all are of one. */
  separation: number | null;
  /** Clusters with samples of several true classes. */
  mixed: number;
  /** Whether the data are (eps0, delta) clusterable: all samples of a cluster are truly of one class. */
  clusterable: boolean;
  /** Whether rho is at most delta / 8, as theorem 1 asks. */
  fewWrong: boolean;
  /** What the theorems assume and what does not hold here. */
  failing: Phrase[];
}

/** Measures the constants of samples and their clusters. */
export function constantsOf(data: TheoryData, clustering: Clustering): Constants {
  const { samples, dimension, alphas } = data;
  const clusters = clustering.centres.length;
  const counts = countsOf(data, clustering);
  const sizes = counts.map((count) => count.reduce((sum, n) => sum + n, 0));
  const mixed = counts.filter((count) => count.filter((n) => n > 0).length > 1).length;
  const found = {
    samples,
    dimension,
    clusters,
    classes: alphas.length,
    eps0: farthest(data, clustering),
    delta: smallestGap(alphas),
    rho: mostWrong(data, clustering, sizes),
    balance: [Math.min(...sizes), Math.max(...sizes)].map((n) => (n * clusters) / samples) as [
      number,
      number,
    ],
    separation: separationOf(clustering.centres, counts.map(largest)),
    mixed,
  };
  const clusterable = mixed === 0;
  const fewWrong = found.rho <= found.delta / 8;
  return { ...found, clusterable, fewWrong, failing: failingOf(found) };
}

/** Samples by cluster and true class. */
function countsOf({ truth, alphas }: TheoryData, { of, centres }: Clustering): number[][] {
  const counts = centres.map(() => alphas.map(() => 0));
  of.forEach((cluster, i) => counts[cluster]![truth[i]!]!++);
  return counts;
}

const largest = (counts: readonly number[]): number => counts.indexOf(Math.max(...counts));

function farthest({ inputs, dimension }: TheoryData, { of, centres }: Clustering): number {
  let most = 0;
  of.forEach((cluster, i) => {
    const row = inputs.subarray(i * dimension, (i + 1) * dimension);
    most = Math.max(most, euclidean(row, centres[cluster]!));
  });
  return most;
}

/** Euclidean distance. */
export function euclidean(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return Math.sqrt(sum);
}

function smallestGap(alphas: readonly number[]): number {
  const sorted = [...alphas].sort((a, b) => a - b);
  return Math.min(...sorted.slice(1).map((alpha, i) => alpha - sorted[i]!));
}

function mostWrong(
  { truth, given }: TheoryData,
  { of }: Clustering,
  sizes: readonly number[],
): number {
  const wrong = sizes.map(() => 0);
  of.forEach((cluster, i) => {
    if (given[i] !== truth[i]) wrong[cluster]!++;
  });
  return Math.max(...wrong.map((count, c) => count / sizes[c]!));
}

function separationOf(centres: readonly Float64Array[], classes: readonly number[]): number | null {
  let least = Infinity;
  centres.forEach((centre, i) => {
    for (let j = 0; j < i; j++) {
      if (classes[i] !== classes[j]) least = Math.min(least, euclidean(centre, centres[j]!));
    }
  });
  return Number.isFinite(least) ? least : null;
}

const shown = (value: number): string => String(Number(value.toPrecision(3)));

type Measured = Pick<
  Constants,
  'clusters' | 'classes' | 'mixed' | 'eps0' | 'separation' | 'rho' | 'delta'
>;

function failingOf({ clusters, classes, mixed, eps0, separation, rho, delta }: Measured): Phrase[] {
  const failing: Phrase[] = [];
  const fails = (code: TextKey, values: TextValues) => failing.push({ code, values });
  if (mixed > 0) fails('figures.failing.mixed', { mixed, clusters, count: mixed });
  if (clusters < classes) fails('figures.failing.fewClusters', { clusters, classes });
  if (separation !== null && separation <= 2 * eps0) {
    fails('figures.failing.touching', { apart: shown(separation), twice: shown(2 * eps0) });
  }
  if (rho > delta / 8) fails('figures.failing.rho', { rho: shown(rho), eighth: shown(delta / 8) });
  return failing;
}
