/** Samples that look the same but are labelled differently, and samples that look like no other. */
import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { Labels } from '../data/labels.ts';
import type { Neighbours } from './neighbours.ts';

/** Marks of samples: 1 for yes. */
export interface Alike {
  /** Beside another one that looks the same and is labelled otherwise. */
  disagreeing: Uint8Array;
  /** Like no other. */
  outlier: Uint8Array;
}

/** Two samples at no larger angle are the same to a network that computes in float32; radians. */
const SAME = 1.5e-3;
/** How many spreads a nearest angle lies below the middle, by logarithms, that is no chance. */
const NEAR = 4;
/** The least spread of logarithms: where all are alike, a little nearer is nothing. */
const LEAST_LOG_SPREAD = 0.25;
/** How many spreads a mean angle lies above the middle that is no chance. */
const FAR = 3;
/** The least spread of mean angles, as a share of their middle. */
const LEAST_SPREAD = 0.05;
/** Makes a median deviation the standard deviation of a normal distribution. */
const NORMAL = 1.4826;
/** Of fewer angles nobody can say what is usual. */
const FEW = 30;

/**
 * Marks samples by the angles to their neighbours, beside what is usual: the median, and median deviations
 * from it. Two look the same where they are far nearer than a sample and its nearest are, by orders of
 * magnitude and so by logarithms. A sample is like no other where the mean angle to its neighbours is far
 * above that of others.
 * @param given labels of the samples
 * @param searched labels of those that the neighbours were searched among
 */
export function alikeOf(
  { count, places, likeness }: Neighbours,
  given: Labels,
  searched: Labels,
): Alike {
  const samples = given.length;
  const disagreeing = new Uint8Array(samples);
  const outlier = new Uint8Array(samples);
  if (count === 0) return { disagreeing, outlier };
  const angles = likeness.map((cosine) => Math.acos(Math.min(1, cosine)));
  const nearest = new Float64Array(samples);
  const means = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += angles[i * count + j]!;
    nearest[i] = angles[i * count]!;
    means[i] = sum / count;
  }
  const near = Math.max(SAME, nearBelow(apart(nearest)));
  const far = farAbove(apart(means));
  for (let i = 0; i < samples; i++) {
    if (means[i]! > far) outlier[i] = 1;
    for (let j = 0; j < count && angles[i * count + j]! <= near; j++) {
      if (searched[places[i * count + j]!] !== given[i]) disagreeing[i] = 1;
    }
  }
  return { disagreeing, outlier };
}

/**
 * Marks samples that are copies of each other, and not all labelled alike.
 * @param copies a number for each sample, which copies share
 */
export function disagreeingCopies(copies: Int32Array, given: Labels): Uint8Array {
  const first = new Map<number, number>();
  const differing = new Set<number>();
  given.forEach((label, i) => {
    const known = first.get(copies[i]!);
    if (known === undefined) first.set(copies[i]!, label);
    else if (known !== label) differing.add(copies[i]!);
  });
  return Uint8Array.from(given, (_, i) => Number(differing.has(copies[i]!)));
}

/** Angles of samples that are no copies of each other. */
const apart = (angles: Float64Array): number[] =>
  Array.from(angles).filter((angle) => angle > SAME);

/** The angle up to which two look the same. */
function nearBelow(nearest: readonly number[]): number {
  if (nearest.length < FEW) return 0;
  const logs = nearest.map(Math.log);
  const spread = NORMAL * medianAbsoluteDeviation(logs);
  return Math.exp(median(logs) - NEAR * Math.max(spread, LEAST_LOG_SPREAD));
}

/** The mean angle above which a sample is like no other; its spread is that of the upper half. */
function farAbove(means: number[]): number {
  if (means.length < FEW) return Infinity;
  const middle = median(means);
  const above = means.filter((angle) => angle > middle).map((angle) => angle - middle);
  const spread = above.length > 0 ? NORMAL * median(above) : 0;
  return middle + FAR * Math.max(spread, LEAST_SPREAD * middle);
}
