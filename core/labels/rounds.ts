/**
 * Takes the noise out of what a run says of its samples, in rounds: first by the matrix that the votes
 * of the epochs speak of, then by the one that neighbours speak of.
 *
 * The matrix is fitted to the training labels once, between the rounds, and never again: neighbours have
 * taken over a part of asymmetric noise, and a matrix that follows them loses that part round by round.
 */
import type { Labels } from '../data/labels.ts';
import { fittedMatrix } from './fit.ts';
import { pooled } from './model.ts';
import type { Source } from './model.ts';
import type { Neighbours } from './neighbours.ts';
import { unmixed } from './unmix.ts';
import type { NoiseMatrix } from './unmix.ts';

/** What a run says of the samples of a part. */
export interface PartEvidence {
  /** Labels as given; the true ones are not here, so they cannot be read. */
  given: Labels;
  /** The chance of each given label, averaged over epochs: samples x classes. */
  beliefs: Float32Array;
  /** The nearest training samples of each; null where no features are known. */
  neighbours: Neighbours | null;
}

/** Sources of evidence on true classes, for each part in the order given. */
export interface Cleaned {
  /** One list of sources a part. */
  sources: Source[][];
  /** The matrix that took the noise out last. */
  matrix: NoiseMatrix;
}

/** Labels that a class's row of the matrix before is worth when it is fitted to training labels. */
const BEFORE = 5;

/**
 * The shares of given labels, or of what is believed of them, among the nearest training samples.
 * @param beliefs of the training samples: samples x classes
 */
export function neighbourMeans(
  { count, places }: Neighbours,
  beliefs: Float32Array,
  classes: number,
): Float32Array {
  const samples = count > 0 ? places.length / count : 0;
  const out = new Float32Array(samples * classes);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < count; j++) {
      const from = places[i * count + j]! * classes;
      for (let c = 0; c < classes; c++) out[i * classes + c]! += beliefs[from + c]! / count;
    }
  }
  return out;
}

/** Labels as chances: 1 for the given class. */
export function oneHot(given: Labels, classes: number): Float32Array {
  const out = new Float32Array(given.length * classes);
  given.forEach((label, i) => (out[i * classes + label] = 1));
  return out;
}

/** Mixes a little of the prior in, so that no class is ruled out by so few neighbours. */
export function softened(
  source: Float32Array,
  prior: ArrayLike<number>,
  weight: number,
): Float32Array {
  const classes = prior.length;
  return source.map((value, at) => (value + weight * prior[at % classes]!) / (1 + weight));
}

/**
 * @param parts training first
 * @param before the matrix from votes
 * @param prior the share of each true class
 */
export function cleaned(
  parts: readonly PartEvidence[],
  before: NoiseMatrix,
  prior: Float64Array,
): Cleaned {
  const classes = prior.length;
  const train = parts[0]!;
  const labels = oneHot(train.given, classes);
  const shares = parts.map(({ neighbours }) =>
    neighbours ? softened(neighbourMeans(neighbours, labels, classes), prior, 1 / 30) : null,
  );
  const round = (matrix: NoiseMatrix): Source[][] => {
    const softmax = parts.map(({ beliefs }) => unmixed(beliefs, matrix, prior));
    if (!shares[0]) return softmax.map((one) => [one]);
    const near = unmixed(shares[0], matrix, prior);
    const together = pooled([softmax[0]!, near], [1, 1], classes);
    return parts.map(({ neighbours }, i) => [
      softmax[i]!,
      softened(neighbourMeans(neighbours!, together, classes), prior, 0.01),
    ]);
  };
  const first = round(before);
  const matrix = fittedMatrix(
    train.given,
    first[0]!.at(-1)!,
    { matrix: before, strength: BEFORE },
    classes,
  );
  return { sources: round(matrix), matrix };
}

/** The same sources with the noise left in. */
export function leftIn(parts: readonly PartEvidence[], prior: Float64Array): Source[][] {
  const classes = prior.length;
  const labels = oneHot(parts[0]!.given, classes);
  return parts.map(({ beliefs, neighbours }) =>
    neighbours
      ? [beliefs, softened(neighbourMeans(neighbours, labels, classes), prior, 1 / 30)]
      : [beliefs],
  );
}
