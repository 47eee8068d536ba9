/** The part of a Config that says how labels are corrupted. */
import * as v from 'valibot';
import { allowed, list, real, seed, text, whole } from './fields.ts';

/** By the name that the data have for it, or by its number. */
const oneClass = v.union([whole(0, 999), text], allowed('class'));
const share = real(0, 1);

/** How labels are corrupted. Fields after `seed` belong to single kinds and have defaults. */
export const NoiseSchema = v.strictObject({
  kind: v.picklist([
    'none',
    'symmetric',
    'uniform',
    'pair',
    'block',
    'asymmetric',
    'matrix',
    'sampled',
    'instance',
    'difficulty',
    'per-class',
    'one-class',
    'count',
    'clusters',
  ]),
  /** The chance that a label is changed, 0 to 1. Kinds with rates of their own do not read it. */
  rate: real(0, 1),
  seed,
  /** `matrix`: row = true class, column = given class, rows add up to 1. */
  matrix: v.optional(list(list(share, 1000), 1000), []),
  /** `per-class`: the rate of each class. */
  rates: v.optional(list(share, 1000), []),
  /** `block`: classes that are mistaken for each other; empty for those that are known of the data. */
  groups: v.optional(list(list(oneClass, 1000), 1000), []),
  /** `asymmetric`: what each class becomes; empty for what is known of the data. */
  becomes: v.optional(list(oneClass, 1000), []),
  /** `one-class`: the class whose labels are changed. */
  class: v.optional(oneClass, 0),
  /** `count`: how many labels are changed. */
  count: v.optional(whole(0, 1_000_000), 100),
  /** `sampled`: the share of the off-diagonal places that are 0. */
  sparsity: v.optional(share, 0),
});

export type NoiseConfig = v.InferOutput<typeof NoiseSchema>;
