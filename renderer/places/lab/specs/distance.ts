/** How far the weights have moved from where they began: in all, by layer, and how fast. */
import type { EpochView } from '../../../../core/contract/messages/records.ts';
import { DASH, fade } from '../../../chart/palette.ts';
import type { ChartSpec, Series, TableData } from '../../../chart/spec.ts';
import { significant, tick } from '../../../words/format.ts';
import { t } from '../../../words/texts.ts';
import { epochAxis, stopMark } from '../../../chart/epoch-spec.ts';
import type { Material } from '../../../chart/epoch-spec.ts';

/** A layer's part of the distance, in the same unit as the total. */
function layerPart(view: EpochView, layer: string): number {
  const { distance, relativeDistance, distanceByLayer } = view.record;
  return distance === 0 ? 0 : ((distanceByLayer[layer] ?? 0) * relativeDistance) / distance;
}

/** The layers that weights are counted in. */
export function layerNames(epochs: readonly EpochView[]): string[] {
  return Object.keys(epochs.at(-1)?.record.distanceByLayer ?? {});
}

/** How much the relative distance grew in an epoch. */
function speed(epochs: readonly EpochView[], i: number): number {
  const before = epochs[i - 1]?.record.relativeDistance;
  const here = epochs[i]?.record.relativeDistance;
  return before === undefined || here === undefined ? 0 : Math.abs(here - before);
}

/** The distance chart. */
export function distanceSpec(material: Material): ChartSpec {
  const { epochs, palette, lastEpoch, verdict } = material;
  const last = epochs.at(-1);
  const layers = layerNames(epochs).map((layer, i): Series => {
    const shade = palette.layers[i % palette.layers.length] ?? palette.axis;
    return {
      name: layer,
      ink: { line: shade, text: palette.axis },
      dash: DASH.layers[i % DASH.layers.length] ?? [],
      width: 1.5,
      quiet: true,
      endLabel: last
        ? t('chart.named', { name: layer, value: significant(layerPart(last, layer), 3) })
        : layer,
      points: epochs.map((view) => ({ x: view.record.epoch, y: layerPart(view, layer) })),
    };
  });
  const total: Series = {
    name: t('chart.all'),
    ink: palette.total,
    width: 2.25,
    endLabel: t('chart.named', {
      name: t('chart.all'),
      value: significant(last?.record.relativeDistance, 3),
    }),
    points: epochs.map((view) => ({ x: view.record.epoch, y: view.record.relativeDistance })),
  };
  const pace: Series = {
    name: t('chart.speed'),
    ink: { line: fade(palette.axis, 0.7), text: palette.axis },
    dash: [1, 3],
    width: 1.25,
    quiet: true,
    secondary: true,
    endLabel: t('chart.speed'),
    points: epochs.slice(1).map((view, i) => ({ x: view.record.epoch, y: speed(epochs, i + 1) })),
  };
  const atStop = epochs.find((view) => view.record.epoch === verdict?.epoch);
  return {
    series: [...layers, ...(epochs.length > 2 ? [pace] : []), total],
    x: epochAxis(lastEpoch),
    y: { title: t('chart.relativeDistance'), min: 0, format: (value) => tick(value), ticks: 5 },
    secondary: { title: '', min: 0, format: String },
    stop: stopMark(
      material,
      ({ phase, epoch }) => {
        const value = significant(atStop?.record.relativeDistance, 3);
        return phase === 'past'
          ? t('lab.distance.atStop', { value })
          : t('lab.distance.atEpoch', { value, epoch });
      },
      'top',
    ),
    labelRoom: 120,
  };
}

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
      significant(speed(epochs, i)),
      ...layers.map((layer) => significant(view.record.distanceByLayer[layer])),
    ]),
  };
}
