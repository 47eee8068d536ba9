/** Figure 3: accuracy and loss against the distance from initialization, a line for each corruption level. */
import { presets } from '../config/presets.ts';
import { parseConfig } from '../config/read.ts';
import type { EpochRecord, FigurePanel, FigureSeries, FigureSettings } from '../protocol/index.ts';
import { digits, shortPercent } from '../report/format.ts';
import { estimateRuns } from './estimate.ts';
import { phrase } from './figure.ts';
import type { Drawn, Figure } from './figure.ts';
import { levelRuns, makeLevelRuns, readLevelRuns, stateOf } from './level-runs.ts';
import type { FoundRun, LevelRun } from './level-runs.ts';
import { numberOf, numbersOf, textOf } from './settings.ts';
import { spread } from './spread.ts';

/** Figure 3 of Li, Soltanolkotabi, Oymak (2019). */
export const distance: Figure = {
  info: {
    id: '3',
    fields: [
      { kind: 'data', id: 'data', builtIn: ['mnist'] },
      { kind: 'number', id: 'train', min: 100, max: 60_000, step: 100, slider: false },
      { kind: 'numbers', id: 'levels', min: 0, max: 1 },
      { kind: 'number', id: 'seeds', min: 1, max: 20, step: 1, slider: false },
      { kind: 'choice', id: 'noise', options: ['uniform', 'symmetric', 'pair'] },
      { kind: 'choice', id: 'network', options: ['lenet', 'mlp', 'softmax', 'paper-cnn'] },
      { kind: 'choice', id: 'optimizer', options: ['sgd', 'momentum', 'adam', 'adadelta'] },
      { kind: 'number', id: 'learningRate', min: 0.0001, max: 10, step: 0.0001, slider: false },
      { kind: 'number', id: 'batch', min: 1, max: 4096, step: 1, slider: false },
      { kind: 'number', id: 'epochs', min: 3, max: 5000, step: 1, slider: false },
    ],
    sizes: [
      {
        id: 'paper',
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
    ],
    instant: false,
  },
  open: (settings, folder) => draw(readLevelRuns(folder, planOf(settings)), settings),
  make: async (settings, making) => {
    const runs = planOf(settings);
    const show = () => making.more(draw(readLevelRuns(making.folder, runs), settings));
    await makeLevelRuns(runs, making, show);
  },
  estimate: (settings, folder, launch) =>
    estimateRuns(readLevelRuns(folder, planOf(settings)), launch),
};

function planOf(settings: FigureSettings): LevelRun[] {
  const number = (id: string) => numberOf(settings, id);
  const { data, noise, training } = presets().find(({ id }) => id === 'mnist-quick')!.config;
  const base = {
    name: 'Figure 3',
    // Training is all that it shows; a hold-out and a test set would take time and say nothing.
    data: {
      ...data,
      source: textOf(settings, 'data'),
      train: number('train'),
      holdoutShare: 0,
      test: 0,
    },
    noise: { ...noise, kind: textOf(settings, 'noise') },
    network: { preset: textOf(settings, 'network') },
    training: {
      ...training,
      optimizer: textOf(settings, 'optimizer'),
      learningRate: number('learningRate'),
      batch: number('batch'),
      epochs: number('epochs'),
    },
  };
  const levels = [...numbersOf(settings, 'levels')].sort((a, b) => a - b);
  return levelRuns(parseConfig(base, 'figure 3'), levels, number('seeds'));
}

function draw(runs: readonly FoundRun[], settings: FigureSettings): Drawn {
  const levels = [...new Set(runs.map(({ level }) => level))];
  const most = Math.max(...levels) || 1;
  const lines = (measure: 'trainAccuracy' | 'trainLoss') =>
    levels.map((level) => lineOf(runs, level, most, measure));
  const share = { scale: 'linear', format: 'percent', min: 0, max: 1 } as const;
  const some = runs.some(({ rows }) => rows.length > 1);
  return {
    state: stateOf(runs),
    panels: some
      ? [
          panel(
            'accuracy',
            { title: phrase('figures.axes.givenAccuracy'), ...share },
            lines('trainAccuracy'),
          ),
          panel(
            'loss',
            { title: phrase('figures.axes.loss'), scale: 'linear', format: 'number', min: 0 },
            lines('trainLoss'),
          ),
        ]
      : [],
    facts: some ? factsOf(runs, levels) : [],
    findings: some ? findingsOf(runs, levels, numberOf(settings, 'train')) : [],
  };
}

function panel(
  id: 'accuracy' | 'loss',
  y: Extract<FigurePanel, { kind: 'chart' }>['y'],
  series: FigureSeries[],
): FigurePanel {
  return {
    kind: 'chart',
    id,
    title: phrase(id === 'accuracy' ? 'figures.panels.accuracy' : 'figures.panels.loss'),
    x: {
      title: phrase('figures.axes.relativeDistance'),
      scale: 'linear',
      format: 'number',
      min: 0,
    },
    y,
    series,
    rules: [],
    square: false,
  };
}

/** Epochs of a level, each the mean over its seeds. */
function lineOf(
  runs: readonly FoundRun[],
  level: number,
  most: number,
  measure: 'trainAccuracy' | 'trainLoss',
): FigureSeries {
  const here = runs.filter((run) => run.level === level);
  const epochs = Math.min(...here.map(({ rows }) => rows.length));
  const points = Array.from({ length: epochs }, (_, epoch) => {
    const at = here.map(({ rows }) => rows[epoch]!);
    const { y: x } = spread(
      0,
      at.map((row) => row.relativeDistance),
    );
    return spread(
      x,
      at.map((row) => row[measure]),
    );
  });
  return {
    name: phrase('figures.series.level', { level: shortPercent(level) }),
    ink: { level: level / most },
    dash: 'solid',
    draw: 'line',
    mark: 'dot',
    opacity: 1,
    points,
  };
}

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
  if (!before) return after.relativeDistance;
  const share = (accuracy - before.trainAccuracy) / (after.trainAccuracy - before.trainAccuracy);
  return before.relativeDistance + share * (after.relativeDistance - before.relativeDistance);
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
