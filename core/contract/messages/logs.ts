/** What the window is told of a log that another program wrote. */
import { RATED_NOISES } from '../config/schema.ts';
import { PhraseSchema } from '../words/phrase.ts';
import * as v from 'valibot';
import { VerdictSchema } from './records.ts';

/** The signals that are looked for; test columns and true labels are not among them. */
export const LOG_SIGNALS = [
  'trainAccuracy',
  'holdoutAccuracy',
  'trainLoss',
  'holdoutLoss',
  'relativeDistance',
  'predictionChanges',
] as const;
/** What a column can be taken for. */
export const LOG_ROLES = ['epoch', 'step', ...LOG_SIGNALS] as const;

const columnName = v.pipe(v.string(), v.maxLength(4096));

/** Columns by what they are taken for; several mean their average, none leaves a signal out. */
export const LogColumnsSchema = v.partial(
  v.strictObject(
    v.entriesFromList(LOG_ROLES, v.pipe(v.array(columnName), v.maxLength(100), v.readonly())),
  ),
);
export type LogColumns = v.InferOutput<typeof LogColumnsSchema>;

/** Noise whose kind and rate the person knows. */
export const RatedNoiseSchema = v.strictObject({
  kind: v.picklist(RATED_NOISES),
  /** The share of wrong labels. */
  rate: v.pipe(v.number(), v.minValue(0), v.maxValue(0.99)),
});
export type RatedNoise = v.InferOutput<typeof RatedNoiseSchema>;

/** A Verdict in a log's own epochs or steps, which need not be whole numbers. */
export const LogVerdictSchema = v.object({
  ...VerdictSchema.entries,
  epoch: v.number(),
  low: v.number(),
  high: v.number(),
  candidates: v.array(v.object({ rule: v.string(), epoch: v.number() })),
});
export type LogVerdict = v.InferOutput<typeof LogVerdictSchema>;

/** A log, read and judged. */
export const LogViewSchema = v.object({
  path: v.string(),
  /** The kind of log, in words. */
  format: v.string(),
  /** Whether rows are named by steps, and not by epochs. */
  byStep: v.boolean(),
  /** In the order of epochs. */
  rows: v.array(
    v.object({
      /** The epoch or step as the log writes it. */
      at: v.number(),
      ...v.entriesFromList(LOG_SIGNALS, v.nullable(v.number())),
    }),
  ),
  columns: LogColumnsSchema,
  /** Columns that may be chosen; those of test data and true labels are not among them. */
  available: v.array(v.string()),
  /** Of those, measures that are neither accuracy nor loss, and which way is better. */
  measures: v.array(v.object({ name: v.string(), better: v.picklist(['higher', 'lower']) })),
  /** What was guessed, left out or put right while reading. */
  notes: v.array(PhraseSchema),
  verdict: v.nullable(LogVerdictSchema),
  /** Why there is no verdict; null where there is one. */
  problem: v.nullable(PhraseSchema),
});
export type LogView = v.InferOutput<typeof LogViewSchema>;
