/** A figure of the paper as it is told: panels to draw, facts, findings, and the fields that change it. */
import * as v from 'valibot';
import { FieldSchema, idSchema } from '../catalogue/field.ts';
import { PhraseSchema } from '../words/phrase.ts';

/** A colour by its meaning, or a place on the ramp that orders lines (0 least, 1 most). */
export const FigureInkSchema = v.union([
  v.picklist(['given', 'truth', 'holdout', 'test', 'stop', 'other', 'total']),
  v.object({ level: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
]);
export type FigureInk = v.InferOutput<typeof FigureInkSchema>;

/** A point, with a spread around it (`low` to `high`, in units of y) where there is one. */
export const FigurePointSchema = v.object({
  x: v.number(),
  y: v.number(),
  low: v.optional(v.number()),
  high: v.optional(v.number()),
});

/** An axis; `title` says quantity and unit. */
export const FigureAxisSchema = v.object({
  title: PhraseSchema,
  scale: v.picklist(['linear', 'log']),
  /** How ticks are written; `percent` takes shares, 0 to 1. */
  format: v.picklist(['number', 'percent']),
  min: v.optional(v.number()),
  max: v.optional(v.number()),
});
export type FigureAxis = v.InferOutput<typeof FigureAxisSchema>;

/** Points that belong together, under one name in the legend. */
export const FigureSeriesSchema = v.object({
  name: PhraseSchema,
  ink: FigureInkSchema,
  dash: v.picklist(['solid', 'dashed', 'dotted']),
  /** Joined by a line, or points alone, or both. */
  draw: v.picklist(['line', 'points', 'both']),
  mark: v.picklist(['dot', 'ring', 'cross', 'square']),
  /** 0.1 to 1: fainter series lie behind. */
  opacity: v.optional(v.number(), 1),
  points: v.array(FigurePointSchema),
});
export type FigureSeries = v.InferOutput<typeof FigureSeriesSchema>;

const base = { id: v.string(), title: PhraseSchema };

/** Lines and points on two axes. */
export const FigureChartSchema = v.object({
  kind: v.literal('chart'),
  ...base,
  x: FigureAxisSchema,
  y: FigureAxisSchema,
  series: v.array(FigureSeriesSchema),
  /** Named lines across the whole chart. */
  rules: v.array(v.object({ axis: v.picklist(['x', 'y']), at: v.number(), name: PhraseSchema })),
  /** Both axes on one scale, as for places in a plane. */
  square: v.optional(v.boolean(), false),
});

/** Counts in bins, one histogram over another. */
export const FigureHistogramSchema = v.object({
  kind: v.literal('histogram'),
  ...base,
  x: FigureAxisSchema,
  y: FigureAxisSchema,
  /** Edges of the bins, one more than there are counts. */
  edges: v.array(v.number()),
  series: v.array(
    v.object({ name: PhraseSchema, ink: FigureInkSchema, counts: v.array(v.number()) }),
  ),
});

/** A matrix as colours, with its numbers where there is room. */
export const FigureHeatSchema = v.object({
  kind: v.literal('heat'),
  ...base,
  rows: v.array(v.string()),
  columns: v.array(v.string()),
  values: v.array(v.array(v.number())),
  /** What the colours mean. */
  legend: PhraseSchema,
});

/** One picture of a figure. */
export const FigurePanelSchema = v.variant('kind', [
  FigureChartSchema,
  FigureHistogramSchema,
  FigureHeatSchema,
]);
export type FigurePanel = v.InferOutput<typeof FigurePanelSchema>;
export type FigureChart = v.InferOutput<typeof FigureChartSchema>;
export type FigureHistogram = v.InferOutput<typeof FigureHistogramSchema>;
export type FigureHeat = v.InferOutput<typeof FigureHeatSchema>;

/** A value of a field. */
export const FigureSettingSchema = v.union([
  v.number(),
  v.pipe(v.string(), v.maxLength(4096)),
  v.pipe(v.array(v.number()), v.maxLength(100)),
]);
/** The field of a figure that names what it reads: data of the lab's own, or the path of a person's. */
export const FIGURE_DATA = 'data';
/** The values of all fields of a figure. */
export const FigureSettingsSchema = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(40)), FigureSettingSchema),
  v.check((settings) => Object.keys(settings).length <= 40, 'at most 40 fields'),
  v.metadata({ readsFrom: FIGURE_DATA }),
);
export type FigureSettings = v.InferOutput<typeof FigureSettingsSchema>;

/** A figure that can be made. Its words are the texts `paper.figures.<id>.…`. */
export const FigureInfoSchema = v.object({
  id: idSchema,
  /** What stands before its name in a list: its number, or the sign of what it shows. */
  sign: v.string(),
  /** Where a list has it: among the figures of experiments, or those of the theory. */
  group: v.picklist(['figures', 'theory']),
  /** What a person may change; a field's name is the text `figures.fields.<id>`. */
  fields: v.array(FieldSchema),
  /** Named sets of values, the first of which is where a person begins. */
  sizes: v.array(v.object({ id: v.string(), settings: FigureSettingsSchema })),
  /** Made at once when a setting changes; the others are started, and take a while. */
  instant: v.boolean(),
});
export type FigureInfo = v.InferOutput<typeof FigureInfoSchema>;

/** A figure as far as it has been made. */
export const FigureViewSchema = v.object({
  id: v.string(),
  settings: FigureSettingsSchema,
  state: v.picklist(['empty', 'partial', 'complete']),
  panels: v.array(FigurePanelSchema),
  /** Numbers beside the pictures. */
  facts: v.array(v.object({ name: PhraseSchema, value: v.string() })),
  /** What was found, in sentences. */
  findings: v.array(PhraseSchema),
  /** The folder that holds what it was made from; null where nothing is kept. */
  folder: v.nullable(v.string()),
});
export type FigureView = v.InferOutput<typeof FigureViewSchema>;
