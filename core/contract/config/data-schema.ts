/** The part of a Config that says which samples, how they are read, and how they are split. */
import * as v from 'valibot';
import {
  allowed,
  listSchema,
  pathOrNone,
  READS_SOURCE,
  realSchema,
  seed,
  text,
  wholeSchema,
} from './fields.ts';

/** How a data set is read where its files leave a choice. Every field has a default: to infer it. */
export const ReadingSchema = v.strictObject({
  /** The column (table, Parquet) or array (.npz) with the labels as given; empty to infer it. */
  labels: v.optional(text, ''),
  /** The column or array with the true labels, where there is one besides. */
  truth: v.optional(text, ''),
  /** A file of given labels for the training set, in its order (.npy, .pt, .csv); the labels on disk are then the true ones. */
  labelsFile: v.optional(pathOrNone, ''),
  /** Which array or column of `labelsFile`; empty to infer it. */
  labelsField: v.optional(text, ''),
  /** The column of file names in a table beside pictures; empty to infer it. */
  files: v.optional(text, ''),
  /** The side that pictures are resized to; 0 for the most usual one among them. */
  imageSize: v.optional(wholeSchema(0, 512), 0),
  colour: v.optional(v.picklist(['auto', 'colour', 'grey']), 'auto'),
  /** What to do with a table's missing values: `ask` refuses them and says how many there are. */
  missing: v.optional(v.picklist(['ask', 'drop', 'impute']), 'ask'),
});

/**
 * The (eps0, delta) clusterable data set of Li, Soltanolkotabi, Oymak (2019), made by `clusters`.
 * Every field has a default: those of their experiment.
 */
export const ClustersSchema = v.strictObject({
  /** Clusters, each with a centre on the unit sphere. */
  clusters: v.optional(wholeSchema(2, 65_536), 2),
  /** Classes; every one has a cluster at least. */
  classes: v.optional(wholeSchema(2, 256), 2),
  /** Numbers in a sample. */
  dimension: v.optional(wholeSchema(2, 65_536), 20),
  /** Training samples, and as many test samples. */
  samples: v.optional(wholeSchema(20, 1_000_000), 400),
  /** The farthest a sample may lie from its centre. */
  eps0: v.optional(realSchema(0, 2), 0.5),
  /** Whether samples lie `eps0` from their centre (`shell`, as in the paper), or up to that far (`ball`). */
  spread: v.optional(v.picklist(['ball', 'shell']), 'ball'),
  /** The number that each class stands for; empty for numbers evenly from -1 to 1. */
  alpha: v.optional(listSchema(realSchema(-1, 1), 256), []),
});

/** Which samples, and how they are split. Training and hold-out carry the noise; test never does. */
export const DataSchema = v.strictObject({
  /** `mnist` (shipped), `clusters` (made, as `clusters` below says), or the path of a file or folder. */
  source: v.pipe(
    v.string(),
    v.minLength(1, allowed('source')),
    v.maxLength(4096, allowed('source')),
    READS_SOURCE,
  ),
  reading: v.optional(ReadingSchema, {}),
  clusters: v.optional(ClustersSchema, {}),
  /** Samples to train on. */
  train: wholeSchema(20, 1_000_000),
  /** Hold-out samples, as a share of the training samples; taken from the noisy data, never trained on. */
  holdoutShare: realSchema(0, 1),
  /** Test samples used for scoring; 0 for none. Taken from the training set where the data have no test set. */
  test: wholeSchema(0, 1_000_000),
  /** False where the labels on disk may be wrong and the true ones are not known. */
  labelsAreTrue: v.boolean(),
  /**
   * A CSV file of corrections, laid over the given labels of training and hold-out, and over their noise:
   * a column `id` (or `part` and `index`), and `label`, which is empty where the sample is left out; where
   * there is `share`, so much of the label goes to that class, and the rest stays with the given one. Or
   * the table of an audit, whose flagged labels become those suggested. Empty for none.
   */
  corrections: v.optional(pathOrNone, ''),
  seed,
});

export type ClustersConfig = v.InferOutput<typeof ClustersSchema>;
export type ReadingConfig = v.InferOutput<typeof ReadingSchema>;
export type DataConfig = v.InferOutput<typeof DataSchema>;

/** Reads a data set as its files say, nothing chosen. */
export const inferAll: ReadingConfig = v.parse(ReadingSchema, {});
