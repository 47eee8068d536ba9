/** From a Config to everything that training needs: samples, split and noisy labels. */
import type { Config } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { knownSet } from '../data/known.ts';
import { openDataset, testPart } from '../data/index.ts';
import type { LoadControl } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import { LOSSES } from '../engine/losses/index.ts';
import { layerBlocks } from '../engine/phases.ts';
import { schemeOf } from '../engine/schemes/index.ts';
import { networkLayers, NETWORKS } from '../models/index.ts';
import type { PlacedLayer } from '../models/index.ts';
import { notesOn } from '../noise/index.ts';
import { leftPlaces, pickLabels, pickPlaces, readCorrections } from './corrections.ts';
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
  const whole = splitDataset(dataset, config.data);
  const corrections = readCorrections(config.data.corrections, dataset, whole);
  const scaling = scalingOf(dataset, whole.train);
  const layers = networkLayers(config.network, dataset.classes.length, dataset.shape);
  checkScheme(config, layers);
  const { training } = config;
  LOSSES.of(training.loss).check?.({ training, classes: dataset.classes.length });
  const { data, noise } = config;
  const ground = { data, noise, threads: config.training.threads, dataset, scaling };
  const noisy = { ...ground, split: whole, corrections };
  const { facts, ...train } = await noisyLabels(noisy, 'train');
  const { facts: _facts, ...holdout } = await noisyLabels(noisy, 'holdout');
  const left = (part: 'train' | 'holdout') => leftPlaces(whole[part], corrections);
  const split = {
    train: pickPlaces(whole.train, left('train')),
    holdout: pickPlaces(whole.holdout, left('holdout')),
    test: whole.test,
  };
  const tested = testPart(dataset);
  return {
    config,
    dataset,
    inferred: [...dataset.inferred, ...notesOn(noise, knownSet(dataset)), ...corrections.said],
    split,
    corrections,
    scaling,
    train: pickLabels(train, left('train')),
    holdout: pickLabels(holdout, left('holdout')),
    test: pick(tested.truth ?? tested.labels, split.test),
    noise: facts,
    layers,
  };
}

/**
 * Some networks fit some losses alone: one output is fitted to numbers, which only the squared loss does.
 * @throws InputError where another is asked for, or there is no such network or loss
 */
export function checkLoss({ preset }: Config['network'], loss: Config['training']['loss']): void {
  const { losses } = NETWORKS.of(preset);
  const { id } = LOSSES.of(loss);
  if (!losses || losses.includes(id)) return;
  const values = { loss, preset, fitting: losses.join(', '), field: { path: 'training.loss' } };
  throw new InputError('training.lossMisfit', values);
}

/**
 * Networks that choose samples for each other do so by the losses of samples as they are, and of classes;
 * one that trains part by part needs parts.
 * @throws InputError where they are asked for with mixtures or with a network of one output, or there are
 * too few parts
 */
export function checkScheme(
  { network: { preset }, training }: Pick<Config, 'network' | 'training'>,
  layers: readonly PlacedLayer[],
): void {
  const { id, exchange, parts } = schemeOf(training);
  const values = { scheme: id, preset, field: { path: 'training.scheme' } };
  if (exchange && NETWORKS.of(preset).losses) {
    throw new InputError('training.schemeMisfit', values);
  }
  if (exchange && training.mixup > 0) throw new InputError('training.schemeMixup', values);
  if (parts && layerBlocks(layers).length < parts.least) {
    throw new InputError('training.schemeLayers', { ...values, least: parts.least });
  }
}

/** The samples' places whose given label is wrong; null where the truth is not known. */
export function wrongPlaces({ given, truth }: NoisyLabels): number[] | null {
  if (!truth) return null;
  return [...given.keys()].filter((i) => given[i] !== truth[i]);
}
