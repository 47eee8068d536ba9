/** What is trained in both precisions. */
import { parseConfig } from '../../../core/kinds/read.ts';
import type { Config } from '../../../core/contract/config/schema.ts';
import { cores } from '../../../core/machine/cores.ts';

/** Data, noise and network; every draw hangs on the seed. */
export interface PrecisionSet {
  id: string;
  config: (seed: number) => Config;
}

interface Sources {
  fashion: string;
  cifar: string;
  exists: (path: string) => boolean;
}

const momentum = { optimizer: 'momentum', learningRate: 0.01, momentum: 0.9, batch: 64 };
const part = { train: 4000, holdoutShare: 0.25, test: 2000, labelsAreTrue: true };
const lenet = { data: part, network: { preset: 'lenet' }, training: { ...momentum, epochs: 30 } };
const paperCnn = {
  data: { ...part, train: 2000 },
  network: { preset: 'paper-cnn' },
  training: { optimizer: 'adadelta', learningRate: 1, momentum: 0.9, batch: 128, epochs: 15 },
};
const cifarCnn = {
  data: { ...part, test: 1000 },
  network: { preset: 'cifar-cnn', widths: [16, 32, 64, 64] },
  training: { ...momentum, epochs: 30 },
};
const CLEAN = { kind: 'none', rate: 0 };
const NOISY = { kind: 'symmetric', rate: 0.4 };

/** Those whose data are there, each with right labels and with 40 % symmetric noise. */
export function precisionSets({ fashion, cifar, exists }: Sources): PrecisionSet[] {
  const all = [
    { id: 'MNIST, LeNet', source: 'mnist', parts: lenet },
    { id: "MNIST, the paper's CNN", source: 'mnist', parts: paperCnn },
    { id: 'Fashion, LeNet', source: fashion, parts: lenet },
    { id: 'CIFAR-10, CNN', source: cifar, parts: cifarCnn },
  ].filter(({ source }) => source === 'mnist' || exists(source));
  return all.flatMap(({ id, source, parts }) =>
    ([['clean', CLEAN] as const, ['40 % wrong', NOISY] as const] as const).map(([name, noise]) => ({
      id: `${id}, ${name}`,
      config: (seed: number) =>
        parseConfig(
          {
            name: id,
            data: { ...parts.data, source, seed },
            noise: { ...noise, seed },
            network: parts.network,
            training: { ...parts.training, seed, threads: cores() },
          },
          id,
        ),
    })),
  );
}
