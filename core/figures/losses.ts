/** Loss histograms: per-sample loss of right against wrong labels, early and late, and their overlap. */
import { existsSync } from 'node:fs';
import { NO_DATA } from '../contract/messages/figures.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { digits, shortPercent } from '../contract/words/numbers.ts';
import { paths } from '../run-folder/files.ts';
import { readDynamics, readLabels } from '../run-folder/read.ts';
import type { RunLabels } from '../run-folder/read.ts';
import { auroc } from './auroc.ts';
import { choice, list, whole } from '../contract/catalogue/field.ts';
import type { Drawn } from './figure.ts';
import { lossHistogram } from './histogram.ts';
import { runsFigure, plannedRuns, TRAINING_FIELDS } from './runs-figure.ts';
import { stateOf } from './figure-runs.ts';
import type { FoundRun } from './figure-runs.ts';
import { chart, numbers, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { dataField, numberOf } from './settings.ts';

/** The loss histograms of the paper's experiments. */
export const losses = runsFigure(
  {
    id: 'losses',
    sign: 'ℓ',
    group: 'figures',
    fields: [
      dataField('mnist'),
      whole('train', 100, 60_000, 100),
      whole('holdout', 0, 10_000, 100),
      list('levels', 0.01, 1),
      choice('noise', 'symmetric', 'uniform', 'pair'),
      choice('network', 'lenet', 'resnet', 'cifar-cnn', 'mlp'),
      choice('optimizer', 'adam', 'momentum', 'sgd', 'adadelta'),
      ...TRAINING_FIELDS,
      whole('earlyEpoch', 0, 1000),
    ],
    sizes: [
      { id: 'lenet', settings: { ...common('lenet', 40), batch: 32, earlyEpoch: 0 } },
      {
        id: 'cifar',
        settings: { ...common('resnet', 40), data: NO_DATA, batch: 128, earlyEpoch: 3 },
      },
      {
        id: 'full',
        settings: {
          ...common('resnet', 80),
          data: NO_DATA,
          train: 50_000,
          // All that CIFAR-10 has is trained on, as in the paper, so its early epoch is named.
          holdout: 0,
          batch: 128,
          earlyEpoch: 4,
        },
      },
    ],
    instant: false,
  },
  (settings) =>
    plannedRuns('Loss histograms', settings, {
      holdout: numberOf(settings, 'holdout'),
      test: 0,
    }),
  draw,
);

function common(network: string, epochs: number): FigureSettings {
  return {
    data: 'mnist',
    train: 4000,
    // What the early stop is chosen by.
    holdout: 800,
    levels: [0.3, 0.5],
    noise: 'symmetric',
    network,
    optimizer: 'adam',
    learningRate: 0.001,
    epochs,
  };
}

/** Losses of an epoch, by whether the given label is right. */
interface Parted {
  right: number[];
  wrong: number[];
}

function partedAt({ folder }: Pick<FoundRun, 'folder'>, epoch: number, labels: Labels) {
  if (!existsSync(paths.dynamics(folder, epoch)) || !labels.truth) return null;
  const { given, truth } = labels;
  const { loss } = readDynamics(folder, epoch);
  const parted: Parted = { right: [], wrong: [] };
  loss.forEach((value, i) => parted[given[i] === truth[i] ? 'right' : 'wrong'].push(value));
  return parted;
}

type Labels = Pick<RunLabels, 'given' | 'truth'>;

function draw(runs: readonly FoundRun[], settings: FigureSettings): Drawn {
  const done = runs.filter(({ complete }) => complete);
  const early = numberOf(settings, 'earlyEpoch');
  const moments = done.flatMap((run) => momentsOf(run, early));
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
    findings: done.flatMap((run) => findingOf(run, early)),
  };
}

interface Moment {
  level: number;
  epoch: number;
  when: 'early' | 'late';
  parted: Parted;
}

/** Early and at the end. @param early the epoch, or 0 for our early stop */
function momentsOf({ verdict, ...run }: FoundRun, early: number): Moment[] {
  const { rows, level } = run;
  const late = rows.at(-1)!.epoch;
  const first = early > 0 ? Math.min(early, late) : verdict?.epoch;
  const epochs = [
    ...(first === undefined ? [] : [['early', first] as const]),
    ['late', late] as const,
  ];
  const labels = readLabels(run.folder);
  return epochs.flatMap(([when, epoch]) => {
    const parted = partedAt(run, epoch, labels);
    return parted ? [{ level, epoch, when, parted }] : [];
  });
}

/** Epochs that a line is drawn by: each means reading and sorting all losses of one. */
const DRAWN = 60;

/** Lines of finished runs, which do not change: the others would wait for them at every drawing. */
const known = new Map<string, { x: number; y: number }[]>();

function overlaps(run: FoundRun): { x: number; y: number }[] {
  const found = known.get(run.folder) ?? overlapsOf(run);
  known.set(run.folder, found);
  return found;
}

function overlapsOf(run: FoundRun): { x: number; y: number }[] {
  const labels = readLabels(run.folder);
  const step = Math.ceil(run.rows.length / DRAWN);
  const last = run.rows.length - 1;
  return run.rows.flatMap(({ epoch }, i) => {
    if (epoch === 0 || (i % step !== 0 && i !== last)) return [];
    const parted = partedAt(run, epoch, labels);
    const y = parted && auroc(parted.wrong, parted.right);
    return y === null ? [] : [{ x: epoch, y }];
  });
}

function overlapByEpoch(runs: readonly FoundRun[]): FigurePanel {
  const most = Math.max(...runs.map(({ level }) => level));
  const lines = runs.map((run) => {
    const name = phrase('figures.series.level', { level: shortPercent(run.level) });
    return seriesOf(name, { level: run.level / most }, overlaps(run));
  });
  const rules = runs.flatMap(({ verdict, level }) => {
    if (!verdict) return [];
    const name = phrase('figures.rules.stop', { level: shortPercent(level) });
    return [{ axis: 'x' as const, at: verdict.epoch, name }];
  });
  return chart(
    'auroc',
    phrase('figures.panels.auroc'),
    {
      x: numbers(phrase('figures.axes.epoch'), { min: 0 }),
      y: numbers(phrase('figures.axes.auroc'), { max: 1 }),
    },
    lines,
    { rules },
  );
}

function findingOf(run: FoundRun, at: number): Phrase[] {
  const [early, late] = momentsOf(run, at);
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
