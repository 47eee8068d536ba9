/** Folders of sweeps, as the window shows them while results arrive. */
import * as v from 'valibot';
import { openedPath } from '../config/fields.ts';
import { PhraseSchema } from '../words/phrase.ts';
import { runId } from './params.ts';
import { RunStatusSchema } from './records.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const SweepRowSchema = v.object({
  /** What opens the run; null where it is not finished. */
  id: v.nullable(runId),
  /** The name of its folder. */
  folder: v.string(),
  /** Its values of the swept fields, in the order of the sweep's `fields`. */
  values: v.array(v.string()),
  status: v.union([RunStatusSchema, v.literal('not started')]),
  /** Why it failed or could not begin. */
  problem: v.nullable(PhraseSchema),
  /** Epochs trained, and those that are planned. */
  epochs: count,
  planned: count,
  savedEpochs: count,
  recommended: v.nullable(count),
  testAtStop: v.nullable(v.number()),
  testBest: v.nullable(v.number()),
  testLast: v.nullable(v.number()),
});
/** One run of a sweep, as far as it has come. */
export type SweepRow = v.InferOutput<typeof SweepRowSchema>;

const SweepViewSchema = v.object({
  path: v.string(),
  /** Fields that are swept over, such as `noise.rate`. */
  fields: v.array(v.string()),
  runs: v.array(SweepRowSchema),
});
/** A sweep's folder at a moment. */
export type SweepView = v.InferOutput<typeof SweepViewSchema>;

/** Methods of the page that the core answers. */
export const SWEEP_METHODS = {
  /**
   * Reads a sweep's folder; no queue is asked.
   * `asked`: the person says that it is one; else `sweep` is null where it is none.
   */
  'sweep.open': {
    params: v.strictObject({ path: openedPath, asked: v.boolean() }),
    result: v.object({ sweep: v.nullable(SweepViewSchema) }),
  },
} as const;
