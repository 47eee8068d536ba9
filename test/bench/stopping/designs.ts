/**
 * The runs that the stopping rule is fitted to and evaluated on: many kinds, drawn from a seed. Runs on
 * MNIST and on clusters are for fitting; runs on every other data set, and networks that no fitting
 * run has, are never looked at but to be evaluated.
 */
import { randomOf } from '../../../core/random.ts';
import type { Random } from '../../../core/random.ts';

/** Where the data sets lie that are not built in; those without a path are left out. */
export interface Sources {
  fashion: string | null;
  cifar: string | null;
  cifarLabels: string | null;
  digits: string | null;
}

/** One run to make. */
export interface Design {
  id: string;
  /** Fitted to, or only ever evaluated on. */
  use: 'fit' | 'never';
  /** The data set's short name. */
  data: string;
  /** A Config, not yet parsed. */
  config: unknown;
}

type Kind = 'mnist' | 'clusters' | 'fashion' | 'cifar' | 'digits';

const COUNTS: Record<Kind, number> = {
  mnist: 84,
  clusters: 28,
  fashion: 74,
  cifar: 34,
  digits: 20,
};

const NETWORKS: Record<Kind, object[]> = {
  mnist: [
    { preset: 'lenet' },
    { preset: 'lenet' },
    { preset: 'mlp', widths: [256, 128] },
    { preset: 'mlp', widths: [512, 256] },
    { preset: 'softmax' },
  ],
  clusters: [
    { preset: 'mlp', widths: [128, 64] },
    { preset: 'mlp', widths: [512] },
  ],
  fashion: [
    { preset: 'lenet' },
    { preset: 'mlp', widths: [256, 128] },
    { preset: 'cifar-cnn', widths: [16, 32, 64, 64] },
    { preset: 'mlp', widths: [1024], activation: 'tanh' },
  ],
  cifar: [
    { preset: 'lenet' },
    { preset: 'cifar-cnn', widths: [16, 32, 64, 64] },
    { preset: 'mlp' },
  ],
  digits: [
    { preset: 'mlp', widths: [64, 32] },
    { preset: 'mlp', widths: [512] },
  ],
};

const OPTIMIZERS = [
  { optimizer: 'momentum', learningRate: 0.01 },
  { optimizer: 'momentum', learningRate: 0.02 },
  { optimizer: 'momentum', learningRate: 0.005 },
  { optimizer: 'sgd', learningRate: 0.1 },
  { optimizer: 'sgd', learningRate: 0.03 },
  { optimizer: 'nesterov', learningRate: 0.01 },
  { optimizer: 'adam', learningRate: 0.001 },
  { optimizer: 'adam', learningRate: 0.0005 },
  { optimizer: 'adamw', learningRate: 0.001, weightDecay: 0.05 },
  { optimizer: 'adadelta', learningRate: 1 },
];

const NOISES = [
  { kind: 'none', rate: 0 },
  { kind: 'symmetric', rate: 0.1 },
  { kind: 'symmetric', rate: 0.2 },
  { kind: 'symmetric', rate: 0.4 },
  { kind: 'symmetric', rate: 0.4 },
  { kind: 'symmetric', rate: 0.6 },
  { kind: 'uniform', rate: 0.5 },
  { kind: 'pair', rate: 0.2 },
  { kind: 'pair', rate: 0.3 },
  { kind: 'pair', rate: 0.4 },
  { kind: 'instance', rate: 0.3 },
  { kind: 'sampled', rate: 0.3, sparsity: 0.5 },
];
const KNOWN_PAIRS = [
  { kind: 'asymmetric', rate: 0.2 },
  { kind: 'asymmetric', rate: 0.4 },
];

const one = <T>(values: readonly T[], random: Random): T => values[random.below(values.length)]!;

/** Every run, the same for the same sources. */
export function designs(sources: Sources): Design[] {
  const available: Record<Kind, boolean> = {
    mnist: true,
    clusters: true,
    fashion: sources.fashion !== null,
    cifar: sources.cifar !== null,
    digits: sources.digits !== null,
  };
  return (Object.keys(COUNTS) as Kind[])
    .filter((kind) => available[kind])
    .flatMap((kind) => Array.from({ length: COUNTS[kind] }, (_, i) => designOf(kind, i, sources)));
}

function designOf(kind: Kind, i: number, sources: Sources): Design {
  const random = randomOf(i, `stopping/${kind}`);
  const epochs = one([30, 40, 40, 60, 80], random);
  const { data, human } = dataOf(kind, i, sources, random);
  const noises = kind === 'mnist' || kind === 'cifar' ? [...NOISES, ...KNOWN_PAIRS] : NOISES;
  const noise = { ...(human ? NOISES[0] : one(noises, random)), seed: i };
  const network = one(NETWORKS[kind], random);
  const training = {
    momentum: 0.9,
    batch: one([32, 64, 128], random),
    epochs,
    seed: i,
    threads: 1,
    ...one(OPTIMIZERS, random),
    ...scheduleOf(epochs, random),
    ...(random.below(6) === 0 ? { labelSmoothing: 0.1 } : {}),
    ...(kind === 'cifar' && random.below(3) === 0 ? { augment: 'flip-crop' } : {}),
  };
  const id = `${kind}-${String(i).padStart(3, '0')}`;
  const use = kind === 'mnist' || kind === 'clusters' ? 'fit' : 'never';
  return { id, use, data: kind, config: { name: id, data, noise, network, training } };
}

function scheduleOf(epochs: number, random: Random): object {
  const steps = { schedule: 'step', decayEvery: Math.floor(epochs / 3), decayFactor: 0.1 };
  const cosine = { schedule: 'cosine', warmup: 3 };
  return one([{}, {}, {}, steps, cosine, { warmup: 2 }], random);
}

/** Holds 1,000 samples out, or as many as there are; every tenth run of a large set 5,000. */
function dataOf(
  kind: Kind,
  i: number,
  sources: Sources,
  random: Random,
): { data: object; human: boolean } {
  const base = { seed: i, labelsAreTrue: true };
  const human = kind === 'cifar' && i % 3 === 0 && sources.cifarLabels !== null;
  switch (kind) {
    case 'cifar': {
      const source = { ...base, source: sources.cifar, train: 2000, holdoutShare: 0.5, test: 3000 };
      const labelsField = one(
        ['worse_label', 'worse_label', 'aggre_label', 'random_label1'],
        random,
      );
      const reading = { labelsFile: sources.cifarLabels, labelsField };
      return { data: human ? { ...source, reading } : source, human };
    }
    case 'digits':
      return {
        data: { ...base, source: sources.digits, train: 700, holdoutShare: 2 / 7, test: 897 },
        human,
      };
    default: {
      const train = i % 10 === 9 ? 5000 : one([1000, 2000, 4000, 6000], random);
      const held = { train, holdoutShare: i % 10 === 9 ? 1 : 1000 / train };
      const cut = { ...base, ...held, test: 10_000 };
      if (kind === 'mnist') return { data: { ...cut, source: 'mnist' }, human };
      if (kind === 'fashion') return { data: { ...cut, source: sources.fashion }, human };
      const clusters = {
        clusters: one([20, 60, 120], random),
        classes: one([3, 6, 10], random),
        dimension: one([15, 30], random),
        samples: 11_000,
        eps0: one([0.9, 1.1, 1.25], random),
      };
      return { data: { ...cut, source: 'clusters', clusters }, human };
    }
  }
}
