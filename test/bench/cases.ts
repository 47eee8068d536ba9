/** What the benchmark trains. */
import type { NetworkConfig, TrainingConfig } from '../../core/contract/config/schema.ts';
import type { SampleShape } from '../../core/data/dataset.ts';

/** A network with the size of its batches and its optimizer. */
export interface BenchCase {
  /** The name under which results are published. */
  net: string;
  network: Partial<NetworkConfig>;
  shape: SampleShape;
  samples: number;
  batch: number;
  optimizer: TrainingConfig['optimizer'];
  /** Cross-entropy where it is not given. */
  loss?: TrainingConfig['loss'];
}

const mnist = { shape: [28, 28, 1], samples: 2048 } as const;
const cifar = { shape: [32, 32, 3], samples: 2048 } as const;
/** Few samples of 20 numbers, all of them in every step. */
const gaussians = { shape: [20, 1, 1], samples: 400, batch: 400, loss: 'squared' } as const;
const theory = { preset: 'theory', activation: 'softplus' } as const;

/** Every case; the scripts in `test/bench/peers` know the same ones, as `net-batch`. */
export const CASES: readonly BenchCase[] = [
  {
    net: 'paper-cnn',
    network: { preset: 'paper-cnn' },
    ...mnist,
    batch: 128,
    optimizer: 'adadelta',
  },
  { net: 'lenet', network: { preset: 'lenet' }, ...mnist, batch: 128, optimizer: 'momentum' },
  { net: 'lenet', network: { preset: 'lenet' }, ...mnist, batch: 32, optimizer: 'momentum' },
  { net: 'mlp', network: { preset: 'mlp' }, ...mnist, batch: 64, optimizer: 'adam' },
  { net: 'resnet20', network: { preset: 'resnet' }, ...cifar, batch: 128, optimizer: 'momentum' },
  { net: 'theory', network: theory, ...gaussians, optimizer: 'sgd' },
];
