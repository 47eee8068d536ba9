/** What became of the wrong labels: shares of the corrupted samples, over epochs. */
import type { EpochView } from '../../../../core/contract/messages/records.ts';
import type { Palette } from '../../../chart/palette.ts';
import type { ChartSpec, Series, TableData } from '../../../chart/spec.ts';
import { percent } from '../../../words/format.ts';
import { t } from '../../../words/texts.ts';
import { epochAxis, shareAxis, stopMark } from '../../../chart/epoch-spec.ts';
import type { Material } from '../../../chart/epoch-spec.ts';

type Outcome = 'recovered' | 'other' | 'memorized';

const BANDS: { key: Outcome; ink: 'truth' | 'other' | 'given' }[] = [
  { key: 'recovered', ink: 'truth' },
  { key: 'other', ink: 'other' },
  { key: 'memorized', ink: 'given' },
];

/** The share of corrupted samples with an outcome; NaN where that is not known. */
export function shareOf(view: EpochView | null, outcome: Outcome): number {
  const { outcomes } = view ?? { outcomes: null };
  if (!outcomes) return NaN;
  const total = outcomes.recovered + outcomes.memorized + outcomes.other;
  return total === 0 ? NaN : outcomes[outcome] / total;
}

/** The stacked areas. */
export function outcomesSpec(material: Material): ChartSpec {
  const { epochs, palette, lastEpoch } = material;
  const known = epochs.filter((view) => view.outcomes !== null);
  return {
    series: BANDS.map(({ key, ink }): Series => ({
      name: t(`chart.${key}`),
      ink: palette[ink],
      width: 0,
      fill: 0.85,
      quiet: true,
      endLabel: t(`chart.${key}`),
      points: known.map((view) => ({ x: view.record.epoch, y: shareOf(view, key) })),
    })),
    stacked: true,
    x: epochAxis(lastEpoch),
    y: shareAxis(t('lab.outcomes.axis')),
    stop: stopMark(material, () => '', 'top'),
    labelRoom: 76,
  };
}

/** The legend: each band with its share at an epoch. */
export function outcomesLegend(
  view: EpochView | null,
  palette: Palette,
): { name: string; ink: Palette['given']; value: string }[] {
  return BANDS.map(({ key, ink }) => {
    const share = shareOf(view, key);
    const value = Number.isNaN(share) ? '' : (share * 100).toFixed(1);
    return { name: t(`chart.${key}`), ink: palette[ink], value };
  });
}

/** The counts as a table. */
export function outcomesTable(epochs: readonly EpochView[]): TableData {
  return {
    columns: [
      t('chart.epoch'),
      t('chart.recovered'),
      t('chart.memorized'),
      t('chart.other'),
      t('lab.outcomes.memorizedShare'),
    ],
    rows: epochs.flatMap((view) => {
      const { outcomes } = view;
      if (!outcomes) return [];
      const { recovered, memorized, other } = outcomes;
      const share = percent(shareOf(view, 'memorized'));
      return [[view.record.epoch, recovered, memorized, other, share]];
    }),
  };
}
