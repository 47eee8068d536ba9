/** How far the weights have moved from where they began: in all, by layer, and how fast. */
import { DASHES } from '../../messages/charts.ts';
import type { ChartSpec, Series } from '../../messages/charts.ts';
import type { EpochView, Verdict } from '../../messages/records.ts';
import { significant } from '../../words/numbers.ts';
import { asWritten } from '../../words/phrase.ts';
import type { Phrase } from '../../words/phrase.ts';
import { plain } from '../../words/plain.ts';
import { chart, numbers, phrase, seriesOf } from '../parts.ts';
import { epochAxis, LABEL_ROOM, stopMark } from './course.ts';
import type { Course } from './course.ts';

/** Dashes of layers; a solid line is that of all weights, a dotted one their speed. */
const LAYER_DASHES = DASHES.filter((dash) => dash !== 'solid' && dash !== 'dotted');

/** The layers that weights are counted in. */
export function layerNames(epochs: readonly EpochView[]): string[] {
  return Object.keys(epochs.at(-1)?.record.distanceByLayer ?? {});
}

/** How much the relative distance grew in an epoch. @param i its place */
export function speedAt(epochs: readonly EpochView[], i: number): number {
  const before = epochs[i - 1]?.record.relativeDistance;
  const here = epochs[i]?.record.relativeDistance;
  return before === undefined || here === undefined ? 0 : Math.abs(here - before);
}

/** Whether the distance from the start is known: weights of a recorded training are not seen. */
export function hasDistance(epochs: readonly EpochView[]): boolean {
  return epochs.some(({ record }) => record.relativeDistance !== undefined);
}

/** The chart. */
export function distanceChart(course: Course): ChartSpec {
  const { epochs, lastEpoch, verdict } = course;
  const axes = {
    x: epochAxis(lastEpoch),
    y: numbers(phrase('chart.relativeDistance'), { min: 0, nice: true, ticks: 5 }),
  };
  const layers = layerNames(epochs).map((layer, i) => layerSeries(epochs, layer, i));
  const speed = epochs.length > 2 ? [speedSeries(epochs)] : [];
  const series = [...layers, ...speed, totalSeries(epochs)];
  return chart('distance', phrase('lab.distance.title'), axes, series, {
    second: numbers(phrase('chart.speed'), { min: 0, nice: true }),
    stop: stopMark(course, verdict && stopLabel(verdict, epochs), 'top'),
    labelRoom: LABEL_ROOM,
  });
}

/** A layer's part of the distance, in the same unit as the total. */
function layerPart({ record }: EpochView, layer: string): number {
  const { distance, relativeDistance, distanceByLayer } = record;
  if (!distance || relativeDistance === undefined) return 0;
  return ((distanceByLayer[layer] ?? 0) * relativeDistance) / distance;
}

const named = (name: Phrase, value: number | undefined): Phrase =>
  value === undefined ? name : phrase('chart.named', { name, value: significant(value, 3) });

function layerSeries(epochs: readonly EpochView[], layer: string, i: number): Series {
  const last = epochs.at(-1);
  const name = asWritten(plain(layer));
  const points = epochs.map((view) => ({ x: view.record.epoch, y: layerPart(view, layer) }));
  return seriesOf(name, { layer: i }, points, {
    dash: LAYER_DASHES[i % LAYER_DASHES.length]!,
    width: 1.5,
    quiet: true,
    endLabel: named(name, last && layerPart(last, layer)),
  });
}

function speedSeries(epochs: readonly EpochView[]): Series {
  const name = phrase('chart.speed');
  const points = epochs
    .slice(1)
    .map((view, i) => ({ x: view.record.epoch, y: speedAt(epochs, i + 1) }));
  const look = { dash: 'dotted', width: 1.25, opacity: 0.7 } as const;
  return seriesOf(name, 'axis', points, { ...look, quiet: true, secondary: true, endLabel: name });
}

function totalSeries(epochs: readonly EpochView[]): Series {
  const name = phrase('chart.all');
  const points = epochs.map(({ record: { epoch, relativeDistance = 0 } }) => ({
    x: epoch,
    y: relativeDistance,
  }));
  const endLabel = named(name, epochs.at(-1)?.record.relativeDistance);
  return seriesOf(name, 'total', points, { width: 2.25, endLabel });
}

function stopLabel({ phase, epoch }: Verdict, epochs: readonly EpochView[]): Phrase {
  const there = epochs.find(({ record }) => record.epoch === epoch);
  const value = significant(there?.record.relativeDistance, 3);
  return phase === 'past'
    ? phrase('lab.distance.atStop', { value })
    : phrase('lab.distance.atEpoch', { value, epoch: String(epoch) });
}
