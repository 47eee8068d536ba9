/**
 * A chart as it is told: lines, areas and points on two axes, free of colours and of a language. It is
 * drawn as SVG (`contract/drawing`) or, where it lives and is pointed at, by chart.js (`renderer/chart`).
 */
import * as v from 'valibot';
import { PhraseSchema } from '../words/phrase.ts';

const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A colour by its meaning, a place on the ramp that orders lines (0 least, 1 most), or one of a kind by its place. */
export const InkSchema = v.union([
  v.picklist(['given', 'truth', 'holdout', 'test', 'stop', 'other', 'total', 'axis']),
  v.object({ level: share }),
  v.object({ layer: place }),
  v.object({ run: place }),
]);
export type Ink = v.InferOutput<typeof InkSchema>;

/** How lines are told apart without colour, the clearest first. */
export const DASHES = [
  'solid',
  'dashed',
  'dotted',
  'dashDot',
  'spaced',
  'short',
  'dashDotDot',
] as const;
export type Dash = (typeof DASHES)[number];

/** A point, with a spread around it (`low` to `high`, in units of y) where there is one. */
export const PointSchema = v.object({
  x: v.number(),
  y: v.number(),
  low: v.optional(v.number()),
  high: v.optional(v.number()),
});
export type Point = v.InferOutput<typeof PointSchema>;

/** An axis; `title` says quantity and unit. */
export const AxisSchema = v.object({
  title: PhraseSchema,
  scale: v.picklist(['linear', 'log']),
  /** How ticks are written; `percent` takes shares, 0 to 1; `whole` has ticks at whole numbers alone. */
  format: v.picklist(['number', 'percent', 'whole']),
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  /** At most so many ticks with words. */
  ticks: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
  /** The distance of ticks, where it is not left to who draws. */
  step: v.optional(v.pipe(v.number(), v.gtValue(0))),
  /** An open end lies at a round number, so that it seldom moves while values come in. */
  nice: v.optional(v.boolean()),
});
export type Axis = v.InferOutput<typeof AxisSchema>;

/** Points that belong together, under one name. */
export const SeriesSchema = v.object({
  name: PhraseSchema,
  ink: InkSchema,
  dash: v.picklist(DASHES),
  /** Joined by a line, or points alone, or both. */
  draw: v.picklist(['line', 'points', 'both']),
  mark: v.picklist(['dot', 'ring', 'cross', 'square']),
  /** Of a line with points, only the first has the mark: it shows where the line begins. */
  marksStart: v.optional(v.boolean()),
  /** 0.1 to 1: fainter series lie behind. */
  opacity: v.optional(v.number(), 1),
  points: v.array(PointSchema),
  /** Of the line, in pixels beside small text of 12; 0 has none. */
  width: v.optional(v.pipe(v.number(), v.minValue(0))),
  /** Fills down to the axis, or to the series below in a stack, with this opacity. */
  fill: v.optional(share),
  /** A value holds until the next point, as the outline of bars does. */
  stepped: v.optional(v.boolean()),
  /** What to write at the line's end. */
  endLabel: v.optional(PhraseSchema),
  /** Measured by the chart's `second` axis. */
  secondary: v.optional(v.boolean()),
  /** Minor: its label gives way first, and the cursor puts no dot on it. */
  quiet: v.optional(v.boolean()),
});
export type Series = v.InferOutput<typeof SeriesSchema>;

/** The recommended place on the x axis, and the range around it; `low` is `high` where there is none. */
export const StopMarkSchema = v.object({
  at: v.number(),
  low: v.number(),
  high: v.number(),
  /** Stands beside the line; null where another chart says it. */
  label: v.nullable(PhraseSchema),
  /** Where the label is clear of the lines. */
  side: v.picklist(['top', 'bottom']),
});
export type StopMark = v.InferOutput<typeof StopMarkSchema>;

/** Lines, areas and points on two axes. */
export const ChartSpecSchema = v.object({
  kind: v.literal('chart'),
  id: v.string(),
  title: PhraseSchema,
  x: AxisSchema,
  y: AxisSchema,
  series: v.array(SeriesSchema),
  /** Named lines across the whole chart. */
  rules: v.array(v.object({ axis: v.picklist(['x', 'y']), at: v.number(), name: PhraseSchema })),
  /** Both axes on one scale, as for places in a plane. */
  square: v.optional(v.boolean(), false),
  /** A scale of its own, without ticks, for series that only show their course. */
  second: v.optional(AxisSchema),
  /** Series lie on top of each other, the first at the bottom; all have points at the same x. */
  stacked: v.optional(v.boolean()),
  stop: v.optional(StopMarkSchema),
  /** The best point in hindsight. */
  best: v.optional(v.object({ x: v.number(), y: v.number() })),
  /** Shades between two series (by their places) from an x on, coloured by which is above. */
  gap: v.optional(v.object({ upper: place, lower: place, from: v.number() })),
  /** Room at the right for labels at the lines' ends, in pixels beside small text of 12. */
  labelRoom: v.optional(v.pipe(v.number(), v.minValue(0))),
});
export type ChartSpec = v.InferOutput<typeof ChartSpecSchema>;
