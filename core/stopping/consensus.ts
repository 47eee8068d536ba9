/**
 * What the epochs of a run agree on about each sample, and how far each epoch follows it.
 *
 * Early on a network gives most wrongly labelled samples their true class (Li, Soltanolkotabi, Oymak
 * 2019), so a vote over good epochs tells true labels better than the given ones do; how many samples
 * an epoch gives the class that is believed true then follows its test accuracy, its zigzags too.
 */
import type { PartRecord } from './sample-record.ts';
import type { Labels } from '../data/labels.ts';

/** For each sample, a share for each class, adding up to 1: samples x classes. */
export type ClassShares = Float32Array;

/** Epochs of less weight than this have no say. */
const LEAST_WEIGHT = 1e-4;
/** How many votes a full agreement is worth against the given label. */
const VOTES = 4;
/** Votes that every class has from the start, together. */
const PRIOR_VOTES = 0.3;

/**
 * The share of votes for each class.
 * @param weights of the epochs, adding up to 1
 */
export function votesOf(
  part: PartRecord,
  classes: number,
  weights: readonly number[],
): ClassShares {
  const votes = new Float32Array(part.given.length * classes);
  part.predicted.forEach((predicted, epoch) => {
    const weight = weights[epoch]!;
    if (weight < LEAST_WEIGHT) return;
    for (let i = 0; i < predicted.length; i++) votes[i * classes + predicted[i]!]! += weight;
  });
  return votes;
}

/**
 * The chance of each class to be the true one, from the votes and the given label, with the noise
 * matrix estimated from both (one step of Dawid, Skene 1979).
 */
export function trueClasses(part: PartRecord, classes: number, votes: ClassShares): ClassShares {
  const { given } = part;
  const probabilities = Float32Array.from(
    votes,
    (share) => (VOTES * share + PRIOR_VOTES / classes) / (VOTES + PRIOR_VOTES),
  );
  const noise = noiseMatrix(given, classes, probabilities);
  for (let i = 0; i < given.length; i++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      sum += probabilities[i * classes + c]! *= noise[c * classes + given[i]!]!;
    }
    for (let c = 0; c < classes; c++) probabilities[i * classes + c]! /= sum;
  }
  return probabilities;
}

/** Row: true class, column: given class; rows add up to 1. */
function noiseMatrix(given: Labels, classes: number, probabilities: ClassShares): Float64Array {
  const noise = new Float64Array(classes * classes).fill(1e-3);
  for (let i = 0; i < given.length; i++) {
    for (let c = 0; c < classes; c++)
      noise[c * classes + given[i]!]! += probabilities[i * classes + c]!;
  }
  for (let c = 0; c < classes; c++) {
    const row = noise.subarray(c * classes, (c + 1) * classes);
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((value, j) => (row[j] = value / sum));
  }
  return noise;
}

/** The mean share, over samples, of the class that each epoch predicts: one number an epoch. */
export function following(part: PartRecord, classes: number, probabilities: ClassShares): number[] {
  return part.predicted.map((predicted) => {
    let sum = 0;
    for (let i = 0; i < predicted.length; i++) sum += probabilities[i * classes + predicted[i]!]!;
    return sum / predicted.length;
  });
}

/**
 * Labels that are believed true from the training samples alone. A given label is believed where
 * the network agreed with it often: more often than the split between the two kinds of samples
 * (Otsu 1979), or than with any other class. Otherwise its favourite other class is.
 * @param weights of the epochs, adding up to 1
 * @returns by either test, the believed label of each sample
 */
export function likelyLabels(
  part: PartRecord,
  classes: number,
  votes: ClassShares,
): { bySplit: Labels; byMajority: Labels } {
  const { given } = part;
  const support = Float32Array.from(given, (label, i) => votes[i * classes + label]!);
  const split = splitOf(support);
  const bySplit = given.slice();
  const byMajority = given.slice();
  for (let i = 0; i < given.length; i++) {
    let other = given[i] === 0 ? 1 % classes : 0;
    for (let c = 0; c < classes; c++) {
      if (c !== given[i] && votes[i * classes + c]! > votes[i * classes + other]!) other = c;
    }
    if (support[i]! <= split) bySplit[i] = other;
    if (support[i]! <= votes[i * classes + other]!) byMajority[i] = other;
  }
  return { bySplit, byMajority };
}

/** The value that parts numbers from 0 to 1 into two groups that differ most (Otsu 1979). */
export function splitOf(values: Float32Array): number {
  const BINS = 50;
  const counts = new Float64Array(BINS);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor(value * BINS))]!++;
  const total = counts.reduce((sum, count, i) => sum + count * (i + 0.5), 0);
  let best = { spread: -1, bin: 0 };
  let [below, sumBelow] = [0, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += counts[bin]!;
    sumBelow += counts[bin]! * (bin + 0.5);
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const spread = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (spread > best.spread) best = { spread, bin };
  }
  return (best.bin + 1) / BINS;
}

/** The share of samples that each epoch gives these labels. */
export function accuracies(part: PartRecord, labels: Labels): number[] {
  return part.predicted.map((predicted) => {
    let right = 0;
    for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) right++;
    return right / labels.length;
  });
}
