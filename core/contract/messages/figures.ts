/** A figure of the paper as it is told: panels to draw, facts, findings, and the fields that change it. */
import * as v from 'valibot';
import { FieldSchema, idSchema } from '../catalogue/field.ts';
import { PhraseSchema } from '../words/phrase.ts';
import { AxisSchema, ChartSpecSchema, InkSchema } from './charts.ts';

const base = { id: v.string(), title: PhraseSchema };

/** Counts in bins, one histogram over another. */
export const FigureHistogramSchema = v.object({
  kind: v.literal('histogram'),
  ...base,
  x: AxisSchema,
  y: AxisSchema,
  /** Edges of the bins, one more than there are counts. */
  edges: v.array(v.number()),
  series: v.array(v.object({ name: PhraseSchema, ink: InkSchema, counts: v.array(v.number()) })),
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
  /** The values of the first and the last colour, where matrices are compared; the least and the greatest if not given. */
  range: v.optional(v.strictTuple([v.number(), v.number()])),
});

/** One picture of a figure. */
export const FigurePanelSchema = v.variant('kind', [
  ChartSpecSchema,
  FigureHistogramSchema,
  FigureHeatSchema,
]);
export type FigurePanel = v.InferOutput<typeof FigurePanelSchema>;
export type FigureHistogram = v.InferOutput<typeof FigureHistogramSchema>;
export type FigureHeat = v.InferOutput<typeof FigureHeatSchema>;

/** A value of a field. */
export const FigureSettingSchema = v.union([
  v.number(),
  v.boolean(),
  v.pipe(v.string(), v.maxLength(4096)),
  v.pipe(v.array(v.number()), v.maxLength(100)),
]);
/** The field of a figure that names what it reads: data of the lab's own, or the path of a person's. */
export const FIGURE_DATA = 'data';
/** Its value in a size that needs a person's own, until they are chosen. */
export const NO_DATA = '';
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
  /** Where a list has it: among the figures of experiments, those of the theory, or what goes beyond the paper. */
  group: v.picklist(['figures', 'theory', 'beyond']),
  /** What a person may change; a field's name is the text `figures.fields.<id>`. */
  fields: v.array(FieldSchema),
  /** Named sets of values, the first of which is where a person begins. */
  sizes: v.array(v.object({ id: v.string(), settings: FigureSettingsSchema })),
  /** Made at once when a setting changes; the others are started, and take a while. */
  instant: v.boolean(),
  /** Its runs may end before their last epoch, so that a time told beforehand is the most it takes. */
  endsEarly: v.optional(v.boolean()),
});
export type FigureInfo = v.InferOutput<typeof FigureInfoSchema>;

/** A table beside the pictures: numbers as text, and names that are told in each language. */
export const FigureTableSchema = v.object({
  title: PhraseSchema,
  head: v.array(PhraseSchema),
  /** As long as the head each. */
  rows: v.array(v.array(v.union([v.string(), PhraseSchema]))),
});
export type FigureTable = v.InferOutput<typeof FigureTableSchema>;

/** A figure as far as it has been made. */
export const FigureViewSchema = v.object({
  id: v.string(),
  settings: FigureSettingsSchema,
  state: v.picklist(['empty', 'partial', 'complete']),
  panels: v.array(FigurePanelSchema),
  /** Numbers beside the pictures. */
  facts: v.array(v.object({ name: PhraseSchema, value: v.string() })),
  tables: v.optional(v.array(FigureTableSchema)),
  /** What was found, in sentences. */
  findings: v.array(PhraseSchema),
  /** The folder that holds what it was made from; null where nothing is kept. */
  folder: v.nullable(v.string()),
});
export type FigureView = v.InferOutput<typeof FigureViewSchema>;
