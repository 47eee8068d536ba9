/** What the tests of noise share. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { inferAll, NoiseSchema } from '../../../core/contract/config/schema.ts';
import type { NoiseConfig } from '../../../core/contract/config/schema.ts';
import type { Labels } from '../../../core/data/labels.ts';
import { openDataset } from '../../../core/data/index.ts';
import { numbered } from '../../../core/noise/class-names.ts';
import type { NoiseInput } from '../../../core/noise/index.ts';

export type Wish = Partial<v.InferInput<typeof NoiseSchema>> &
  Pick<NoiseConfig, 'kind'> & { sparsity?: number };

/** Classes named by their numbers. */
export const digits = (classes: number): string[] =>
  Array.from({ length: classes }, (_, i) => String(i));

/** Labels in turn. */
export const inTurn = (n: number, classes: number): Uint8Array =>
  Uint8Array.from({ length: n }, (_, i) => i % classes);

/** An input without features; `more` replaces any field. */
export function inputOf(
  labels: Labels,
  wish: Wish,
  { classes = digits(10), ...more }: Partial<NoiseInput> = {},
): NoiseInput {
  return {
    labels,
    classes,
    seen: classes.map((_, label) => label),
    known: 'mnist',
    part: 'train',
    trainSize: labels.length,
    noise: numbered(v.parse(NoiseSchema, { rate: 0.4, seed: 0, ...wish }), classes),
    clusters: null,
    features: () => new Float32Array(1),
    probabilities: null,
    ...more,
  };
}

/** The 60,000 training labels of MNIST, and its pixels. */
export async function mnist(): Promise<{ labels: Uint8Array; pixels: Uint8Array }> {
  const { train } = await openDataset({ source: 'mnist', reading: inferAll });
  return { labels: train.labels as Uint8Array, pixels: train.values as Uint8Array };
}

/** The places where labels differ. */
export const changed = (a: Labels, b: Labels): number[] =>
  [...a.keys()].filter((i) => a[i] !== b[i]);

export const sha256 = (labels: Labels): string => createHash('sha256').update(labels).digest('hex');
