/** Loss histograms: per-sample loss of right against wrong labels, early and late, and their overlap. */
import { existsSync } from 'node:fs';
import { presets } from '../config/presets.ts';
import { parseConfig } from '../config/read.ts';
import type { FigurePanel, FigureSeries, FigureSettings, Phrase } from '../protocol/index.ts';
import { digits, shortPercent } from '../report/format.ts';
import { paths } from '../runs/files.ts';
import { readDynamics, readLabels } from '../runs/read.ts';
import { auroc } from './auroc.ts';
import { estimateRuns } from './estimate.ts';
import { phrase } from './figure.ts';
import type { Drawn, Figure } from './figure.ts';
import { lossHistogram } from './histogram.ts';
import { levelRuns, makeLevelRuns, readLevelRuns, stateOf } from './level-runs.ts';
import type { FoundRun, LevelRun } from './level-runs.ts';
import { numberOf, numbersOf, textOf } from './settings.ts';

/** The loss histograms of the paper's experiments. */
export const losses: Figure = {
  info: {
    id: 'losses',
    fields: [
      { kind: 'data', id: 'data', builtIn: ['mnist'] },
      { kind: 'number', id: 'train', min: 100, max: 60_000, step: 100, slider: false },
      { kind: 'numbers', id: 'levels', min: 0.01, max: 1 },
      { kind: 'choice', id: 'noise', options: ['symmetric', 'uniform', 'pair'] },
      { kind: 'choice', id: 'network', options: ['lenet', 'resnet', 'cifar-cnn', 'mlp'] },
      { kind: 'choice', id: 'optimizer', options: ['adam', 'momentum', 'sgd', 'adadelta'] },
      { kind: 'number', id: 'learningRate', min: 0.0001, max: 10, step: 0.0001, slider: false },
      { kind: 'number', id: 'batch', min: 1, max: 4096, step: 1, slider: false },
      { kind: 'number', id: 'epochs', min: 3, max: 1000, step: 1, slider: false },
    ],
    sizes: [
      { id: 'mnist', settings: { ...common('lenet', 40), batch: 32 } },
      { id: 'cifar', settings: { ...common('resnet', 40), batch: 128 } },
    ],
    instant: false,
  },
  open: (settings, folder) => draw(readLevelRuns(folder, planOf(settings))),
  make: async (settings, making) => {
    const runs = planOf(settings);
    const show = () => making.more(draw(readLevelRuns(making.folder, runs)));
    await makeLevelRuns(runs, making, show);
  },
  estimate: (settings, folder, launch) =>
    estimateRuns(readLevelRuns(folder, planOf(settings)), launch),
};

function common(network: string, epochs: number): FigureSettings {
  return {
    data: 'mnist',
    train: 4000,
    levels: [0.3, 0.5],
    noise: 'symmetric',
    network,
    optimizer: 'adam',
    learningRate: 0.001,
    epochs,
  };
}

function planOf(settings: FigureSettings): LevelRun[] {
  const number = (id: string) => numberOf(settings, id);
  const { data, noise, training } = presets().find(({ id }) => id === 'mnist-quick')!.config;
  const base = {
    name: 'Loss histograms',
    data: { ...data, source: textOf(settings, 'data'), train: number('train'), test: 1000 },
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
  return levelRuns(parseConfig(base, 'figure losses'), levels, 1);
}

/** Losses of an epoch, by whether the given label is right. */
interface Parted {
  right: number[];
  wrong: number[];
}

function partedAt(run: FoundRun, epoch: number): Parted | null {
  if (!existsSync(paths.dynamics(run.folder, epoch))) return null;
  const { loss } = readDynamics(run.folder, epoch);
  const { given, truth } = readLabels(run.folder);
  if (!truth) return null;
  const parted: Parted = { right: [], wrong: [] };
  loss.forEach((value, i) => parted[given[i] === truth[i] ? 'right' : 'wrong'].push(value));
  return parted;
}

function draw(runs: readonly FoundRun[]): Drawn {
  const done = runs.filter(({ complete }) => complete);
  const moments = done.flatMap((run) => momentsOf(run));
  const panels = moments.map(({ level, epoch, when, parted }) =>
    lossHistogram(
      `${when}-${level}`,
      phrase(when === 'early' ? 'figures.panels.lossesEarly' : 'figures.panels.lossesLate', {
        level: shortPercent(level),
        epoch,
      }),
      parted,
    ),
  );
  const facts = moments.map(({ level, epoch, parted }) => ({
    name: phrase('figures.facts.auroc', { level: shortPercent(level), epoch }),
    value: digits(auroc(parted.wrong, parted.right)),
  }));
  return {
    state: stateOf(runs),
    panels: done.length > 0 ? [...panels, overlapByEpoch(done)] : [],
    facts,
    findings: done.flatMap((run) => findingOf(run)),
  };
}

interface Moment {
  level: number;
  epoch: number;
  when: 'early' | 'late';
  parted: Parted;
}

/** At the early stop and at the end. */
function momentsOf(run: FoundRun): Moment[] {
  const { verdict, rows, level } = run;
  const late = rows.at(-1)!.epoch;
  const epochs = [...(verdict ? [['early', verdict.epoch] as const] : []), ['late', late] as const];
  return epochs.flatMap(([when, epoch]) => {
    const parted = partedAt(run, epoch);
    return parted ? [{ level, epoch, when, parted }] : [];
  });
}

function overlaps(run: FoundRun): { x: number; y: number }[] {
  return run.rows.flatMap(({ epoch }) => {
    const parted = epoch > 0 ? partedAt(run, epoch) : null;
    const y = parted && auroc(parted.wrong, parted.right);
    return y === null ? [] : [{ x: epoch, y }];
  });
}

function overlapByEpoch(runs: readonly FoundRun[]): FigurePanel {
  const most = Math.max(...runs.map(({ level }) => level));
  return {
    kind: 'chart',
    id: 'auroc',
    title: phrase('figures.panels.auroc'),
    x: { title: phrase('figures.axes.epoch'), scale: 'linear', format: 'number', min: 0 },
    y: { title: phrase('figures.axes.auroc'), scale: 'linear', format: 'number', max: 1 },
    series: runs.map((run): FigureSeries => ({
      name: phrase('figures.series.level', { level: shortPercent(run.level) }),
      ink: { level: run.level / most },
      dash: 'solid',
      draw: 'line',
      mark: 'dot',
      opacity: 1,
      points: overlaps(run),
    })),
    rules: runs.flatMap(({ verdict, level }) =>
      verdict
        ? [
            {
              axis: 'x' as const,
              at: verdict.epoch,
              name: phrase('figures.rules.stop', { level: shortPercent(level) }),
            },
          ]
        : [],
    ),
    square: false,
  };
}

function findingOf(run: FoundRun): Phrase[] {
  const [early, late] = momentsOf(run);
  if (!early || !late) return [];
  const value = ({ parted }: Moment) => digits(auroc(parted.wrong, parted.right));
  return [
    phrase('figures.findings.losses', {
      level: shortPercent(run.level),
      early: value(early),
      late: value(late),
      stop: early.epoch,
      last: late.epoch,
    }),
  ];
}
