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

/** Two samples nearer than this are the same to a network that computes in float32. */
const SAME = 1e-6;
/** How many times the usual spread a distance lies off the middle that is no chance. */
const FAR = 4;
/** The least spread of the logarithms of distances: where all are alike, a little off is nothing. */
const LEAST_SPREAD = 0.5;
/** Of fewer distances nobody can say what is usual. */
const FEW = 30;

/**
 * Marks samples by their neighbours. What is near or far is told by the logarithms of the distances (1 less
 * the cosine), by how many spreads (median deviations) they lie off the median: two look the same where they
 * are far nearer than a sample and its nearest are, and a sample is like no other where its neighbours are
 * far more distant on the whole than those of others.
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
  const nearest = new Float64Array(samples);
  const means = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += likeness[i * count + j]!;
    nearest[i] = 1 - likeness[i * count]!;
    means[i] = 1 - sum / count;
  }
  const usual = usualOf(nearest);
  const near = usual ? Math.exp(usual.middle - FAR * usual.spread) : 0;
  const rest = usualOf(means);
  const far = rest ? Math.exp(rest.middle + FAR * rest.spread) : Infinity;
  for (let i = 0; i < samples; i++) {
    if (means[i]! > far) outlier[i] = 1;
    for (let j = 0; j < count && 1 - likeness[i * count + j]! <= Math.max(near, SAME); j++) {
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

/** Median and spread of the logarithms of distances, those of copies left out; null where there are few. */
function usualOf(distances: Float64Array): { middle: number; spread: number } | null {
  const logs = Array.from(distances.filter((distance) => distance > SAME).map(Math.log));
  if (logs.length < FEW) return null;
  // 1.4826 makes it the standard deviation of a normal distribution.
  const spread = 1.4826 * medianAbsoluteDeviation(logs);
  return { middle: median(logs), spread: Math.max(spread, LEAST_SPREAD) };
}
