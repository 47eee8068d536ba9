/**
 * Takes the noise out of what a run says of its samples, in two rounds: what the network says and what the
 * neighbours' labels say, and then what is believed of the neighbours by both.
 *
 * Both rounds take the matrix that the votes of the epochs speak of. It is not fitted again between them:
 * what the rounds find has taken over a part of asymmetric noise, and a matrix that follows them loses
 * that part.
 */
import type { Labels } from '../data/labels.ts';
import { pooled } from './model.ts';
import type { LabelSource } from './model.ts';
import type { Neighbours } from './neighbours.ts';
import { unmixed } from './unmix.ts';
import type { NoiseMatrix } from './unmix.ts';

/** What a run says of the samples of a part. */
export interface PartEvidence {
  /** Labels as given; the true ones are not here, so they cannot be read. */
  given: Labels;
  /** The chance of each given label, averaged over epochs: samples x classes. */
  probabilities: Float32Array;
  /** The nearest training samples of each; null where no features are known. */
  neighbours: Neighbours | null;
}

/**
 * The mean of what is believed of the nearest training samples.
 * @param probabilities of the training samples: samples x classes
 */
export function neighbourMeans(
  { count, places }: Neighbours,
  probabilities: Float32Array,
  classes: number,
): Float32Array {
  const samples = count > 0 ? places.length / count : 0;
  const out = new Float32Array(samples * classes);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < count; j++) {
      const from = places[i * count + j]! * classes;
      for (let c = 0; c < classes; c++) out[i * classes + c]! += probabilities[from + c]! / count;
    }
  }
  return out;
}

/** The shares of given labels among the nearest training samples. @param trained their labels */
function neighbourShares(
  { count, places }: Neighbours,
  trained: Labels,
  classes: number,
): Float32Array {
  const samples = count > 0 ? places.length / count : 0;
  const out = new Float32Array(samples * classes);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < count; j++) {
      out[i * classes + trained[places[i * count + j]!]!]! += 1 / count;
    }
  }
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
 * The sources of each part with the noise taken out: what the network says and, where neighbours are
 * known, the mean of what is believed of those.
 * @param parts training first
 * @param matrix from votes
 * @param prior the share of each true class
 */
export function cleaned(
  parts: readonly PartEvidence[],
  matrix: NoiseMatrix,
  prior: Float64Array,
): LabelSource[][] {
  const classes = prior.length;
  const softmax = parts.map(({ probabilities }) => unmixed(probabilities, matrix, prior));
  const [train] = parts;
  if (!train!.neighbours) return softmax.map((one) => [one]);
  const near = unmixed(sharesNear(train!, train!.given, prior), matrix, prior);
  const together = pooled([softmax[0]!, near], [1, 1], classes);
  return parts.map(({ neighbours }, i) => [
    softmax[i]!,
    softened(neighbourMeans(neighbours!, together, classes), prior, 0.01),
  ]);
}

/** The same sources with the noise left in: what the network says, and the labels of neighbours. */
export function leftIn(parts: readonly PartEvidence[], prior: Float64Array): LabelSource[][] {
  const { given } = parts[0]!;
  return parts.map((part) =>
    part.neighbours ? [part.probabilities, sharesNear(part, given, prior)] : [part.probabilities],
  );
}

/** The shares of given labels among a part's neighbours. @param trained labels of the training samples */
function sharesNear(
  { neighbours }: PartEvidence,
  trained: Labels,
  prior: Float64Array,
): LabelSource {
  const shares = neighbourShares(neighbours!, trained, prior.length);
  return softened(shares, prior, 1 / Math.max(1, neighbours!.count));
}
