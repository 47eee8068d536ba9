/** The part of a Config that says how labels are corrupted. */
import * as v from 'valibot';
import { allowed, kindOf, kindsPart, list, seed, share, shownAs, text, whole } from './fields.ts';

/** By the name that the data have for it, or by its number. */
const oneClass = v.union([whole(0, 999), text], allowed('class'));

/** How labels are corrupted. Fields after `seed` are read by some kinds and have defaults. */
export const NoiseSchema = kindsPart({
  kind: kindOf('noises'),
  /** The chance that a label is changed, 0 to 1. Kinds with rates of their own do not read it. */
  rate: share,
  seed,
  /** Row = true class, column = given class, rows add up to 1. */
  matrix: v.optional(shownAs(list(list(share, 1000), 1000), 'matrix'), []),
  /** The rate of each class. */
  rates: v.optional(list(share, 1000), []),
  /** Classes that are mistaken for each other; empty for those that are known of the data. */
  groups: v.optional(shownAs(list(list(oneClass, 1000), 1000), 'groups'), []),
  /** What each class becomes; empty for what is known of the data. */
  becomes: v.optional(shownAs(list(oneClass, 1000), 'classes'), []),
  /** The class whose labels are changed. */
  class: v.optional(shownAs(oneClass, 'class'), 0),
  /** How many labels are changed. */
  count: v.optional(whole(0, 1_000_000), 100),
});

export type NoiseConfig = v.InferOutput<typeof NoiseSchema>;
