/** From a Config to everything that training needs: samples, split and noisy labels. */
import type { Config } from '../config/schema.ts';
import { InputError } from '../errors.ts';
import { openDataset, sizeOf, testPart } from '../data/index.ts';
import type { Dataset, LoadControl, Samples } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import type { Split } from '../data/split.ts';
import { networkLayers } from '../models/index.ts';
import type { PlacedLayer } from '../models/index.ts';
import { corrupt } from '../noise/index.ts';
import { scaled, scalingOf } from './features.ts';
import type { Scaling } from './features.ts';

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
  scaling: Scaling;
  train: NoisyLabels;
  holdout: NoisyLabels;
  /** Labels of the test samples: the true ones, or those on disk where no others are known. */
  test: Uint8Array;
  layers: PlacedLayer[];
}

/**
 * Opens the data, splits it and corrupts the labels of training and hold-out.
 * @throws InputError where the data cannot be read or is too small
 */
export async function prepare(config: Config, control: LoadControl = {}): Promise<Prepared> {
  checkLoss(config);
  const dataset = await openDataset(config.data, control);
  const split = splitDataset(dataset, config.data);
  const scaling = scalingOf(dataset, split.train);
  const layers = networkLayers(config.network, dataset.classes.length, dataset.shape);
  const noisy = (part: 'train' | 'holdout') =>
    noisyLabels(config, dataset, { part, places: split[part], scaling });
  const tested = testPart(dataset);
  return {
    config,
    dataset,
    split,
    scaling,
    train: noisy('train'),
    holdout: noisy('holdout'),
    test: pick(tested.truth ?? tested.labels, split.test),
    layers,
  };
}

/** One part's labels: those on disk with noise on top, and the true ones where they are known. */
export function noisyLabels(
  { data, noise }: Pick<Config, 'data' | 'noise'>,
  { train, classes, shape }: Dataset,
  { part, places, scaling }: { part: 'train' | 'holdout'; places: Uint32Array; scaling: Scaling },
): NoisyLabels {
  const labels = pick(train.labels, places);
  const size = sizeOf(shape);
  const features = () => ({ values: scaled(train.values, places, size, scaling), size });
  const given = corrupt({ labels, classes, part, noise, features, beliefs: null });
  return { given, truth: truthOf(train, labels, places, data.labelsAreTrue) };
}

function truthOf(
  samples: Samples,
  labels: Uint8Array,
  places: Uint32Array,
  labelsAreTrue: boolean,
): Uint8Array | null {
  if (samples.truth) return pick(samples.truth, places);
  return labelsAreTrue ? labels : null;
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
