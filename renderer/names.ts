import { inEnglish } from '../core/protocol/index.ts';
import type { Config, RunRow, Translate } from '../core/protocol/index.ts';
import { count, sourceName } from './format.ts';
import { noiseShort } from './noise.ts';
import { t } from './texts.ts';

/**
 * A name that says what an experiment is, for who does not want to find one. It is written to files
 * and reports, and stays with the run, so it is English in every language of the window.
 */
export function ownName(config: Config): string {
  const { data, noise } = config;
  const name = `${sourceName(data.source, inEnglish)}, ${noiseName(noise, inEnglish)}`;
  // A name is typed, searched and written to files: its spaces are plain ones.
  return name.replaceAll('\u00a0', ' ').slice(0, 120);
}

/** `40 % symmetric noise`, `no noise`, or what there is instead of a rate. */
export function noiseName(noise: Config['noise'], say: Translate = t): string {
  if (noise.kind === 'none') return say('noise.noNoise');
  const short = noiseShort(noise, say);
  return noise.kind === 'count' ? short : say('noise.named', { short });
}

/** `MNIST · 5,000 + 1,000`: source, training and hold-out samples. */
export function dataName(data: Config['data']): string {
  const holdout = Math.round(data.train * data.holdoutShare);
  const both = Number.isFinite(data.train) ? count(data.train) : '–';
  return `${sourceName(data.source)} · ${both}${holdout > 0 ? ` + ${count(holdout)}` : ''}`;
}

/** How a network is called where its own view is not at hand. */
export function networkName(preset: Config['network']['preset']): string {
  return t(`networks.short.${preset}`);
}

/** Where a run stands, in a word or two. */
export function statusWord({
  status,
  savedEpochs,
}: Pick<RunRow, 'status' | 'savedEpochs'>): string {
  return t(savedEpochs > 0 ? 'lab.status.byItself' : `lab.status.${status}`);
}
