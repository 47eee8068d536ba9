/** Losses of samples with right and with wrong labels, at one epoch. */
import type { EpochDetail } from '../../../../core/contract/messages/records.ts';
import type { Point } from '../../../chart/decimate.ts';
import type { Palette } from '../../../chart/palette.ts';
import type { ChartSpec, Series, TableData } from '../../../chart/spec.ts';
import { withSeparators, significant, tick } from '../../../words/format.ts';
import { t } from '../../../words/texts.ts';

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
export function lossesSpec(detail: EpochDetail, truthKnown: boolean, palette: Palette): ChartSpec {
  const { max, right, wrong } = detail.histogram;
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
      ? [
          bars(t('chart.rightLabels'), right, palette.truth),
          bars(t('chart.wrongLabels'), wrong, palette.given),
        ]
      : [bars(t('chart.allLabels'), right, allInk(palette))],
    x: {
      title: t('lab.losses.ofSample'),
      min: 0,
      max,
      format: tick,
      ticks: 6,
    },
    y: { title: t('lab.losses.samples'), min: 0, format: withSeparators, ticks: 4 },
  };
}

/** The bins as a table. */
export function lossesTable(detail: EpochDetail): TableData {
  const { max, right, wrong } = detail.histogram;
  const width = max / right.length;
  return {
    columns: [
      t('lab.losses.from'),
      t('lab.losses.to'),
      t('chart.rightLabels'),
      t('chart.wrongLabels'),
    ],
    rows: right.map((value, i) => [
      significant(i * width),
      i === right.length - 1 ? t('lab.losses.beyond') : significant((i + 1) * width),
      value,
      wrong[i] ?? 0,
    ]),
  };
}
