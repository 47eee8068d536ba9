/** What a kind of noise is. */
import type { Reads } from '../contract/catalogue/kinds.ts';
import type { NoiseConfig } from '../contract/config/schema.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { KnownSet } from '../data/known.ts';
import type { Labels } from '../data/labels.ts';

/** Noise whose classes are numbers of the data's own. */
export type NumberedNoise = Omit<NoiseConfig, 'class' | 'becomes' | 'groups'> & {
  class: number;
  becomes: number[];
  groups: number[][];
};

/** A transition matrix: `matrix[class on disk][class given]`, shares of 0 to 1, rows sum to 1. */
export type Matrix = number[][];

/** What noise is made from. */
export interface NoiseInput {
  /** The labels to corrupt, one a sample; never written to. */
  labels: Labels;
  /** Names of the classes, by number; 2 to 1,000. */
  classes: readonly string[];
  /** Numbers of the classes that the training part has, in order; test samples may have more. */
  seen: readonly number[];
  /** Which well-known data set numbers its classes so, where it is one. */
  known: KnownSet;
  /** Which labels these are, so that parts are corrupted independently. */
  part: 'train' | 'holdout';
  /** How many labels the training part has; `count` counts among these. */
  trainSize: number;
  noise: NumberedNoise;
  /** The cluster of each sample, where the data set has clusters; otherwise a class is one. */
  clusters: Uint16Array | null;
  /**
   * The numbers of a sample, standardized, as many for each. Asked for one by one, because those
   * of a whole data set as floats may not fit into memory.
   */
  features: (sample: number) => Float32Array;
  /**
   * What a briefly trained network makes of each sample: its chance of each class, samples x
   * classes, rows adding up to 1. Null where the kind needs none.
   */
  probabilities: Float32Array | null;
}

/** A pure function of its input. @returns the labels as given, in a new array */
export type Noise = (input: NoiseInput) => Labels;

/** What a definition asks for in closed form. @throws InputError where it does not fit the classes */
export type Rows = (input: NoiseInput) => Matrix;

/** How a kind corrupts labels. */
export interface Corruption {
  corrupt: Noise;
  /** The matrix that is expected of it; null where its definition gives none in closed form. */
  asked: (input: NoiseInput) => Matrix | null;
}

/** A kind of noise: one file with one of these, and a line in `kinds.ts`. */
export interface NoiseKind extends Reads, Corruption {
  /** Whether `rate` itself is the share of labels that become wrong. */
  rateIsShare?: true;
  /** Whether it asks a briefly trained network for its probabilities. */
  needsProbabilities?: true;
  /** What is put right or guessed of noise as it was asked for. */
  notes?: (noise: NoiseConfig, set: KnownSet) => Phrase[];
}

/** A matrix of one row a class. */
export function rowsOf(classes: number, row: (label: number) => number[]): Matrix {
  return Array.from({ length: classes }, (_, label) => row(label));
}

/** The row of a class whose labels stay. */
export function stays(classes: number, label: number): number[] {
  return Array.from({ length: classes }, (_, other) => (other === label ? 1 : 0));
}

/** A row where a label becomes `target` with a chance, and stays otherwise. */
export function becomes(classes: number, label: number, target: number, rate: number): number[] {
  const row = stays(classes, label);
  if (target === label) return row;
  row[label] = 1 - rate;
  row[target] = rate;
  return row;
}
