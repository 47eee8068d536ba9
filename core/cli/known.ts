/** What the options of `analyze` say is known of a training. */
import { InputError } from '../contract/words/errors.ts';
import { checkedRows } from '../noise/matrix.ts';
import { readMatrixFile } from '../noise/matrix-file.ts';
import { RATED_NOISES } from '../contract/config/schema.ts';
import type { RatedNoiseKind } from '../contract/config/schema.ts';
import type { Known, KnownNoise } from '../stopping/known.ts';
import { wrongValue } from './usage.ts';
import type { ValueReader } from './usage.ts';

/** Kinds of noise that a rate is enough to know. */
export const ratedNoise: ValueReader<RatedNoiseKind> = (text) => {
  const kind = RATED_NOISES.find((id) => id === text);
  if (kind) return kind;
  throw wrongValue('--noise-kind', text, 'cli.wanted.oneOf', { values: RATED_NOISES });
};

/** Options that tell of noise; a rate or a matrix turns the rule on that uses it. */
export interface KnownOptions {
  /** Share of wrong labels. */
  noiseRate?: number;
  noiseKind?: RatedNoiseKind;
  /** A file with a transition matrix. */
  noiseMatrix?: string;
  classes?: number;
}

/** @throws InputError where options contradict each other, or the matrix cannot be read */
export async function knownFrom(options: KnownOptions): Promise<Known> {
  const noise = await noiseFrom(options);
  const rows = noise?.kind === 'matrix' ? noise.matrix.length : null;
  return { classes: options.classes ?? rows, noise };
}

async function noiseFrom(options: KnownOptions): Promise<KnownNoise | null> {
  const { noiseRate: rate, noiseKind: kind, noiseMatrix: path, classes } = options;
  if (path !== undefined) {
    if (rate !== undefined || kind !== undefined) throw new InputError('log.noiseTwice');
    const matrix = await readMatrixFile(path);
    return { kind: 'matrix', matrix: checkedRows(matrix, classes ?? matrix.length) };
  }
  if (rate === undefined && kind !== undefined) throw new InputError('log.noiseRateMissing');
  return rate === undefined ? null : { kind: kind ?? 'symmetric', rate };
}
