/** What the core and the main process tell unasked, each with a schema. */
import * as v from 'valibot';
import { PhraseSchema } from '../words/phrase.ts';
import { LANGUAGE_CHOICES } from '../words/texts.ts';
import { FigureViewSchema } from './figures.ts';
import {
  EpochDetailSchema,
  EpochViewSchema,
  RunRowSchema,
  RunViewSchema,
  VerdictSchema,
} from './records.ts';

/** What happens unasked. */
export const EventSchema = v.variant('event', [
  v.object({ event: v.literal('core.ready') }),
  /** `id` is the run that was going on. */
  v.object({ event: v.literal('core.crashed'), message: PhraseSchema, id: v.nullable(v.string()) }),
  v.object({
    event: v.literal('run.progress'),
    id: v.string(),
    phase: v.picklist(['preparing', 'training', 'paused']),
    /** The epoch being trained, and how far into it, 0 to 1. */
    epoch: v.number(),
    fraction: v.number(),
    /** The last that is planned; null where nobody knows. */
    epochs: v.nullable(v.number()),
    secondsLeft: v.nullable(v.number()),
  }),
  /** Reading data takes a while; `share` is 0 to 1, or null where the whole is not known yet. */
  v.object({
    event: v.literal('data.progress'),
    share: v.nullable(v.number()),
    doing: PhraseSchema,
  }),
  /** The run's parts before its first epoch (`epochs` empty). */
  v.object({ event: v.literal('run.started'), id: v.string(), view: RunViewSchema }),
  v.object({
    event: v.literal('run.epoch'),
    id: v.string(),
    view: EpochViewSchema,
    detail: EpochDetailSchema,
    verdict: v.nullable(VerdictSchema),
    secondsLeft: v.nullable(v.number()),
  }),
  v.object({ event: v.literal('run.ended'), id: v.string(), row: RunRowSchema }),
  /** Labels are being audited; `share` of all work is done, 0 to 1. */
  v.object({
    event: v.literal('labels.progress'),
    id: v.string(),
    share: v.number(),
    secondsLeft: v.nullable(v.number()),
  }),
  /** The audit is there, was stopped, or failed. */
  v.object({ event: v.literal('labels.ended'), id: v.string(), problem: v.nullable(PhraseSchema) }),
  /** A figure is being made; `share` of all work is done, 0 to 1. */
  v.object({
    event: v.literal('paper.progress'),
    id: v.string(),
    share: v.number(),
    secondsLeft: v.nullable(v.number()),
    doing: PhraseSchema,
  }),
  /** More of it is there. */
  v.object({ event: v.literal('paper.view'), view: FigureViewSchema }),
  /** It is complete, was stopped, or failed. */
  v.object({ event: v.literal('paper.ended'), id: v.string(), problem: v.nullable(PhraseSchema) }),
  /** From the menu or a start-up flag. */
  v.object({
    event: v.literal('host.command'),
    command: v.picklist([
      'train',
      'new',
      'openFile',
      'openFolder',
      'openLog',
      'openArchive',
      'report',
      'place.lab',
      'place.runs',
      'place.data',
      'place.log',
      'place.paper',
      'place.labels',
      'place.help',
    ]),
  }),
  /** Chosen in the menu. */
  v.object({ event: v.literal('host.language'), language: v.picklist(LANGUAGE_CHOICES) }),
]);
export type LabEvent = v.InferOutput<typeof EventSchema>;
