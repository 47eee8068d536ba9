/** The labels that a run is trained with: those on disk, with noise on top. */
import type { Config } from '../contract/config/schema.ts';
import { knownSet } from '../data/known.ts';
import { pick } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import { countClasses, valuesPerSample } from '../data/index.ts';
import type { Samples } from '../data/index.ts';
import { asked, corrupt, NOISES, numbered, realized } from '../noise/index.ts';
import type { Matrix, NoiseInput } from '../noise/index.ts';
import type { NoiseFacts } from '../contract/messages/records.ts';
import { corrected, lesserShares } from './corrections.ts';
import { probabilitiesOf } from './difficulty.ts';
import { scaled } from './features.ts';
import type { Ground, NoisyLabels } from './prepared.ts';

/**
 * Corrupts one part's labels.
 * @returns the labels, and what the noise did to them beside what was asked
 * @throws InputError where the noise does not fit the data
 */
export async function noisyLabels(
  ground: Ground,
  part: 'train' | 'holdout',
): Promise<NoisyLabels & { facts: NoiseFacts }> {
  const { dataset, split, data, corrections } = ground;
  const { train, classes } = dataset;
  const input = await noiseInput(ground, part);
  const noisy = corrupt(input);
  const given = corrections ? corrected(noisy, split[part], corrections) : noisy;
  const truth = truthOf(train.truth && pick(train.truth, split[part]), input.labels, data);
  const facts = factsOf(input, truth ?? input.labels, given, classes.length);
  const soft = corrections ? lesserShares(noisy, split[part], corrections) : null;
  return { given, truth, soft, facts: { ...facts, truthKnown: truth !== null } };
}

async function noiseInput(ground: Ground, part: 'train' | 'holdout'): Promise<NoiseInput> {
  const { dataset, split, scaling, noise } = ground;
  const { train, classes, shape, clusters } = dataset;
  const places = split[part];
  const size = valuesPerSample(shape);
  return {
    labels: pick(train.labels, places),
    classes,
    seen: seenIn(train, classes.length),
    known: knownSet(dataset),
    part,
    trainSize: split.train.length,
    noise: numbered(noise, classes),
    clusters: clusters ? Uint16Array.from(places, (place) => clusters[place]!) : null,
    features: (i) => scaled(train.values, places.subarray(i, i + 1), size, scaling),
    probabilities: NOISES.of(noise.kind).needsProbabilities
      ? (await probabilitiesOf(ground))[part]
      : null,
  };
}

/** Numbers of the classes that samples carry, given or true. */
function seenIn({ labels, truth }: Samples, classes: number): number[] {
  const counts = countClasses(labels, classes);
  const trueCounts = truth ? countClasses(truth, classes) : counts;
  return [...counts.keys()].filter((label) => counts[label]! + trueCounts[label]! > 0);
}

function truthOf(
  known: Labels | null,
  labels: Labels,
  { labelsAreTrue }: Config['data'],
): Labels | null {
  return known ?? (labelsAreTrue ? labels : null);
}

/** @param before the true labels, or those on disk where the truth is not known */
function factsOf(
  input: NoiseInput,
  before: Labels,
  given: Labels,
  classes: number,
): Omit<NoiseFacts, 'truthKnown'> {
  const { counts, wrong, rate } = realized(before, given, classes);
  const own = asked(input);
  // Where labels on disk are wrong already, the noise comes on top of them.
  const onDisk = realized(before, input.labels, classes);
  const expected = own && (onDisk.wrong > 0 ? product(onDisk.shares, own) : own);
  return {
    matrix: counts,
    wrong,
    total: given.length,
    realizedRate: rate,
    asked: expected,
    askedRate: expected ? rateOf(expected, countClasses(before, classes)) : input.noise.rate,
  };
}

/** The share of wrong labels that a matrix makes of samples. */
function rateOf(matrix: Matrix, counts: readonly number[]): number {
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.reduce((sum, n, label) => sum + n * (1 - matrix[label]![label]!), 0) / total;
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    row.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)),
  );
}
