/** The part of a Config that says how labels are corrupted. */
import * as v from 'valibot';
import {
  allowed,
  kindName,
  kindsPart,
  listSchema,
  seed,
  shareSchema,
  shownAs,
  text,
  wholeSchema,
} from './fields.ts';

/** By the name that the data have for it, or by its number. */
const oneClass = v.union([wholeSchema(0, 999), text], allowed('class'));

/** How labels are corrupted. Fields after `seed` are read by some kinds and have defaults. */
export const NoiseSchema = kindsPart({
  kind: kindName('noises'),
  /** The chance that a label is changed, 0 to 1. Kinds with rates of their own do not read it. */
  rate: shareSchema,
  seed,
  /** Row = true class, column = given class, rows add up to 1. */
  matrix: v.optional(shownAs(listSchema(listSchema(shareSchema, 1000), 1000), 'matrix'), []),
  /** The rate of each class. */
  rates: v.optional(listSchema(shareSchema, 1000), []),
  /** Classes that are mistaken for each other; empty for those that are known of the data. */
  groups: v.optional(shownAs(listSchema(listSchema(oneClass, 1000), 1000), 'groups'), []),
  /** What each class becomes; empty for what is known of the data. */
  becomes: v.optional(shownAs(listSchema(oneClass, 1000), 'classes'), []),
  /** The class whose labels are changed. */
  class: v.optional(shownAs(oneClass, 'class'), 0),
  /** How many labels are changed. */
  count: v.optional(wholeSchema(0, 1_000_000), 100),
});

export type NoiseConfig = v.InferOutput<typeof NoiseSchema>;
