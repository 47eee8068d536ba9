/** Accuracy by epoch, or by distance from start (the paper's Figure 3). */
import { markWords } from '../../../core/protocol/index.ts';
import type { EpochRecord, EpochView } from '../../../core/protocol/index.ts';
import { DASH } from '../../chart/palette.ts';
import type { Palette } from '../../chart/palette.ts';
import type { ChartSpec, Series, TableData } from '../../chart/spec.ts';
import { percent, significant, tick } from '../../format.ts';
import { bestInHindsight } from '../../rules.ts';
import { epochAxis, shareAxis, stopMark } from './common.ts';
import type { Material } from './common.ts';

export type Abscissa = 'epoch' | 'distance';
type Accuracy = 'trainAccuracy' | 'trainAccuracyTrue' | 'holdoutAccuracy' | 'testAccuracy';

interface Line {
  key: Accuracy;
  name: string;
  ink: 'given' | 'truth' | 'holdout' | 'test';
  width: number;
}

const LINES: Line[] = [
  { key: 'holdoutAccuracy', name: 'hold-out', ink: 'holdout', width: 2 },
  { key: 'trainAccuracyTrue', name: 'true labels', ink: 'truth', width: 2 },
  { key: 'trainAccuracy', name: 'as given', ink: 'given', width: 2.25 },
  { key: 'testAccuracy', name: 'test', ink: 'test', width: 2.75 },
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
    return {
      name,
      ink: palette[ink],
      dash: DASH[ink],
      width,
      endLabel: last === undefined ? name : `${name} ${(last * 100).toFixed(1)}`,
      points: epochs.flatMap((view) => {
        const y = view.record[key];
        return y === undefined ? [] : [{ x: x(view), y }];
      }),
    };
  });
  const stop = stopMark(material, (verdict) => markWords(verdict), 'bottom', x);
  const best = ended ? bestInHindsight(epochs) : null;
  const hasTest = series.some((one) => one.name === 'test');
  return {
    series,
    x:
      abscissa === 'epoch'
        ? epochAxis(lastEpoch)
        : {
            title: 'relative distance from start, ‖W − W₀‖ / ‖W₀‖',
            min: 0,
            format: tick,
            ticks: 8,
          },
    y: shareAxis('accuracy'),
    stop,
    best: best
      ? {
          at: { x: x(best), y: best.record.testAccuracy ?? 0 },
          ink: palette.test,
          label: `best in hindsight: epoch ${best.record.epoch}`,
        }
      : null,
    gap:
      stop && hasTest && material.verdict?.phase === 'past'
        ? { upper: 'test', lower: 'as given', from: stop.at }
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
      name,
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
    columns: ['epoch', 'relative distance', ...lines.map((line) => line.name)],
    rows: epochs.map(({ record }) => [
      record.epoch,
      significant(record.relativeDistance),
      ...lines.map(({ key }) => percent(record[key])),
    ]),
  };
}
