import type { Config, RunRow } from '../core/protocol/index.ts';
import { count, sourceName } from './format.ts';
import { noiseShort } from './noise.ts';

/** A name that says what an experiment is, for who does not want to find one. */
export function ownName(config: Config): string {
  const name = `${sourceName(config.data.source)}, ${noiseName(config.noise)}`;
  // A name is typed, searched and written to files: its spaces are plain ones.
  return name.replaceAll('\u00a0', ' ').slice(0, 120);
}

/** `40 % symmetric noise`, `no noise`, or what there is instead of a rate. */
export function noiseName(noise: Config['noise']): string {
  if (noise.kind === 'none') return 'no noise';
  const short = noiseShort(noise);
  return noise.kind === 'count' ? short : `${short} noise`;
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

const STATUS_WORDS: Record<RunRow['status'], string> = {
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
  stopped: 'Stopped',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

/** Where a run stands, in a word or two. */
export function statusWord({
  status,
  savedEpochs,
}: Pick<RunRow, 'status' | 'savedEpochs'>): string {
  return savedEpochs > 0 ? 'Stopped by itself' : STATUS_WORDS[status];
}
