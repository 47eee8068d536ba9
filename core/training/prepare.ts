/** From a Config to everything that training needs: samples, split and noisy labels. */
import type { Config } from '../config/schema.ts';
import { InputError } from '../errors.ts';
import { openDataset } from '../data/index.ts';
import type { Dataset } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import type { Split } from '../data/split.ts';
import { networkLayers } from '../models/index.ts';
import type { PlacedLayer } from '../models/index.ts';
import { corrupt } from '../noise/index.ts';

/** Labels of a part: as given to training, and the true ones where they are known. */
export interface NoisyLabels {
  given: Uint8Array;
  truth: Uint8Array | null;
}

/** A run that is ready to train. */
export interface Prepared {
  config: Config;
  dataset: Dataset;
  split: Split;
  train: NoisyLabels;
  holdout: NoisyLabels;
  /** Labels of the test samples, as on disk. */
  test: Uint8Array;
  layers: PlacedLayer[];
}

/**
 * Opens the data, splits it and corrupts the labels of training and hold-out.
 * @throws InputError where the data cannot be read or is too small
 */
export function prepare(config: Config): Prepared {
  const dataset = openDataset(config.data.source);
  const split = splitDataset(dataset, config.data);
  const classes = dataset.classes.length;
  checkLoss(config);
  const noisy = (places: Uint32Array, part: 'train' | 'holdout'): NoisyLabels => {
    const onDisk = pick(dataset.train.labels, places);
    const given = corrupt(onDisk, classes, config.noise, part);
    return { given, truth: config.data.labelsAreTrue ? onDisk : null };
  };
  return {
    config,
    dataset,
    split,
    train: noisy(split.train, 'train'),
    holdout: noisy(split.holdout, 'holdout'),
    test: dataset.test ? pick(dataset.test.labels, split.test) : new Uint8Array(0),
    layers: networkLayers(config.network, classes, dataset.shape),
  };
}

/** Networks with one output are fitted to numbers, which only the squared loss does. */
function checkLoss({ network, training }: Config): void {
  if (network.preset === 'theory' && training.loss !== 'squared') {
    throw new InputError(
      `training.loss is "${training.loss}"; the network "theory" has one output, so give "squared".`,
    );
  }
}

/** The samples' places whose given label is wrong; null where the truth is not known. */
export function wrongPlaces({ given, truth }: NoisyLabels): number[] | null {
  if (!truth) return null;
  return [...given.keys()].filter((i) => given[i] !== truth[i]);
}

function pick(values: Uint8Array, places: Uint32Array): Uint8Array {
  return Uint8Array.from(places, (place) => values[place]!);
}

/** The pixels of some samples, one after the other. */
export function gatherPixels(pixels: Uint8Array, places: Uint32Array, size: number): Uint8Array {
  const out = new Uint8Array(places.length * size);
  places.forEach((place, i) => {
    out.set(pixels.subarray(place * size, (place + 1) * size), i * size);
  });
  return out;
}
