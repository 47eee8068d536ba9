/** The table of how far the weights have moved. */
import { layerNames, speedAt } from '../../../../core/contract/drawing/epochs/distance.ts';
import type { EpochView } from '../../../../core/contract/messages/records.ts';
import type { TableData } from '../../../chart/spec.ts';
import { significant } from '../../../words/format.ts';
import { t } from '../../../words/texts.ts';

/** Distances as a table. */
export function distanceTable(epochs: readonly EpochView[]): TableData {
  const layers = layerNames(epochs);
  return {
    columns: [
      t('chart.epoch'),
      t('lab.distance.distance'),
      t('lab.distance.relative'),
      t('chart.speed'),
      ...layers,
    ],
    rows: epochs.map((view, i) => [
      view.record.epoch,
      significant(view.record.distance),
      significant(view.record.relativeDistance),
      significant(speedAt(epochs, i)),
      ...layers.map((layer) => significant(view.record.distanceByLayer[layer])),
    ]),
  };
}
