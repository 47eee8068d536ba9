/** The data sets with wrong labels that the bench of labels judges methods on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../../core/kinds/read.ts';
import type { Config } from '../../../core/contract/config/schema.ts';

/** Where the data sets lie that are not built in; those whose path is not there are left out. */
export interface Sources {
  /** The folder of Fashion-MNIST's four files. */
  fashion: string;
  /** The folder that `test/bench/stopping/prepare.py` and `test/bench/labels/sets.py` write. */
  sets: string;
}

/** One kind of wrong labels on one data set. */
export interface LabelSet {
  id: string;
  config: (seed: number) => Config;
}

const lenet = { preset: 'lenet' };
const momentum = { optimizer: 'momentum', learningRate: 0.01, momentum: 0.9 };
const MNIST = { train: 4000, holdoutShare: 0.25, test: 2000, labelsAreTrue: true };
const CIFAR = { train: 4000, holdoutShare: 0.25, test: 1000, labelsAreTrue: true };

/** Every set whose data are there. */
export function labelSets({ fashion, sets }: Sources): LabelSet[] {
  const mnist = (id: string, kind: string, rate: number) => made(id, 'mnist', kind, rate);
  const digits = join(sets, 'digits.csv');
  const cifar = join(sets, 'cifar.npz');
  const human = (name: string) => ({
    id: `CIFAR-10N ${name}`,
    config: (seed: number) =>
      configOf(seed, {
        data: {
          ...CIFAR,
          source: cifar,
          reading: { labelsFile: join(sets, 'cifar-labels.csv'), labelsField: `${name}_label` },
        },
        noise: { kind: 'none', rate: 0 },
        network: { preset: 'cifar-cnn', widths: [16, 32, 64, 64] },
        training: { ...momentum, batch: 64, epochs: 30 },
      }),
  });
  return [
    mnist('MNIST clean', 'none', 0),
    mnist('MNIST symmetric 20 %', 'symmetric', 0.2),
    mnist('MNIST symmetric 40 %', 'symmetric', 0.4),
    mnist('MNIST pair 30 %', 'pair', 0.3),
    mnist('MNIST asymmetric 40 %', 'asymmetric', 0.4),
    mnist('MNIST instance 35 %', 'instance', 0.35),
    ...(existsSync(fashion)
      ? [
          made('Fashion symmetric 30 %', fashion, 'symmetric', 0.3),
          made('Fashion pair 30 %', fashion, 'pair', 0.3),
        ]
      : []),
    ...(existsSync(cifar) ? [human('worse'), human('aggre')] : []),
    ...(existsSync(digits) ? [digitsSet(digits)] : []),
  ];
}

function made(id: string, source: string, kind: string, rate: number): LabelSet {
  return {
    id,
    config: (seed) =>
      configOf(seed, {
        data: { ...MNIST, source },
        noise: { kind, rate },
        network: lenet,
        training: { ...momentum, batch: 64, epochs: 30 },
      }),
  };
}

function digitsSet(source: string): LabelSet {
  return {
    id: 'digits symmetric 20 %',
    config: (seed) =>
      configOf(seed, {
        data: { source, train: 1000, holdoutShare: 0.3, test: 400, labelsAreTrue: true },
        noise: { kind: 'symmetric', rate: 0.2 },
        network: { preset: 'mlp', widths: [128, 64] },
        training: { ...momentum, batch: 32, epochs: 40 },
      }),
  };
}

/** A Config whose every draw hangs on the seed. */
function configOf(
  seed: number,
  parts: { data: object; noise: object; network: object; training: object },
): Config {
  return parseConfig(
    {
      name: 'labels',
      data: { ...parts.data, seed },
      noise: { ...parts.noise, seed },
      network: parts.network,
      training: { ...parts.training, seed, threads: 1 },
    },
    'labels',
  );
}
