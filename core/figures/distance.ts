/** Figure 3: accuracy and loss against the distance from initialization, a line for each corruption level. */
import type { EpochRecord } from '../contract/messages/records.ts';
import type { Axis, Series } from '../contract/messages/charts.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits, shortPercent } from '../contract/words/numbers.ts';
import { choice, list, whole } from '../contract/catalogue/field.ts';
import type { Drawn } from './figure.ts';
import { runsFigure, plannedRuns, TRAINING_FIELDS } from './runs-figure.ts';
import { stateOf } from './figure-runs.ts';
import type { FoundRun } from './figure-runs.ts';
import { chart, numbers, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { dataField, numberOf } from './settings.ts';
import { spread } from './spread.ts';

/** Figure 3 of Li, Soltanolkotabi, Oymak (2019). */
export const distance = runsFigure(
  {
    id: '3',
    sign: '3',
    group: 'figures',
    fields: [
      dataField('mnist'),
      whole('train', 100, 60_000, 100),
      list('levels', 0, 1),
      whole('seeds', 1, 20),
      choice('noise', 'uniform', 'symmetric', 'pair'),
      choice('network', 'lenet', 'mlp', 'softmax', 'paper-cnn'),
      choice('optimizer', 'sgd', 'momentum', 'adam', 'adadelta'),
      ...TRAINING_FIELDS,
    ],
    sizes: [
      {
        id: 'quick',
        settings: {
          data: 'mnist',
          train: 3000,
          levels: [0, 0.2, 0.4, 0.6, 0.8],
          seeds: 1,
          noise: 'uniform',
          network: 'lenet',
          optimizer: 'sgd',
          learningRate: 0.05,
          batch: 64,
          epochs: 120,
        },
      },
      {
        id: 'full',
        settings: {
          data: 'mnist',
          train: 50_000,
          levels: [0, 0.2, 0.4, 0.6, 0.8],
          seeds: 1,
          noise: 'uniform',
          network: 'paper-cnn',
          optimizer: 'adadelta',
          learningRate: 1,
          batch: 128,
          epochs: 200,
        },
      },
    ],
    instant: false,
  },
  // Training is all that it shows; a hold-out and a test set would take time and say nothing.
  (settings) => plannedRuns('Figure 3', settings, { holdout: 0, test: 0 }),
  draw,
);

function draw(runs: readonly FoundRun[], settings: FigureSettings): Drawn {
  const levels = [...new Set(runs.map(({ level }) => level))];
  const most = Math.max(...levels) || 1;
  const lines = (measure: 'trainAccuracy' | 'trainLoss') =>
    levels.map((level) => lineOf(runs, level, most, measure));
  const some = runs.some(({ rows }) => rows.length > 1);
  return {
    state: stateOf(runs),
    panels: some
      ? [
          panel('accuracy', shares(phrase('figures.axes.givenAccuracy')), lines('trainAccuracy')),
          panel('loss', numbers(phrase('figures.axes.loss'), { min: 0 }), lines('trainLoss')),
        ]
      : [],
    facts: some ? factsOf(runs, levels) : [],
    findings: some ? findingsOf(runs, levels, numberOf(settings, 'train')) : [],
  };
}

function panel(id: 'accuracy' | 'loss', y: Axis, series: Series[]): FigurePanel {
  const title = phrase(id === 'accuracy' ? 'figures.panels.accuracy' : 'figures.panels.loss');
  const x = numbers(phrase('figures.axes.relativeDistance'), { min: 0 });
  return chart(id, title, { x, y }, series);
}

/** Epochs of a level, each the mean over its seeds. */
function lineOf(
  runs: readonly FoundRun[],
  level: number,
  most: number,
  measure: 'trainAccuracy' | 'trainLoss',
): Series {
  const here = runs.filter((run) => run.level === level);
  const epochs = Math.min(...here.map(({ rows }) => rows.length));
  const points = Array.from({ length: epochs }, (_, epoch) => {
    const at = here.map(({ rows }) => rows[epoch]!);
    const { y: x } = spread(0, at.map(distanceOf));
    return spread(
      x,
      at.map((row) => row[measure]),
    );
  });
  const name = phrase('figures.series.level', { level: shortPercent(level) });
  return seriesOf(name, { level: level / most }, points);
}

/** Figures are drawn of the lab's own runs, which know how far they went. */
const distanceOf = (row: EpochRecord): number => row.relativeDistance!;

/** Training accuracies at which distances are compared. */
const MARKS = [0.5, 0.7, 0.9, 0.99];

/**
 * How far a run has gone when it first reaches an accuracy, between the two epochs around it; null
 * where it never does.
 */
export function distanceAt(rows: readonly EpochRecord[], accuracy: number): number | null {
  const at = rows.findIndex((row) => row.trainAccuracy >= accuracy);
  if (at < 0) return null;
  const [before, after] = [rows[at - 1], rows[at]!];
  if (!before) return distanceOf(after);
  const share = (accuracy - before.trainAccuracy) / (after.trainAccuracy - before.trainAccuracy);
  return distanceOf(before) + share * (distanceOf(after) - distanceOf(before));
}

/** Mean distance of a level at an accuracy; null where a seed never reaches it. */
function meanAt(runs: readonly FoundRun[], level: number, accuracy: number): number | null {
  const found = runs
    .filter((run) => run.level === level)
    .map(({ rows }) => distanceAt(rows, accuracy));
  return found.some((value) => value === null) ? null : spread(0, found as number[]).y;
}

function factsOf(runs: readonly FoundRun[], levels: readonly number[]): Drawn['facts'] {
  return MARKS.flatMap((accuracy) => {
    const values = levels.map((level) => meanAt(runs, level, accuracy));
    if (values.every((value) => value === null)) return [];
    const name = phrase('figures.facts.distanceAt', { accuracy: shortPercent(accuracy) });
    return [{ name, value: values.map(digits).join(' · ') }];
  });
}

/** The highest accuracy that all levels reach is where more corruption must have gone farther. */
function findingsOf(
  runs: readonly FoundRun[],
  levels: readonly number[],
  samples: number,
): Drawn['findings'] {
  const reached = MARKS.findLast((mark) =>
    levels.every((level) => meanAt(runs, level, mark) !== null),
  );
  if (reached === undefined || levels.length < 2) return [];
  const far = levels.map((level) => meanAt(runs, level, reached)!);
  const rises = far.every((value, i) => i === 0 || value > far[i - 1]!);
  const values = {
    accuracy: shortPercent(reached),
    samples: digits(samples),
    least: digits(far[0]),
    most: digits(far.at(-1)),
    from: shortPercent(levels[0]!),
    to: shortPercent(levels.at(-1)!),
  };
  return [phrase(rises ? 'figures.findings.farther' : 'figures.findings.notFarther', values)];
}
