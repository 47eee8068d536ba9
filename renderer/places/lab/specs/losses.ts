/** Losses of samples with right and with wrong labels, at one epoch. */
import { chart, numbers, phrase, seriesOf } from '../../../../core/contract/drawing/parts.ts';
import type { ChartSpec, Ink, Point, Series } from '../../../../core/contract/messages/charts.ts';
import type { EpochDetail } from '../../../../core/contract/messages/records.ts';
import type { TextKey } from '../../../../core/contract/words/texts.ts';
import type { TableData } from '../../../chart/spec.ts';
import { significant } from '../../../words/format.ts';
import { t } from '../../../words/texts.ts';

/** Bins as the outline of bars: each holds until the next begins. */
function outline(bins: readonly number[], max: number): Point[] {
  const width = max / bins.length;
  const points = bins.map((y, i) => ({ x: i * width, y }));
  return [...points, { x: max, y: bins.at(-1) ?? 0 }];
}

/** The two histograms; one where nobody knows which labels are wrong. */
export function lossesChart(detail: EpochDetail, truthKnown: boolean): ChartSpec {
  const { max, right, wrong } = detail.histogram;
  const bars = (name: TextKey, bins: readonly number[], ink: Ink): Series =>
    seriesOf(phrase(name), ink, outline(bins, max), { width: 1.25, fill: 0.45, stepped: true });
  const axes = {
    x: numbers(phrase('lab.losses.ofSample'), { min: 0, max, ticks: 6 }),
    y: numbers(phrase('lab.losses.samples'), { min: 0, nice: true, ticks: 4 }),
  };
  const series = truthKnown
    ? [bars('chart.rightLabels', right, 'truth'), bars('chart.wrongLabels', wrong, 'given')]
    : [bars('chart.allLabels', right, 'axis')];
  return chart('losses', phrase('lab.losses.title', { epoch: detail.epoch }), axes, series);
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
