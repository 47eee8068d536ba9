/** Figure 1: accuracy against label corruption, after the last epoch and at the early stop. */
import type { EpochRecord } from '../contract/messages/records.ts';
import type { Series } from '../contract/messages/charts.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits, percent, shortPercent } from '../contract/words/numbers.ts';
import { highestAccuracy } from '../stopping/rules/index.ts';
import { signalsOf } from '../stopping/signals.ts';
import { choice, list, whole } from '../contract/catalogue/field.ts';
import type { Drawn } from './figure.ts';
import { runsFigure, plannedRuns, TRAINING_FIELDS } from './runs-figure.ts';
import { stateOf } from './figure-runs.ts';
import type { FoundRun } from './figure-runs.ts';
import { chart, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { dataField, numberOf } from './settings.ts';
import { spread } from './spread.ts';

const TENTHS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Figure 1 of Li, Soltanolkotabi, Oymak (2019). */
export const corruption = runsFigure(
  {
    id: '1',
    sign: '1',
    group: 'figures',
    fields: [
      dataField('mnist'),
      whole('train', 100, 60_000, 100),
      whole('holdout', 0, 10_000, 100),
      whole('test', 100, 10_000, 100),
      list('levels', 0, 1),
      whole('seeds', 1, 20),
      choice('noise', 'uniform', 'symmetric', 'pair'),
      choice('network', 'paper-cnn', 'lenet', 'mlp'),
      list('widths', 1, 4096),
      choice('optimizer', 'adadelta', 'adam', 'momentum', 'sgd'),
      ...TRAINING_FIELDS,
    ],
    sizes: [
      { id: 'quick', settings: sizeOf(3000, 500, 2000, [0, 0.2, 0.4, 0.5, 0.6, 0.8, 1], 40, 0.5) },
      { id: 'hour', settings: sizeOf(5000, 1000, 5000, TENTHS, 50, 1) },
      { id: 'full', settings: sizeOf(50_000, 10_000, 10_000, TENTHS, 200, 1) },
    ],
    instant: false,
    endsEarly: true,
  },
  (settings) =>
    plannedRuns('Figure 1', settings, {
      holdout: numberOf(settings, 'holdout'),
      test: numberOf(settings, 'test'),
      stopFitted: FITTED,
    }),
  draw,
);

/** A network that has fitted its labels has no curves left to draw, only hours to take. */
const FITTED = 0.995;

/** Settings of a size; the learning rate 1 of Adadelta is the paper's era's default. */
function sizeOf(
  train: number,
  holdout: number,
  test: number,
  levels: number[],
  epochs: number,
  width: number,
): FigureSettings {
  return {
    data: 'mnist',
    train,
    holdout,
    test,
    levels,
    seeds: 1,
    noise: 'uniform',
    network: 'paper-cnn',
    widths: [64, 128, 256].map((each) => each * width),
    optimizer: 'adadelta',
    learningRate: 1,
    // With few samples, steps on 128 zigzag so much that no epoch is good at half of the labels wrong.
    batch: train < 10_000 ? 256 : 128,
    epochs,
  };
}

/** The row that a run is told by. */
type Choice = (run: FoundRun) => EpochRecord | undefined;

const last: Choice = ({ rows }) => rows.at(-1);
const ours: Choice = ({ rows, verdict }) => rows.find(({ epoch }) => epoch === verdict?.epoch);
const byValidation: Choice = ({ rows }) => {
  const at = highestAccuracy.epochOf(rows.map(signalsOf));
  return rows.find(({ epoch }) => epoch === at);
};

function draw(runs: readonly FoundRun[], settings: FigureSettings): Drawn {
  const done = runs.filter(({ complete }) => complete);
  const held = numberOf(settings, 'holdout') > 0;
  const three = (choice: Choice) => [
    line(done, choice, 'trainAccuracy', 'figures.series.given', 'given', 'solid', 'dot'),
    line(done, choice, 'trainAccuracyTrue', 'figures.series.truth', 'truth', 'dashed', 'square'),
    line(done, choice, 'testAccuracy', 'figures.series.test', 'test', 'solid', 'ring'),
  ];
  const validated = line(
    done,
    byValidation,
    'testAccuracy',
    'figures.series.testValidated',
    'holdout',
    'dotted',
    'cross',
  );
  const panels = [
    panel('last', three(last)),
    panel('stop', [...three(ours), ...(held ? [validated] : [])]),
  ];
  return {
    state: stateOf(runs),
    panels: done.length > 0 ? panels : [],
    facts: done.length > 0 ? factsOf(done) : [],
    findings: findingsOf(done),
  };
}

function line(
  runs: readonly FoundRun[],
  choice: Choice,
  measure: 'trainAccuracy' | 'trainAccuracyTrue' | 'testAccuracy',
  name:
    | 'figures.series.given'
    | 'figures.series.truth'
    | 'figures.series.test'
    | 'figures.series.testValidated',
  ink: Series['ink'],
  dash: Series['dash'],
  mark: Series['mark'],
): Series {
  const points = levelsIn(runs).flatMap((level) => {
    const values = valuesAt(runs, level, choice, measure);
    return values.length > 0 ? [spread(level, values)] : [];
  });
  return seriesOf(phrase(name), ink, points, { dash, draw: 'both', mark });
}

const levelsIn = (runs: readonly FoundRun[]) =>
  [...new Set(runs.map(({ level }) => level))].sort((a, b) => a - b);

function valuesAt(
  runs: readonly FoundRun[],
  level: number,
  choice: Choice,
  measure: 'trainAccuracy' | 'trainAccuracyTrue' | 'testAccuracy',
): number[] {
  return runs.filter((run) => run.level === level).flatMap((run) => choice(run)?.[measure] ?? []);
}

function panel(id: 'last' | 'stop', series: Series[]): FigurePanel {
  const title = phrase(id === 'last' ? 'figures.panels.last' : 'figures.panels.stop');
  const axes = {
    x: shares(phrase('figures.axes.corruption')),
    y: shares(phrase('figures.axes.accuracy')),
  };
  return chart(id, title, axes, series);
}

/** The level that the paper's point is told at, or the nearest there is. */
const TOLD = 0.5;

function told(runs: readonly FoundRun[]): number {
  return levelsIn(runs).reduce((a, b) => (Math.abs(b - TOLD) < Math.abs(a - TOLD) ? b : a));
}

function factsOf(runs: readonly FoundRun[]): Drawn['facts'] {
  const level = told(runs);
  const at = (choice: Choice) =>
    percent(spread(0, valuesAt(runs, level, choice, 'testAccuracy')).y);
  const epochs = runs.filter((run) => run.level === level).map((run) => digits(ours(run)?.epoch));
  const values = { level: shortPercent(level) };
  return [
    { name: phrase('figures.facts.testLast', values), value: at(last) },
    { name: phrase('figures.facts.testStop', values), value: at(ours) },
    { name: phrase('figures.facts.testValidated', values), value: at(byValidation) },
    { name: phrase('figures.facts.stopEpoch', values), value: epochs.join(', ') },
  ];
}

function findingsOf(runs: readonly FoundRun[]): Drawn['findings'] {
  if (runs.length === 0) return [];
  const level = told(runs);
  const mean = (choice: Choice, measure: 'trainAccuracy' | 'testAccuracy') =>
    spread(0, valuesAt(runs, level, choice, measure)).y;
  const gap = mean(ours, 'testAccuracy') - mean(last, 'testAccuracy');
  return [
    phrase('figures.findings.corruption', {
      level: shortPercent(level),
      fitted: percent(mean(last, 'trainAccuracy')),
      last: percent(mean(last, 'testAccuracy')),
      stop: percent(mean(ours, 'testAccuracy')),
      points: (100 * gap).toFixed(1),
    }),
  ];
}
