/** Accuracy by epoch, or by distance from start (the paper's Figure 3). */
import { markWords } from '../../../../core/contract/messages/verdict.ts';
import type { EpochRecord, EpochView } from '../../../../core/contract/messages/records.ts';
import type { TextKey } from '../../../../core/contract/words/texts.ts';
import { DASH } from '../../../chart/palette.ts';
import type { Palette } from '../../../chart/palette.ts';
import type { ChartSpec, Series, TableData } from '../../../chart/spec.ts';
import { percent, significant, tick } from '../../../words/format.ts';
import { bestInHindsight } from '../../../words/rules.ts';
import { t } from '../../../words/texts.ts';
import { epochAxis, shareAxis, stopMark } from '../../../chart/epoch-spec.ts';
import type { Material } from '../../../chart/epoch-spec.ts';

export type Abscissa = 'epoch' | 'distance';
type Accuracy = 'trainAccuracy' | 'trainAccuracyTrue' | 'holdoutAccuracy' | 'testAccuracy';

interface Line {
  key: Accuracy;
  name: TextKey;
  ink: 'given' | 'truth' | 'holdout' | 'test';
  width: number;
}

const LINES: Line[] = [
  { key: 'holdoutAccuracy', name: 'chart.holdout', ink: 'holdout', width: 2 },
  { key: 'trainAccuracyTrue', name: 'chart.trueLabels', ink: 'truth', width: 2 },
  { key: 'trainAccuracy', name: 'chart.asGiven', ink: 'given', width: 2.25 },
  { key: 'testAccuracy', name: 'chart.test', ink: 'test', width: 2.75 },
];

/** Where an epoch lies on the x axis. */
export function abscissaOf(abscissa: Abscissa): (view: EpochView) => number {
  return (view) => (abscissa === 'epoch' ? view.record.epoch : view.record.relativeDistance);
}

/** The lines that this run has. */
function present(epochs: readonly EpochView[]): Line[] {
  return LINES.filter(({ key }) => epochs.some((view) => view.record[key] !== undefined));
}

/** The main picture. */
export function divergenceSpec(material: Material, abscissa: Abscissa, ended: boolean): ChartSpec {
  const { epochs, palette, lastEpoch } = material;
  const x = abscissaOf(abscissa);
  const series = present(epochs).map(({ key, name, ink, width }): Series => {
    const last = epochs.at(-1)?.record[key];
    const value = last === undefined ? '' : (last * 100).toFixed(1);
    return {
      name: t(name),
      ink: palette[ink],
      dash: DASH[ink],
      width,
      endLabel: value === '' ? t(name) : t('chart.named', { name: t(name), value }),
      points: epochs.flatMap((view) => {
        const y = view.record[key];
        return y === undefined ? [] : [{ x: x(view), y }];
      }),
    };
  });
  const stop = stopMark(material, (verdict) => markWords(verdict, t), 'bottom', x);
  const best = ended ? bestInHindsight(epochs) : null;
  const [upper, lower] = [t('chart.test'), t('chart.asGiven')];
  const hasTest = series.some((one) => one.name === upper);
  return {
    series,
    x:
      abscissa === 'epoch'
        ? epochAxis(lastEpoch)
        : {
            title: t('lab.divergence.axisTitle'),
            min: 0,
            format: tick,
            ticks: 8,
          },
    y: shareAxis(t('chart.accuracy')),
    stop,
    best: best
      ? {
          at: { x: x(best), y: best.record.testAccuracy ?? 0 },
          ink: palette.test,
          label: t('lab.divergence.bestMark', { epoch: best.record.epoch }),
        }
      : null,
    gap:
      stop && hasTest && material.verdict?.phase === 'past'
        ? { upper, lower, from: stop.at }
        : null,
    labelRoom: 120,
  };
}

/** The legend: each line with its value at an epoch. */
export function divergenceLegend(
  epochs: readonly EpochView[],
  record: EpochRecord | null,
  palette: Palette,
): { name: string; ink: Palette['given']; dash: number[]; value: string }[] {
  return present(epochs)
    .toSorted((a, b) => LEGEND_ORDER.indexOf(a.key) - LEGEND_ORDER.indexOf(b.key))
    .map(({ key, name, ink }) => ({
      name: t(name),
      ink: palette[ink],
      dash: DASH[ink],
      value: record?.[key] === undefined ? '' : (record[key] * 100).toFixed(1),
    }));
}

const LEGEND_ORDER: Accuracy[] = [
  'trainAccuracy',
  'trainAccuracyTrue',
  'holdoutAccuracy',
  'testAccuracy',
];

/** All accuracies as a table. */
export function divergenceTable(epochs: readonly EpochView[]): TableData {
  const lines = present(epochs);
  return {
    columns: [t('chart.epoch'), t('chart.relativeDistance'), ...lines.map((line) => t(line.name))],
    rows: epochs.map(({ record }) => [
      record.epoch,
      significant(record.relativeDistance),
      ...lines.map(({ key }) => percent(record[key])),
    ]),
  };
}
