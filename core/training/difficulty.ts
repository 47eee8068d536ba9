/** How sure a briefly trained network is of each sample, for noise that hits the hard ones. */
import * as v from 'valibot';
import { NetworkSchema, TrainingSchema } from '../contract/config/schema.ts';
import type { Config } from '../contract/config/schema.ts';
import type { Dataset } from '../data/index.ts';
import { networkLayers } from '../models/index.ts';
import type { Ground } from './prepared.ts';
import { train } from './train.ts';
import type { Trainable } from './train.ts';
import { pick } from '../data/labels.ts';

/** Softmax regression for so many epochs ranks samples; it has not begun to memorize them. */
const EPOCHS = 5;

/** The chance of each class for each sample: samples x classes, rows adding up to 1. */
export interface ClassChances {
  train: Float32Array;
  holdout: Float32Array;
}

let last: { key: string; dataset: Dataset; probabilities: Promise<ClassChances> } | null = null;

/**
 * Trains softmax regression for 5 epochs on the training samples with their true labels (those on
 * disk where they are not known). The noise's seed decides; its rate does not, so the last answer
 * is kept.
 * @throws InputError where TensorFlow cannot be loaded
 */
export function probabilitiesOf(ground: Ground): Promise<ClassChances> {
  const { data, noise, threads, dataset } = ground;
  const key = JSON.stringify([data, noise.seed, threads]);
  if (last?.key === key && last.dataset === dataset) return last.probabilities;
  const probabilities = trainedProbabilities(ground);
  const now = { key, dataset, probabilities };
  last = now;
  probabilities.catch(() => {
    if (last === now) last = null;
  });
  return probabilities;
}

async function trainedProbabilities(ground: Ground): Promise<ClassChances> {
  for await (const { record, probabilities } of train(briefRun(ground))) {
    if (record.epoch === EPOCHS) return probabilities();
  }
  throw new Error('the brief training ended early');
}

function briefRun({ data, noise, threads, dataset, split, scaling }: Ground): Trainable {
  const { train: samples, classes, shape } = dataset;
  const labelsOf = (places: Uint32Array) => {
    const given = pick(samples.truth ?? samples.labels, places);
    return { given, truth: given };
  };
  const network = v.parse(NetworkSchema, { preset: 'softmax' });
  const training: Config['training'] = v.parse(TrainingSchema, {
    optimizer: 'adam',
    learningRate: 0.001,
    momentum: 0.9,
    batch: 64,
    epochs: EPOCHS,
    seed: noise.seed,
    threads,
  });
  return {
    config: { name: 'difficulty', data, noise, network, training },
    dataset,
    split: { ...split, test: new Uint32Array(0) },
    scaling,
    train: labelsOf(split.train),
    holdout: labelsOf(split.holdout),
    test: new Uint8Array(0),
    layers: networkLayers(network, classes.length, shape),
  };
}
