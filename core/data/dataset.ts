/** What a data set is, once read from disk. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { Labels } from './labels.ts';

/** Height, width, channels of one sample; a row of a table is 1 x 1 x columns. */
export type SampleShape = readonly [number, number, number];

/** Samples with the labels they carry on disk. */
export interface Samples {
  /**
   * Sample x height x width x channels. Bytes are pixels, 0 to 255; float32 numbers are anything,
   * and are standardized column by column before training, where the data set has no clusters.
   */
  values: Uint8Array | Float32Array;
  /** The class of each sample, as given. */
  labels: Labels;
  /** The true class of each sample, where the disk tells it besides the given one. */
  truth: Labels | null;
}

/** A data set: a part to train on, and where there is one, a part to test on. */
export interface Dataset {
  name: string;
  /** Its kind, such as `MNIST-style IDX`. */
  format: Phrase;
  shape: SampleShape;
  /** Names of the classes, by number; at most `MOST_CLASSES`. */
  classes: string[];
  train: Samples;
  /** `labels` of the test part are taken as true. */
  test: Samples | null;
  /** What was guessed while reading, a sentence each; empty where nothing was. */
  inferred: Phrase[];
  /** Names of the columns of a table, after one-hot encoding; empty for pictures. */
  columns: string[];
  /** Missing values found in a table, by column on disk, before they were dropped or filled in. */
  missing: { column: string; count: number }[];
  /** How the labels of each class are written on disk, where that is not its name. */
  written?: string[];
  /** Names of the columns of the tables beside pictures, which the cache keeps. */
  fields?: string[];
  /** What tells each training sample on disk: its file's path, or its row's id; for joining labels to. */
  ids?: string[];
  /** The place of each training sample in its part on disk, which has `of`; where some are left out. */
  places?: { at: Uint32Array; of: number };
  /** Of the data set `clusters` alone: the cluster of each training sample. Its values are used as they are. */
  clusters?: Uint16Array;
}

/** Of more classes a transition matrix, a million numbers, would not fit into windows and reports. */
export const MOST_CLASSES = 1000;

/** What tells a training sample on disk: its file's path, its row's id, or its place. */
export const sampleName = (
  { ids, places }: Pick<Dataset, 'ids' | 'places'>,
  place: number,
): string => ids?.[place] ?? String(places?.at[place] ?? place);

/** The parts that most readers leave empty. */
export const emptyParts = (): Pick<Dataset, 'inferred' | 'columns' | 'missing'> => ({
  inferred: [],
  columns: [],
  missing: [],
});

/** Values of one sample. */
export function valuesPerSample(shape: SampleShape): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** How many samples there are of each class. */
export function countClasses(labels: Labels, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}
