/** From a Config to everything that training needs: samples, split and noisy labels. */
import type { Config } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { knownSet } from '../data/known.ts';
import { openDataset, testPart } from '../data/index.ts';
import type { LoadControl } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import { networkLayers } from '../models/index.ts';
import { notesOn } from '../noise/index.ts';
import { scalingOf } from './features.ts';
import { pick } from '../data/labels.ts';
import { noisyLabels } from './labels.ts';
import type { NoisyLabels, Prepared } from './prepared.ts';

export type { NoisyLabels, Prepared } from './prepared.ts';

/**
 * Opens the data, splits it and corrupts the labels of training and hold-out.
 * @throws InputError where the data cannot be read or is too small
 */
export async function prepare(config: Config, control: LoadControl = {}): Promise<Prepared> {
  checkLoss(config.network, config.training.loss);
  const dataset = await openDataset(config.data, control);
  const split = splitDataset(dataset, config.data);
  const scaling = scalingOf(dataset, split.train);
  const layers = networkLayers(config.network, dataset.classes.length, dataset.shape);
  const { data, noise } = config;
  const ground = { data, noise, threads: config.training.threads, dataset, split, scaling };
  const { facts, ...train } = await noisyLabels(ground, 'train');
  const { facts: _facts, ...holdout } = await noisyLabels(ground, 'holdout');
  const tested = testPart(dataset);
  return {
    config,
    dataset,
    inferred: [...dataset.inferred, ...notesOn(noise, knownSet(dataset))],
    split,
    scaling,
    train,
    holdout,
    test: pick(tested.truth ?? tested.labels, split.test),
    noise: facts,
    layers,
  };
}

/**
 * Networks with one output are fitted to numbers, which only the squared loss does.
 * @throws InputError where another is asked for
 */
export function checkLoss({ preset }: Config['network'], loss: Config['training']['loss']): void {
  if (preset === 'theory' && loss !== 'squared') {
    throw new InputError('training.theoryLoss', { loss, field: { path: 'training.loss' } });
  }
}

/** The samples' places whose given label is wrong; null where the truth is not known. */
export function wrongPlaces({ given, truth }: NoisyLabels): number[] | null {
  if (!truth) return null;
  return [...given.keys()].filter((i) => given[i] !== truth[i]);
}
