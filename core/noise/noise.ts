/** What a kind of noise is. */
import type { NoiseConfig } from '../config/schema.ts';
import type { Random } from '../random.ts';

/** What noise is made from. */
export interface NoiseInput {
  /** The labels to corrupt, one a sample. */
  labels: Uint8Array;
  /** Names of the classes, by number. */
  classes: readonly string[];
  /** Which labels these are, so that parts are corrupted independently. */
  part: 'train' | 'holdout';
  noise: NoiseConfig;
  /** The numbers of each sample, standardized: samples x size. Only kinds that need them ask. */
  features: () => { values: Float32Array; size: number };
  /**
   * What a briefly trained network makes of each sample: its chance of each class, samples x
   * classes, rows adding up to 1. Null where none was trained (only `difficulty` needs it).
   */
  beliefs: Float32Array | null;
}

/** A kind of noise: a pure function of its input. @returns the labels as given, in a new array */
export type Noise = (input: NoiseInput) => Uint8Array;

/** Which other class a label becomes when it is changed. */
export type WrongClass = (label: number, classes: number, random: Random) => number;
