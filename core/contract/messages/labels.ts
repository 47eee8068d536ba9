/** What an audit of a run's labels tells the window, and what a person decided about them. */
import * as v from 'valibot';
import { PhraseSchema } from '../words/phrase.ts';
import { SampleViewSchema } from './records.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.number();

/** A part of a run's samples. */
export const AuditedPartSchema = v.picklist(['train', 'holdout', 'test']);
export type AuditedPart = v.InferOutput<typeof AuditedPartSchema>;

/** A share, and where it lies with a chance of 95 %. */
export const RateSchema = v.object({ estimate: share, low: share, high: share });

/** One sample of a run: its part, and its place there as in `labels.npz`. */
export const SamplePlaceSchema = v.strictObject({ part: AuditedPartSchema, index: count });
export type SamplePlace = v.InferOutput<typeof SamplePlaceSchema>;

/** How finely chances are counted. */
export const CHANCE_BINS = 50;

/** Labels of one class taken to be truly of another. */
export const ClassPairSchema = v.object({
  given: count,
  /** The class that they likely are of. */
  likely: count,
  /** Flagged labels of the pair. */
  flagged: count,
  /** How many labels of the pair are expected: of all samples, and where it lies with a chance of 95 %. */
  expected: v.object({ estimate: v.number(), low: v.number(), high: v.number() }),
  /** How many there really are, which is hindsight; null where the truth is not known. */
  real: v.nullable(count),
});
export type ClassPair = v.InferOutput<typeof ClassPairSchema>;

/** What is told of one audited part. */
export const PartAuditSchema = v.object({
  part: AuditedPartSchema,
  samples: count,
  flagged: count,
  /** Labels by the chance that they are wrong, in `CHANCE_BINS` equal bins from 0 to 1. */
  bins: v.array(count),
  /** How many labels of each bin are expected to be wrong: the sums of their chances. */
  wrong: v.array(v.number()),
  /** The pairs of different classes, the most expected first; of many classes only so many. */
  pairs: v.array(ClassPairSchema),
  /** Of the flagged labels the share that is truly wrong, which is hindsight; null where nobody knows. */
  precision: v.nullable(share),
  /** Samples beside another one that looks the same and is labelled otherwise. */
  disagreeing: count,
  /** Samples that are like no other. */
  outliers: count,
});
export type PartAudit = v.InferOutput<typeof PartAuditSchema>;

/** How far a review has come. */
export const ReviewCountsSchema = v.object({
  /** Samples that were decided about. */
  looked: count,
  /** Of these, those whose label is changed. */
  changed: count,
  removed: count,
  unsure: count,
  /** Samples that reviewers decided differently about. */
  disputed: count,
  /** Whether there is something to undo. */
  undoable: v.boolean(),
  /** Names of everyone whose decisions are here. */
  reviewers: v.array(v.string()),
});
export type ReviewCounts = v.InferOutput<typeof ReviewCountsSchema>;

/** An audit as it is opened. */
export const AuditViewSchema = v.object({
  /** The id and the name of the run. */
  id: v.string(),
  name: v.string(),
  classes: v.array(v.string()),
  shape: v.tuple([count, count, count]),
  columns: v.array(v.string()),
  /** Of the training labels. */
  rate: RateSchema,
  /** The real one, which is hindsight; null where the truth is not known. */
  realRate: v.nullable(share),
  /** The share of true classes that the network tells, by its own estimate. */
  accuracy: share,
  /** Whether that is so little that its own errors look like wrong labels. */
  weak: v.boolean(),
  method: v.picklist(['folds', 'features', 'probabilities', 'votes']),
  notes: v.array(PhraseSchema),
  parts: v.array(PartAuditSchema),
  /** The epoch that the network was looked at, and the last epoch that was averaged over. */
  stop: count,
  end: count,
  /** About how long a thorough audit takes; null where it cannot be made. */
  thoroughSeconds: v.nullable(v.number()),
  review: ReviewCountsSchema,
  /** Runs that were trained on corrections of this one's labels, the newest first. */
  retrained: v.array(v.string()),
});
export type AuditView = v.InferOutput<typeof AuditViewSchema>;

/** What a person decided about one label. */
export const DecisionSchema = v.variant('choice', [
  /** It is this class: the suggested one, the given one, or another. */
  v.strictObject({ choice: v.literal('class'), class: count }),
  /** The sample is of no class, or of several: it is left out of training. */
  v.strictObject({ choice: v.literal('remove') }),
  v.strictObject({ choice: v.literal('unsure') }),
]);
export type Decision = v.InferOutput<typeof DecisionSchema>;

/** What is decided about one sample; null takes back what was. */
export const SampleDecisionSchema = v.strictObject({
  sample: SamplePlaceSchema,
  decision: v.nullable(DecisionSchema),
});
export type SampleDecision = v.InferOutput<typeof SampleDecisionSchema>;

/** Which suspects are listed. */
export const SuspectFilterSchema = v.strictObject({
  part: AuditedPartSchema,
  /** Given and likely class; null for any. */
  given: v.nullable(count),
  likely: v.nullable(count),
  /** Only labels whose chance to be wrong is at least this. */
  above: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  show: v.picklist(['all', 'open', 'decided', 'disputed', 'disagreeing', 'outliers']),
  /** In the file name, the row or the names of given and likely class; empty for all. */
  search: v.pipe(v.string(), v.maxLength(200)),
});
export type SuspectFilter = v.InferOutput<typeof SuspectFilterSchema>;

/** One label that may be wrong. */
export const SuspectSchema = v.object({
  part: AuditedPartSchema,
  index: count,
  /** Its file, or its row in the data set. */
  id: v.string(),
  given: count,
  /** The chance that the given label is wrong. */
  chance: share,
  likely: count,
  likelyChance: share,
  flagged: v.boolean(),
  decision: v.nullable(DecisionSchema),
  /** What others decided, where it differs. */
  others: v.array(v.object({ reviewer: v.string(), decision: DecisionSchema })),
  /** Null where the data are not at hand. Its `truth` is hindsight. */
  sample: v.nullable(SampleViewSchema),
});
export type Suspect = v.InferOutput<typeof SuspectSchema>;

/** A sample near another in what the network sees. */
export const NeighbourSchema = v.object({
  part: AuditedPartSchema,
  index: count,
  id: v.string(),
  given: count,
  /** Cosine of the angle between the features, -1 to 1. */
  likeness: v.number(),
  /** Whether the two are the same byte for byte. */
  same: v.boolean(),
  sample: v.nullable(SampleViewSchema),
});

/** Why a label is suspected. */
export const SuspectDetailSchema = v.object({
  /** What the network called it, epoch by epoch from the first; empty where nobody kept that. */
  predicted: v.array(count),
  /** The likeliest classes and their chances, the likeliest first. */
  chances: v.array(v.object({ class: count, chance: share })),
  neighbours: v.array(NeighbourSchema),
  /** What several people called it; empty where nobody did. */
  annotators: v.array(v.object({ name: v.string(), label: count })),
  /** Columns of a table whose values differ most from the neighbours', the most first. */
  unusual: v.array(v.object({ column: count, value: v.number(), usual: v.number() })),
});
export type SuspectDetail = v.InferOutput<typeof SuspectDetailSchema>;
