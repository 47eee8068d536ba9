/** What the theorems are about: unit vectors, each with a number for its true and its given label. */
import { targetsOf } from '../data/clusters.ts';
import { valuesPerSample } from '../data/index.ts';
import { InputError } from '../contract/words/errors.ts';
import { scaled } from '../training/features.ts';
import type { Prepared } from '../training/prepared.ts';
import type { Labels } from '../data/labels.ts';

/** The training samples as the theorems see them. */
export interface TheoryData {
  /** Samples x dimension, row by row; each row has norm 1. */
  inputs: Float32Array;
  samples: number;
  dimension: number;
  /** The number that each class stands for, -1 to 1. */
  alphas: number[];
  truth: Labels;
  given: Labels;
  /** The cluster of each sample, where the data set tells. */
  clusters: Uint16Array | null;
}

/**
 * The training samples of a run: scaled as for training, then brought to norm 1.
 * @throws InputError where the true labels are not known, or a sample is all zero
 */
export function theoryData({ config, dataset, split, scaling, train }: Prepared): TheoryData {
  if (!train.truth) {
    throw new InputError('theory.trueLabels', { field: { path: 'data.labelsAreTrue' } });
  }
  const dimension = valuesPerSample(dataset.shape);
  const inputs = scaled(dataset.train.values, split.train, dimension, scaling);
  normalize(inputs, dimension);
  const { classes, clusters } = dataset;
  return {
    inputs,
    samples: split.train.length,
    dimension,
    alphas: targetsOf(config.data) ?? evenly(classes.length),
    truth: train.truth,
    given: train.given,
    clusters: clusters ? Uint16Array.from(split.train, (place) => clusters[place]!) : null,
  };
}

/** Brings rows to norm 1, in place. */
function normalize(values: Float32Array, size: number): void {
  for (let at = 0; at < values.length; at += size) {
    const row = values.subarray(at, at + size);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (norm === 0) {
      throw new InputError('theory.zeroSample', { at: at / size, field: { path: 'data.source' } });
    }
    row.forEach((value, j) => (row[j] = value / norm));
  }
}

function evenly(classes: number): number[] {
  return Array.from({ length: classes }, (_, c) => -1 + (2 * c) / (classes - 1));
}
