/** What a data set is, once read from disk. */

/** Height, width, channels of one sample. */
export type SampleShape = readonly [number, number, number];

/** Samples with the labels they carry on disk. */
export interface Samples {
  /** One byte a pixel: sample x height x width x channels. */
  pixels: Uint8Array;
  /** The class of each sample. */
  labels: Uint8Array;
}

/** A data set: a part to train on, and where there is one, a part to test on. */
export interface Dataset {
  name: string;
  shape: SampleShape;
  /** Names of the classes, by number. */
  classes: string[];
  train: Samples;
  test: Samples | null;
}

/** How many samples there are of each class. */
export function countClasses(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}
