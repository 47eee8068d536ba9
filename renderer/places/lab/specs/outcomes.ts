/** The legend and the table of what became of the wrong labels. */
import { OUTCOMES, shareOf } from '../../../../core/contract/drawing/epochs/outcomes.ts';
import type { Ink } from '../../../../core/contract/messages/charts.ts';
import type { EpochView } from '../../../../core/contract/messages/records.ts';
import type { TableData } from '../../../chart/spec.ts';
import { percent } from '../../../words/format.ts';
import { t } from '../../../words/texts.ts';

/** The legend: each band with its share at an epoch. */
export function outcomesLegend(
  view: EpochView | null,
): { name: string; ink: Ink; value: string; area: true }[] {
  return OUTCOMES.map(({ key, ink }) => {
    const share = shareOf(view, key);
    const value = Number.isNaN(share) ? '' : (share * 100).toFixed(1);
    return { name: t(`chart.${key}`), ink, value, area: true };
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
