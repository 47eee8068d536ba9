/** The methods about audited labels, by who answers and who may ask. */
import * as v from 'valibot';
import { idSchema } from '../catalogue/field.ts';
import { DataSchema, NoiseSchema } from '../config/schema.ts';
import { PhraseSchema } from '../words/phrase.ts';
import { LANGUAGES } from '../words/texts.ts';
import {
  AuditViewSchema,
  ReviewCountsSchema,
  SampleDecisionSchema,
  SamplePlaceSchema,
  SuspectDetailSchema,
  SuspectFilterSchema,
  SuspectSchema,
} from './labels.ts';
import { nothing, oneRun, pathToWrite, runId } from './params.ts';

/** Who decides about labels, as files of reviews name them. */
const reviewer = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));

/** How a run's labels, as they are decided so far, are written to a file or folder. */
const labelsFile = {
  id: runId,
  format: idSchema,
  language: v.picklist(LANGUAGES),
};

/** What the page asks of the core. */
export const LABELS_PAGE_METHODS = {
  /** What is known of a run's labels; null where nobody has audited them yet. */
  'labels.open': { params: oneRun, result: v.object({ audit: v.nullable(AuditViewSchema) }) },
  /**
   * Begins to audit a run's labels; fails where something else is going on.
   * `folds`: trains so many times more, each without a part of the samples; null for none.
   */
  'labels.audit': {
    params: v.strictObject({
      id: runId,
      folds: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(20))),
    }),
    result: nothing,
  },
  /**
   * Estimates from a run how labels become wrong, for an experiment on some data and noise; fails where
   * something else is going on. `told`: where the matrix is from and how sure it is.
   */
  'labels.transition': {
    params: v.strictObject({ id: runId, data: DataSchema, noise: NoiseSchema }),
    result: v.object({
      matrix: NoiseSchema.entries.matrix,
      told: v.array(PhraseSchema),
    }),
  },
  /** Ends the audit, or the estimate, that is going on. */
  'labels.stop': { params: nothing, result: nothing },
  /**
   * A page of labels that may be wrong, the likeliest first. `total` counts all that fit the filter;
   * of their likely classes about `right` are, by their chances, the true ones.
   */
  'labels.suspects': {
    params: v.strictObject({
      id: runId,
      ...SuspectFilterSchema.entries,
      from: v.pipe(v.number(), v.integer(), v.minValue(0)),
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
    }),
    result: v.object({ total: v.number(), right: v.number(), suspects: v.array(SuspectSchema) }),
  },
  /** Why one label is suspected. */
  'labels.suspect': {
    params: v.strictObject({ id: runId, ...SamplePlaceSchema.entries }),
    result: SuspectDetailSchema,
  },
  /** Decides about some labels at once, which is undone at once. */
  'labels.decide': {
    params: v.strictObject({
      id: runId,
      reviewer,
      made: v.pipe(v.array(SampleDecisionSchema), v.minLength(1), v.maxLength(10_000)),
    }),
    result: v.object({ review: ReviewCountsSchema }),
  },
  /** Accepts the likely class of all labels that fit a filter and are not decided yet. */
  'labels.acceptAll': {
    params: v.strictObject({ id: runId, reviewer, ...SuspectFilterSchema.entries }),
    result: v.object({ accepted: v.number(), review: ReviewCountsSchema }),
  },
  /** Takes back what was decided last; `samples` are those it was about, none where there was nothing. */
  'labels.undo': {
    params: v.strictObject({ id: runId, reviewer }),
    result: v.object({ samples: v.array(SamplePlaceSchema), review: ReviewCountsSchema }),
  },
  /** Trains a run's experiment once more on its labels as they are decided. */
  'labels.trainAgain': { params: oneRun, result: oneRun },
} as const;

/** What the page asks of the main process. */
export const LABELS_HOST_METHODS = {
  /** Asks where to, then has the core write a run's labels; null where the person cancelled. */
  'host.saveLabels': {
    params: v.strictObject(labelsFile),
    result: v.object({ path: v.nullable(v.string()) }),
  },
  /**
   * Asks for a file of the labels that several people gave, then has the core keep them with the run;
   * `added` is false where the person cancelled.
   */
  'host.addAnnotators': { params: oneRun, result: v.object({ added: v.boolean() }) },
  /** Asks for the file of another person's review, then has the core add it; null where cancelled. */
  'host.mergeReview': {
    params: oneRun,
    result: v.object({ review: v.nullable(ReviewCountsSchema) }),
  },
} as const;

/** What only the main process asks of the core. */
export const LABELS_MAIN_METHODS = {
  'labels.write': {
    params: v.strictObject({ ...labelsFile, path: pathToWrite }),
    result: v.object({ path: v.string() }),
  },
  /** Keeps the labels of annotators with a run, from a file that a person opened; it is to be audited anew. */
  'labels.annotate': {
    params: v.strictObject({ id: runId, path: pathToWrite }),
    result: nothing,
  },
  /** Adds the decisions of a file that a person opened. */
  'labels.merge': {
    params: v.strictObject({ id: runId, path: pathToWrite }),
    result: v.object({ review: ReviewCountsSchema }),
  },
} as const;
