import type { Config } from '../core/protocol/index.ts';
import { count, shortPercent, sourceName } from './format.ts';

/** A name that says what an experiment is, for who does not want to find one. */
export function ownName(config: Config): string {
  const name = `${sourceName(config.data.source)}, ${noiseName(config.noise)}`;
  // A name is typed, searched and written to files: its spaces are plain ones.
  return name.replaceAll('\u00a0', ' ').slice(0, 120);
}

/** `40 % symmetric noise`, or `no noise`. */
export function noiseName(noise: Config['noise']): string {
  return noise.kind === 'none' ? 'no noise' : `${shortPercent(noise.rate)} ${noise.kind} noise`;
}

/** `MNIST · 5,000 + 1,000`: source, training and hold-out samples. */
export function dataName(data: Config['data']): string {
  const holdout = Math.round(data.train * data.holdoutShare);
  const both = Number.isFinite(data.train) ? count(data.train) : '–';
  return `${sourceName(data.source)} · ${both}${holdout > 0 ? ` + ${count(holdout)}` : ''}`;
}

const NETWORKS: Record<Config['network']['preset'], string> = {
  softmax: 'Softmax',
  mlp: 'MLP',
  lenet: 'LeNet',
  'paper-cnn': 'Paper CNN',
  'cifar-cnn': 'CIFAR CNN',
  resnet: 'ResNet',
  theory: 'Theory net',
};

/** How a network is called where its own view is not at hand. */
export function networkName(preset: Config['network']['preset']): string {
  return NETWORKS[preset];
}
