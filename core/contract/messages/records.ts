/** What a run tells: epoch records, the verdict, and the views that the window draws. */
import * as v from 'valibot';
import { ConfigSchema } from '../config/schema.ts';
import { PhraseSchema } from '../words/phrase.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const measured = v.optional(v.number());

/** One row of `metrics.jsonl`; the names are the contract of the run folder. Accuracies are 0 to 1. */
export const EpochRecordSchema = v.object({
  /** 0 is before training. */
  epoch: count,
  trainLoss: v.number(),
  /** Against the labels as given. */
  trainAccuracy: v.number(),
  /** Against the true labels, where they are known. */
  trainAccuracyTrue: measured,
  holdoutLoss: measured,
  /** On a part of the given, noisy data that is kept from training. */
  holdoutAccuracy: measured,
  testLoss: measured,
  testAccuracy: measured,
  /** Frobenius norm of W - W0 over all trainable weights; not there of a training that was recorded. */
  distance: measured,
  /** `distance` divided by the norm of W0. */
  relativeDistance: measured,
  /** For each layer, the Frobenius norm of its part of W - W0. */
  distanceByLayer: v.optional(v.record(v.string(), v.number()), {}),
  /** Training samples whose predicted class differs from the epoch before; absent at epoch 0. */
  predictionChanges: v.optional(count),
  /** Mean loss of the samples whose given label is the true one, where that is known. */
  lossTrueLabels: measured,
  /** Mean loss of the samples whose given label is wrong, where that is known and there are some. */
  lossWrongLabels: measured,
  /** Wall time of the epoch, measuring included. */
  seconds: v.number(),
});
export type EpochRecord = v.InferOutput<typeof EpochRecordSchema>;

/** Where to stop, why and how sure. Never reads test columns or true labels. */
export const VerdictSchema = v.object({
  /** The recommended epoch. */
  epoch: count,
  /** First and last epoch of the range: those that are statistically indistinguishable from it. */
  low: count,
  high: count,
  /** How sure it is that the best epoch lies in the range, 0 to 1. */
  confidence: v.number(),
  /** The chance that an epoch to come is better than the best so far, 0 to 1. */
  chanceAhead: v.number(),
  /** Expected loss of accuracy (0 to 1) against the best epoch so far; null where it cannot be told. */
  expectedLoss: v.nullable(v.number()),
  /** The signals it rests on: its text is `verdict.methods`. */
  method: v.string(),
  /** `learning`: the best may be ahead. `past`: it lies behind. `flat`: no sign of overfitting. */
  phase: v.picklist(['learning', 'past', 'flat']),
  /** Whether the last epoch's hold-out is clearly worse than the recommended one's. */
  endsLower: v.optional(v.boolean()),
  /** Whether the range is all that was measured, so that nothing tells epochs apart. */
  allAlike: v.optional(v.boolean()),
  why: v.array(PhraseSchema),
  /** What each known rule says by itself; the text of `rule` is `verdict.rules`. */
  candidates: v.array(v.object({ rule: v.string(), epoch: count })),
});
export type Verdict = v.InferOutput<typeof VerdictSchema>;

/** What the window draws of every epoch. */
export const EpochViewSchema = v.object({
  record: EpochRecordSchema,
  /** Corrupted training samples by what the network calls them; null where the truth is unknown or none is wrong. */
  outcomes: v.nullable(v.object({ recovered: count, memorized: count, other: count })),
});
export type EpochView = v.InferOutput<typeof EpochViewSchema>;

/** What the window draws of one epoch at a time, and asks for when it does. */
export const EpochDetailSchema = v.object({
  epoch: count,
  /** Losses of training samples in equal bins from 0 to `max` (the last bin takes what lies beyond). */
  histogram: v.object({ max: v.number(), right: v.array(count), wrong: v.array(count) }),
  /** Prediction and loss of each sample of the wall, in its order. */
  wall: v.object({ predicted: v.array(count), loss: v.array(v.number()) }),
});
export type EpochDetail = v.InferOutput<typeof EpochDetailSchema>;

/** One sample of the wall over the epochs of a run, from the first on. */
export const SampleCourseSchema = v.object({
  epochs: v.array(count),
  predicted: v.array(count),
  loss: v.array(v.number()),
});
export type SampleCourse = v.InferOutput<typeof SampleCourseSchema>;

/** A sample as a picture. */
export const SampleViewSchema = v.object({
  /** Its place in the data set's training part. */
  index: count,
  given: count,
  /** Null where it is not known. */
  truth: v.nullable(count),
  /** base64 of height x width x channels bytes, 0 to 255, row by row; of a table, a shade a column. */
  pixels: v.string(),
  /** The first numbers of a table's row, in the order of its columns; null for a picture. */
  row: v.nullable(v.array(v.number())),
});
export type SampleView = v.InferOutput<typeof SampleViewSchema>;

/** What a data set holds. */
export const DataViewSchema = v.object({
  name: v.string(),
  /** The kind, such as `CIFAR-10, binary`. */
  format: PhraseSchema,
  /** Height, width, channels. */
  shape: v.tuple([count, count, count]),
  classes: v.array(v.string()),
  trainAvailable: count,
  testAvailable: count,
  /** Training samples of each class, by the labels as given. */
  classCounts: v.array(count),
  /** The same by the true labels; null where the disk does not tell them besides. */
  trueCounts: v.nullable(v.array(count)),
  /** Test samples of each class; null where there is no test part. */
  testCounts: v.nullable(v.array(count)),
  /** Training samples whose given label is not the true one; null where the truth is not known. */
  wrongLabels: v.nullable(count),
  /** What was guessed while reading. */
  inferred: v.array(PhraseSchema),
  /** Names of the columns of a table, after one-hot encoding. */
  columns: v.array(v.string()),
  /** Missing values by column, before they were dropped or filled in. */
  missing: v.array(v.object({ column: v.string(), count })),
});
export type DataView = v.InferOutput<typeof DataViewSchema>;

/** Training samples that repeat an earlier one byte for byte. */
export const DuplicatesSchema = v.object({
  exact: count,
  /** Those whose label is not that of the first such sample. */
  disagreeing: count,
});
export type DuplicatesView = v.InferOutput<typeof DuplicatesSchema>;

/** What noise did to the training labels, beside what was asked of it. */
export const NoiseFactsSchema = v.object({
  /** `matrix[true][given]`: how many training samples; from the label on disk where truth is unknown. */
  matrix: v.array(v.array(count)),
  wrong: count,
  total: count,
  /** `wrong` as a share of `total`. */
  realizedRate: v.number(),
  /** The shares that are expected at the places of `matrix`; null where the kind's definition gives none. */
  asked: v.nullable(v.array(v.array(v.number()))),
  /** The share of wrong labels that is expected: by `asked`, or else the rate in the config. */
  askedRate: v.number(),
  /** Whether the true labels are known; else `wrong` counts labels that differ from those on disk. */
  truthKnown: v.optional(v.boolean(), true),
});
export type NoiseFacts = v.InferOutput<typeof NoiseFactsSchema>;

/** What noise does to the chosen training samples. */
export const NoiseViewSchema = v.object({
  ...NoiseFactsSchema.entries,
  /** The first samples of the training part, with their labels. */
  strip: v.array(SampleViewSchema),
});
export type NoiseView = v.InferOutput<typeof NoiseViewSchema>;

/** A network's layers, for the drawing. */
export const NetworkViewSchema = v.object({
  title: PhraseSchema,
  parameters: count,
  /** The input first. `size` is what to write under a layer: `28²`, `6`, `120`. */
  layers: v.array(
    v.object({
      name: v.string(),
      kind: v.string(),
      size: v.string(),
      units: count,
      parameters: count,
    }),
  ),
});
export type NetworkView = v.InferOutput<typeof NetworkViewSchema>;

/** Where a run stands. */
export const RunStatusSchema = v.picklist([
  'running',
  'paused',
  'finished',
  'stopped',
  'interrupted',
  'failed',
]);
export type RunStatus = v.InferOutput<typeof RunStatusSchema>;

/** What is known of a training that another program did, and recorded. */
export const RecordFactsSchema = v.object({
  name: v.string(),
  /** The framework, as the recorder names it. */
  framework: v.string(),
  /** The folder of the record. */
  folder: v.string(),
  /** Whether predictions are those of the training steps, and not of the model after each epoch. */
  during: v.boolean(),
  /** Epochs that are planned; null where it was not told. */
  epochs: v.nullable(count),
  /** Samples of the hold-out. */
  holdout: count,
});
export type RecordFacts = v.InferOutput<typeof RecordFactsSchema>;

/** One line of the Runs table. */
export const RunRowSchema = v.object({
  id: v.string(),
  name: v.string(),
  status: RunStatusSchema,
  /** Why it failed. */
  problem: v.nullable(PhraseSchema),
  /** Null of a training that another program did. */
  config: v.nullable(ConfigSchema),
  /** Null of a run that the lab trained. */
  recorded: v.nullable(RecordFactsSchema),
  /** The share of training labels that are wrong, 0 to 1; null where the truth is not known. */
  wrongShare: v.optional(v.nullable(v.number()), null),
  /** The newest epoch on disk; -1 where there is none. */
  lastEpoch: v.number(),
  /** Epochs that were planned and not trained, since the run stopped by itself; 0 otherwise. */
  savedEpochs: count,
  recommended: v.nullable(count),
  testAtStop: v.nullable(v.number()),
  testBest: v.nullable(v.number()),
  testLast: v.nullable(v.number()),
  relativeDistance: v.nullable(v.number()),
  /** ISO 8601. */
  created: v.string(),
  /**
   * Test accuracy by epoch (hold-out where there is no test), for the sparkline; of a long run only so
   * many values, evenly spaced.
   */
  spark: v.array(v.number()),
});
export type RunRow = v.InferOutput<typeof RunRowSchema>;

/** A run as it is opened: all its epochs, without the details of each. */
export const RunViewSchema = v.object({
  row: RunRowSchema,
  classes: v.array(v.string()),
  shape: v.tuple([count, count, count]),
  /** Names of a table's columns; empty for pictures, and for a run of a version that did not keep them. */
  columns: v.array(v.string()),
  /** What was guessed as the data were read. */
  inferred: v.array(PhraseSchema),
  trainCount: count,
  holdoutCount: count,
  testCount: count,
  /** Null where the truth is unknown. */
  wrongLabels: v.nullable(count),
  /** Null for a run of a version that did not keep it. */
  noise: v.nullable(NoiseFactsSchema),
  /** Null where it is not known. */
  network: v.nullable(NetworkViewSchema),
  /** Up to 24 corrupted training samples; any samples where the truth is unknown or none is wrong. */
  wall: v.array(SampleViewSchema),
  epochs: v.array(EpochViewSchema),
  verdict: v.nullable(VerdictSchema),
  /** Epochs whose model was kept. */
  kept: v.array(count),
});
export type RunView = v.InferOutput<typeof RunViewSchema>;
