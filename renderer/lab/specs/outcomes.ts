/** What became of the wrong labels: shares of the corrupted samples, over epochs. */
import type { EpochView } from '../../../core/protocol/index.ts';
import type { Palette } from '../../chart/palette.ts';
import type { ChartSpec, Series, TableData } from '../../chart/spec.ts';
import { percent } from '../../format.ts';
import { epochAxis, shareAxis, stopMark } from './common.ts';
import type { Material } from './common.ts';

type Outcome = 'recovered' | 'other' | 'memorized';

const BANDS: { key: Outcome; name: string; ink: 'truth' | 'other' | 'given' }[] = [
  { key: 'recovered', name: 'recovered', ink: 'truth' },
  { key: 'other', name: 'other', ink: 'other' },
  { key: 'memorized', name: 'memorized', ink: 'given' },
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
    series: BANDS.map(({ key, name, ink }): Series => ({
      name,
      ink: palette[ink],
      width: 0,
      fill: 0.85,
      quiet: true,
      endLabel: name,
      points: known.map((view) => ({ x: view.record.epoch, y: shareOf(view, key) })),
    })),
    stacked: true,
    x: epochAxis(lastEpoch),
    y: shareAxis('of the wrong labels'),
    stop: stopMark(material, () => '', 'top'),
    labelRoom: 76,
  };
}

/** The legend: each band with its share at an epoch. */
export function outcomesLegend(
  view: EpochView | null,
  palette: Palette,
): { name: string; ink: Palette['given']; value: string }[] {
  return BANDS.map(({ key, name, ink }) => {
    const share = shareOf(view, key);
    return { name, ink: palette[ink], value: Number.isNaN(share) ? '' : (share * 100).toFixed(1) };
  });
}

/** The counts as a table. */
export function outcomesTable(epochs: readonly EpochView[]): TableData {
  return {
    columns: ['epoch', 'recovered', 'memorized', 'other', 'memorized share'],
    rows: epochs.flatMap((view) => {
      const { outcomes } = view;
      if (!outcomes) return [];
      const { recovered, memorized, other } = outcomes;
      const share = percent(shareOf(view, 'memorized'));
      return [[view.record.epoch, recovered, memorized, other, share]];
    }),
  };
}
