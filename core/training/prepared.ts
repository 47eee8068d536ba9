/** What training needs, as plain values. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { Config } from '../contract/config/schema.ts';
import type { Dataset } from '../data/index.ts';
import type { Split } from '../data/split.ts';
import type { SoftLabels } from '../engine/session.ts';
import type { PlacedLayer } from '../models/index.ts';
import type { NoiseFacts } from '../contract/messages/records.ts';
import type { Scaling } from './features.ts';
import type { Labels } from '../data/labels.ts';

/** Corrections by the places of samples in the training part of a data set. */
export interface Corrections {
  /** Classes; -1 of those that are left out. */
  classes: ReadonlyMap<number, number>;
  /** The share that a class takes where it is not all: the rest stays with the label as it was given. */
  shares: ReadonlyMap<number, number>;
  /** What was found, a sentence each. */
  said: Phrase[];
}

/** What labels are corrupted in: a data set, split and scaled, and how. */
export interface Ground extends Pick<Config, 'data' | 'noise'> {
  /** What is laid over the noise; nothing where it is not there. */
  corrections?: Corrections;
  /** Threads of TensorFlow, which `difficulty` trains a small network with. */
  threads: number;
  dataset: Dataset;
  split: Split;
  scaling: Scaling;
}

/** Labels of a part: as given to training, and the true ones where they are known. */
export interface NoisyLabels {
  given: Labels;
  truth: Labels | null;
  /** Where corrections share a label with another class; nothing where none do. */
  soft?: SoftLabels | null;
}

/** A run that is ready to train. */
export interface Prepared {
  config: Config;
  dataset: Dataset;
  /** What was guessed of data and noise, a sentence each. */
  inferred: Phrase[];
  split: Split;
  /** What is laid over the labels. */
  corrections: Corrections;
  scaling: Scaling;
  train: NoisyLabels;
  holdout: NoisyLabels;
  /** Labels of the test samples: the true ones, or those on disk where no others are known. */
  test: Labels;
  /** What the noise did to the training labels, beside what was asked of it. */
  noise: NoiseFacts;
  layers: PlacedLayer[];
}
