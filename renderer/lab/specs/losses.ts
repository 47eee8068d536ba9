/** Losses of samples with right and with wrong labels, at one epoch. */
import type { EpochView } from '../../../core/protocol/index.ts';
import type { Point } from '../../chart/decimate.ts';
import type { Palette } from '../../chart/palette.ts';
import type { ChartSpec, Series, TableData } from '../../chart/spec.ts';
import { count, significant, tick } from '../../format.ts';

/** Bins as the outline of bars: each holds until the next begins. */
function outline(bins: readonly number[], max: number): Point[] {
  const width = max / bins.length;
  const points = bins.map((y, i) => ({ x: i * width, y }));
  return [...points, { x: max, y: bins.at(-1) ?? 0 }];
}

/** The ink of samples of which nobody knows whether their label is right. */
export function allInk({ axis }: Palette): Palette['given'] {
  return { line: axis, text: axis };
}

/** The two histograms; one where nobody knows which labels are wrong. */
export function lossesSpec(view: EpochView, truthKnown: boolean, palette: Palette): ChartSpec {
  const { max, right, wrong } = view.histogram;
  const bars = (name: string, bins: readonly number[], ink: Palette['given']): Series => ({
    name,
    ink,
    width: 1.25,
    fill: 0.45,
    stepped: true,
    points: outline(bins, max),
  });
  return {
    series: truthKnown
      ? [bars('right labels', right, palette.truth), bars('wrong labels', wrong, palette.given)]
      : [bars('all labels', right, allInk(palette))],
    x: {
      title: 'loss of a sample',
      min: 0,
      max,
      format: tick,
      ticks: 6,
    },
    y: { title: 'samples', min: 0, format: count, ticks: 4 },
  };
}

/** The bins as a table. */
export function lossesTable(view: EpochView): TableData {
  const { max, right, wrong } = view.histogram;
  const width = max / right.length;
  return {
    columns: ['loss from', 'to', 'right labels', 'wrong labels'],
    rows: right.map((value, i) => [
      significant(i * width),
      i === right.length - 1 ? 'beyond' : significant((i + 1) * width),
      value,
      wrong[i] ?? 0,
    ]),
  };
}
