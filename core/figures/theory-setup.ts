/** From the fields of a figure about the theorems to data and network. */
import { presets } from '../kinds/presets.ts';
import { parseConfig } from '../kinds/read.ts';
import type { Config } from '../contract/config/schema.ts';
import { threadsInUse } from '../engine/tensorflow.ts';
import { cores } from '../machine/cores.ts';
import type { Field } from '../contract/catalogue/field.ts';
import type { FigureSettings } from '../contract/messages/figures.ts';
import { clusteringOf } from '../theory/centres.ts';
import type { Clustering } from '../theory/centres.ts';
import { checkTheory } from '../theory/check.ts';
import { constantsOf } from '../theory/constants.ts';
import type { Constants } from '../theory/constants.ts';
import { theoryData } from '../theory/inputs.ts';
import type { TheoryData } from '../theory/inputs.ts';
import type { TheorySetup } from '../theory/run.ts';
import { prepare } from '../training/prepare.ts';
import { choice, real, whole } from '../contract/catalogue/field.ts';
import { dataField, numberOf, textOf } from './settings.ts';

/** Iterations of gradient descent, at most. */
export const MOST_ITERATIONS = 50_000;

/** Fields of the paper's synthetic clusters. */
export const CLUSTER_FIELDS: Field[] = [
  whole('clusters', 2, 64),
  whole('classes', 2, 16),
  whole('samples', 20, 2000),
  whole('dimension', 2, 1000),
  real('eps0', 0, 1.5, 0.01),
  choice('spread', 'shell', 'ball'),
  choice('numbers', 'fromZero', 'aroundZero'),
  real('rho', 0, 0.5, 0.01),
];

/** Fields of the network and of gradient descent. */
export const DESCENT_FIELDS: Field[] = [
  whole('width', 2, 20_000),
  choice('activation', 'softplus', 'tanh', 'relu'),
  real('learningRate', 0.001, 50, 0.001),
  whole('iterations', 1, MOST_ITERATIONS),
  whole('seed', 0, 9999),
];

/** A field of data: made clusters, MNIST, or the person's own, and how those are put into clusters. */
export const DATA_FIELDS: Field[] = [
  dataField('clusters', 'mnist'),
  choice('grouping', 'known', 'classes', 'kmeans'),
];

/** The paper's synthetic experiment. */
export const SYNTHETIC: FigureSettings = {
  clusters: 2,
  classes: 2,
  samples: 400,
  dimension: 20,
  eps0: 0.5,
  spread: 'shell',
  numbers: 'fromZero',
  rho: 0.3,
  width: 1000,
  activation: 'relu',
  learningRate: 2,
  iterations: 5000,
  seed: 0,
};

/** Data, clusters, network, and the constants of the paper's model. */
export interface Setting {
  config: Config;
  data: TheoryData;
  clustering: Clustering;
  constants: Constants;
  setup: TheorySetup;
}

/** @throws InputError where the data cannot be read, or do not fit the theorems */
export async function settingOf(settings: FigureSettings): Promise<Setting> {
  const config = configOf(settings);
  checkTheory(config);
  const prepared = await prepare(config);
  const data = theoryData(prepared);
  const clustering = clusteringOf(data, choiceOf(settings), config.data.seed);
  const constants = constantsOf(data, clustering);
  const { training } = config;
  const { activation } = config.network;
  const { layers } = prepared;
  const setup = { data, clustering, delta: constants.delta, layers, training, activation };
  return { config, data, clustering, constants, setup };
}

function choiceOf(settings: FigureSettings) {
  const grouping = settings['grouping'] === undefined ? 'known' : textOf(settings, 'grouping');
  return grouping === 'kmeans' ? numberOf(settings, 'clusters') : (grouping as 'known' | 'classes');
}

function configOf(settings: FigureSettings): Config {
  const number = (id: string) => numberOf(settings, id);
  const source = settings['data'] === undefined ? 'clusters' : textOf(settings, 'data');
  const made = source === 'clusters';
  const base = presets().find(({ id }) => id === 'synthetic')!.config;
  const samples = number('samples');
  const seed = number('seed');
  const config = {
    ...base,
    name: 'The theorems',
    data: {
      ...base.data,
      source,
      clusters: {
        clusters: number('clusters'),
        classes: number('classes'),
        dimension: number('dimension'),
        samples,
        eps0: number('eps0'),
        spread: textOf(settings, 'spread'),
        alpha: alphasOf(settings),
      },
      train: samples,
      test: 0,
      seed,
    },
    noise: { kind: made ? 'clusters' : 'symmetric', rate: number('rho'), seed },
    network: {
      ...base.network,
      widths: [number('width')],
      activation: textOf(settings, 'activation'),
    },
    training: {
      ...base.training,
      learningRate: number('learningRate'),
      batch: samples,
      epochs: number('iterations'),
      seed,
      // Fixed for a process by whoever used TensorFlow first.
      threads: threadsInUse() ?? cores(),
    },
  };
  return parseConfig(config, 'the figure');
}

/** Two classes `delta` apart around 0 where that is asked; else evenly from 0 or from -1 to 1. */
function alphasOf(settings: FigureSettings): number[] {
  const { delta } = settings;
  if (typeof delta === 'number') return [-delta / 2, delta / 2];
  if (settings['numbers'] === 'aroundZero') return [];
  const classes = numberOf(settings, 'classes');
  return Array.from({ length: classes }, (_, c) => c / (classes - 1));
}
