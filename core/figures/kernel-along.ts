/** One run whose tangent kernel is looked at, on some of its samples, at some of its epochs. */
import type { EpochRecord } from '../contract/messages/records.ts';
import type { FigureSettings } from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { phrase } from '../contract/drawing/parts.ts';
import type { Config } from '../contract/config/schema.ts';
import { valuesPerSample } from '../data/index.ts';
import type { State } from '../engine/session.ts';
import { threadsInUse } from '../engine/tensorflow.ts';
import { presets } from '../kinds/presets.ts';
import { parseConfig } from '../kinds/read.ts';
import { cores } from '../machine/cores.ts';
import { openNetworkKernel } from '../theory/network-kernel.ts';
import type { NetworkKernel } from '../theory/network-kernel.ts';
import type { Control } from '../training/breather.ts';
import { scaled } from '../training/features.ts';
import { prepare } from '../training/prepare.ts';
import type { NoisyLabels } from '../training/prepare.ts';
import { train } from '../training/train.ts';
import type { Making } from './figure.ts';
import { numberOf, numbersOf, textOf } from './settings.ts';

/** A run at an epoch that was asked for. */
export interface KernelMoment {
  record: EpochRecord;
  kernel: NetworkKernel;
  /** The weights now. */
  state: State;
  /** Labels of the kernel's samples. */
  labels: NoisyLabels;
  samples: number;
  outputs: number;
  /** Whether it is the last one. */
  isLast: boolean;
  /** Stops the look, and tells how far it is. */
  control: Control;
}

/** What is looked at: a name for the run, the rows of the Jacobian, and what a look is called. */
interface Watched {
  name: string;
  rowsOf: 'outputs' | 'label';
  doing: 'figures.doing.spectra' | 'figures.doing.kernels';
}

/**
 * Trains a run of settings with fields data, train, samples, rate, network, optimizer, moments, learningRate
 * and seed.
 * @param look is false where it was stopped
 * @throws InputError where the data do not fit, or the kernel is too large
 */
export async function watchKernel(
  { name, rowsOf, doing }: Watched,
  settings: FigureSettings,
  making: Making,
  look: (moment: KernelMoment) => Promise<boolean>,
): Promise<void> {
  const moments = [...new Set(numbersOf(settings, 'moments').map(Math.round))];
  const last = Math.max(...moments);
  const prepared = await prepare(configOf(name, settings, last));
  const { config, dataset, split, scaling, layers } = prepared;
  const samples = Math.min(numberOf(settings, 'samples'), config.data.train);
  const part = split.train.subarray(0, samples);
  const values = scaled(dataset.train.values, part, valuesPerSample(dataset.shape), scaling);
  const outputs = dataset.classes.length;
  const labels = {
    given: prepared.train.given.subarray(0, samples),
    truth: prepared.train.truth?.subarray(0, samples) ?? null,
  };
  const kernel = await openNetworkKernel(
    { layers, shape: dataset.shape, samples, outputs, rowsOf },
    values,
    config.training.threads,
    labels.given,
  );
  // Training is told as half of the work: how long a look takes beside it is not known before.
  const tell = (trained: number, looked: number, now: Phrase) =>
    making.progress(((last > 0 ? trained / last : 1) + looked / moments.length) / 2, now);
  const stopped = () => making.signal.aborted;
  let [trained, done] = [0, 0];
  const control: Control = {
    stopped,
    progress(_epoch, fraction) {
      tell(trained, done + fraction, phrase(doing, { done, of: moments.length }));
    },
  };
  const training: Control = {
    stopped,
    progress(epoch, fraction) {
      tell(epoch - 1 + fraction, done, phrase('figures.doing.epochs', { epoch, of: last }));
    },
  };
  try {
    for await (const { record, state } of train(prepared, training)) {
      trained = record.epoch;
      if (!moments.includes(record.epoch)) continue;
      const isLast = record.epoch === last;
      const now = { record, kernel, state: state(), labels, samples, outputs, isLast, control };
      if (!(await look(now))) break;
      done++;
    }
  } finally {
    kernel.dispose();
  }
}

function configOf(name: string, settings: FigureSettings, epochs: number): Config {
  const { data, noise, training } = presets().find(({ id }) => id === 'mnist-quick')!.config;
  const seed = numberOf(settings, 'seed');
  const config = {
    name,
    data: {
      ...data,
      source: textOf(settings, 'data'),
      train: numberOf(settings, 'train'),
      holdoutShare: 0,
      test: 0,
    },
    noise: { ...noise, kind: 'symmetric', rate: numberOf(settings, 'rate'), seed },
    network: { preset: textOf(settings, 'network') },
    training: {
      ...training,
      optimizer: textOf(settings, 'optimizer'),
      learningRate: numberOf(settings, 'learningRate'),
      epochs: Math.max(1, epochs),
      seed,
      threads: threadsInUse() ?? cores(),
    },
  };
  return parseConfig(config, name);
}
