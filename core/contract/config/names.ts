/** What experiments and their parts are called, by window, command line and reports alike. */
import type { Config, DataConfig, NoiseConfig } from './schema.ts';
import type { KindFace } from '../catalogue/kinds.ts';
import { textFor } from '../words/phrase.ts';
import type { Translate } from '../words/texts.ts';

/** The name of a file or folder without those above it. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** How people call a data source: `MNIST`, or the folder's name. */
export function sourceNameIn(source: string, say: Translate): string {
  if (source === 'clusters') return say('common.clusters');
  return source === 'mnist' ? 'MNIST' : baseName(source);
}

/** Whether a kind of noise reads a field; false of a kind that there is not. */
export const reads = (noises: Noises, kind: string, field: string): boolean =>
  noises.find(({ id }) => id === kind)?.reads.includes(field) ?? false;
type Noises = readonly KindFace[];

/** `40% symmetric`, or what there is instead of a rate. @param noises the kinds that there are */
export function noiseShortIn(
  { kind, rate, count }: NoiseConfig,
  say: Translate,
  noises: Noises,
): string {
  if (reads(noises, kind, 'count')) {
    return say('noise.wrongLabels', {
      count: Number.isFinite(count) ? count : 0,
      n: Number.isFinite(count) ? count.toLocaleString('en-US') : '–',
    });
  }
  const word = textFor(say, `noise.words.${kind}`);
  const percent = `${Number((rate * 100).toFixed(1))}%`;
  return reads(noises, kind, 'rate') ? say('noise.short', { rate: percent, kind: word }) : word;
}

/** `40% symmetric noise`, `no noise`, or what there is instead of a rate. */
export function noiseNameIn(noise: NoiseConfig, say: Translate, noises: Noises): string {
  if (noise.kind === 'none') return say('noise.noNoise');
  const short = noiseShortIn(noise, say, noises);
  return reads(noises, noise.kind, 'count') ? short : say('noise.named', { short });
}

/** What is wrong with the labels: synthetic noise, given labels from a file, or what nobody knows. */
export function labelsName(
  { data, noise }: Pick<Config, 'data' | 'noise'>,
  say: Translate,
  noises: Noises,
): string {
  const name = uncorrectedName({ data, noise }, say, noises);
  return data.corrections === '' ? name : say('noise.corrected', { labels: name });
}

function uncorrectedName(
  { data, noise }: Pick<Config, 'data' | 'noise'>,
  say: Translate,
  noises: Noises,
): string {
  const { labelsFile, labelsField } = data.reading;
  const own = labelsFile === '' ? null : labelsField || baseName(labelsFile);
  const given = own === null ? null : say('noise.labelsOf', { name: own });
  const known = own !== null || data.labelsAreTrue || data.reading.truth !== '';
  if (noise.kind === 'none') return given ?? say(known ? 'noise.noNoise' : 'noise.asOnDisk');
  const synthetic = noiseNameIn(noise, say, noises);
  return given === null ? synthetic : `${given}, ${synthetic}`;
}

/**
 * How many samples to train and to test on, at most as many as a data set has. Where it has no test
 * part, a fifth of the samples are tested on.
 */
export function fittingCounts(
  { train, test, holdoutShare }: Pick<DataConfig, 'train' | 'test' | 'holdoutShare'>,
  trainAvailable: number,
  testAvailable: number,
): Pick<DataConfig, 'train' | 'test'> {
  const tested = testAvailable > 0 ? 0 : Math.floor(trainAvailable / 5);
  const room = trainAvailable - tested;
  let most = Math.floor(room / (1 + holdoutShare));
  if (most + Math.round(most * holdoutShare) > room) most--;
  return {
    train: Math.min(train, Math.max(20, most)),
    test: Math.min(test, testAvailable > 0 ? testAvailable : tested),
  };
}
