/** Data map (Swayamdipta et al. 2020): mean against spread of the chance of the given label. */
import type { FigurePanel } from '../contract/messages/figures.ts';
import type { TrainingConfig } from '../contract/config/schema.ts';
import type { Point, Series } from '../contract/messages/charts.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { chart, numbers, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { auroc } from './auroc.ts';
import { parted } from './sample-history.ts';
import type { KnownLabels, SampleEpoch } from './sample-history.ts';

/** Each sample over the epochs. */
export interface DataMap {
  /** Mean of the chance of its given label, 0 to 1. */
  confidence: Float64Array;
  /** Its standard deviation over the epochs (of the population), 0 to 0.5. */
  variability: Float64Array;
}

/** Losses that are -log of the chance of the given label where they are measured, smoothed in training or not. */
const LOGARITHMIC: readonly string[] = ['cross-entropy', 'elr'];

/** @throws InputError where a sample's loss does not tell the chance of its label */
export function checkChances({ loss }: Pick<TrainingConfig, 'loss'>): void {
  if (!LOGARITHMIC.includes(loss)) {
    throw new InputError('figure.noChances', { loss, losses: LOGARITHMIC });
  }
}

/**
 * The map of a run, by one pass over its epochs (Welford 1962).
 * @param epochs losses that are -log of the chance of the given label
 */
export function dataMap(samples: number, epochs: Iterable<Pick<SampleEpoch, 'loss'>>): DataMap {
  const confidence = new Float64Array(samples);
  const squares = new Float64Array(samples);
  let count = 0;
  for (const { loss } of epochs) {
    count++;
    for (let i = 0; i < samples; i++) {
      const chance = Math.exp(-loss[i]!);
      const away = chance - confidence[i]!;
      confidence[i]! += away / count;
      squares[i]! += away * (chance - confidence[i]!);
    }
  }
  const variability = squares.map((sum) => Math.sqrt(sum / Math.max(1, count)));
  return { confidence, variability };
}

/** How well a low mean chance tells wrong labels from right ones; null where there are none of a kind. */
export function confidenceAuroc({ confidence }: DataMap, labels: KnownLabels): number | null {
  const { right, wrong } = parted(
    confidence.map((value) => -value),
    labels,
  );
  return auroc(wrong, right);
}

/** Points of a group that are drawn, at most: more of them would only cover each other. */
const MOST_POINTS = 800;

/** A point a sample; of many every so manieth. */
export function dataMapPanel(title: Phrase, map: DataMap, labels: KnownLabels): FigurePanel {
  const points = Array.from(map.confidence, (y, i): Point => ({ x: map.variability[i]!, y }));
  const places = parted(
    points.map((_, i) => i),
    labels,
  );
  const series = (group: number[], name: Phrase, ink: Series['ink'], mark: Series['mark']) => {
    const step = Math.ceil(group.length / MOST_POINTS);
    const drawn = group.filter((_, i) => i % step === 0).map((place) => points[place]!);
    return seriesOf(name, ink, drawn, { draw: 'points', mark, opacity: 0.55 });
  };
  return chart(
    'dataMap',
    title,
    {
      x: numbers(phrase('figures.axes.variability'), { min: 0, max: 0.5 }),
      y: shares(phrase('figures.axes.confidence')),
    },
    [
      series(places.right, phrase('figures.series.rightLabels'), 'truth', 'dot'),
      series(places.wrong, phrase('figures.series.wrongLabels'), 'given', 'cross'),
    ],
  );
}
