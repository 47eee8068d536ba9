/** Dynamics of samples: forgetting, data map, memorization over distance and confusion, of one set of runs. */
import { NO_DATA } from '../contract/messages/figures.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits, shortPercent } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { chart, numbers, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { choice, list, whole } from '../contract/catalogue/field.ts';
import { readRunConfig } from '../run-folder/stored.ts';
import { confusionOf, confusionPanel, recallAlong, recallPanel } from './confusion.ts';
import { checkChances, confidenceAuroc, dataMap, dataMapPanel } from './data-map.ts';
import type { DataMap } from './data-map.ts';
import type { Drawn } from './figure.ts';
import { stateOf } from './figure-runs.ts';
import type { FoundRun } from './figure-runs.ts';
import { forgettingAlong, forgettingAuroc, forgettingPanel, neverLearned } from './forgetting.ts';
import type { Forgetting } from './forgetting.ts';
import { distanceMemorized, memorizationPanel, wrongLabelsAlong } from './memorization.ts';
import type { WrongLabels } from './memorization.ts';
import { plannedRuns, runsFigure, TRAINING_FIELDS } from './runs-figure.ts';
import { epochsOf, knownLabels } from './sample-history.ts';
import type { KnownLabels } from './sample-history.ts';
import { dataField, numberOf } from './settings.ts';

/** What the epochs of runs say about their samples. */
export const samples = runsFigure(
  {
    id: 'samples',
    sign: '⋮',
    group: 'beyond',
    fields: [
      dataField('mnist'),
      whole('train', 100, 60_000, 100),
      whole('holdout', 0, 10_000, 100),
      list('levels', 0.01, 1),
      choice('noise', 'symmetric', 'uniform', 'pair'),
      choice('network', 'lenet', 'mlp', 'resnet', 'cifar-cnn', 'paper-cnn'),
      choice('optimizer', 'adam', 'momentum', 'sgd', 'adadelta'),
      ...TRAINING_FIELDS,
    ],
    sizes: [
      { id: 'quick', settings: { ...common('lenet', 40), batch: 32 } },
      { id: 'cifar', settings: { ...common('resnet', 40), data: NO_DATA, batch: 128 } },
    ],
    instant: false,
  },
  (settings) =>
    plannedRuns('Dynamics of samples', settings, {
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
    levels: [0.2, 0.4, 0.6],
    noise: 'symmetric',
    network,
    optimizer: 'adam',
    learningRate: 0.001,
    epochs,
  };
}

/** What a finished run says. */
interface Told {
  level: number;
  labels: KnownLabels;
  forgetting: Forgetting;
  /** AUROC of forgetting, counted up to each epoch. */
  signs: { x: number; y: number }[];
  map: DataMap;
  along: WrongLabels[];
}

/** Those of finished runs, which do not change: each means reading all their epochs. */
const known = new Map<string, Told>();

function toldBy(run: FoundRun): Told {
  const told = known.get(run.folder) ?? readTold(run);
  known.set(run.folder, told);
  return told;
}

function readTold({ folder, rows, level, config }: FoundRun): Told {
  checkChances(config.training);
  const labels = knownLabels(folder);
  const epochs = () => epochsOf(folder, rows.at(-1)!.epoch);
  const signs: Told['signs'] = [];
  let forgetting: Forgetting | null = null;
  for (const found of forgettingAlong(labels.given, epochs())) {
    forgetting = found;
    const y = forgettingAuroc(found, labels);
    if (y !== null) signs.push({ x: found.epoch, y });
  }
  return {
    level,
    labels,
    forgetting: forgetting!,
    signs,
    map: dataMap(labels.given.length, epochs()),
    along: wrongLabelsAlong(rows, labels, epochs()),
  };
}

/** The level that single samples are shown of, or the nearest there is. */
const SHOWN = 0.4;

function draw(runs: readonly FoundRun[]): Drawn {
  const done = runs.filter(({ complete, rows }) => complete && rows.length > 1);
  const state = stateOf(runs);
  if (done.length === 0) return { state, panels: [], facts: [], findings: [] };
  const all = done.map(toldBy);
  const near = ({ level }: { level: number }) => Math.abs(level - SHOWN);
  const run = done.reduce((a, b) => (near(b) < near(a) ? b : a));
  const shown = toldBy(run);
  const level = { level: shortPercent(run.level) };
  return {
    state,
    panels: [
      memorizationPanel(all, 'memorized'),
      memorizationPanel(all, 'recovered'),
      forgettingPanel(phrase('figures.panels.forgetting', level), shown.forgetting, shown.labels),
      signsPanel(all),
      dataMapPanel(phrase('figures.panels.dataMap', level), shown.map, shown.labels),
      ...confusionPanels(run, shown.labels),
    ],
    facts: all.flatMap(factsOf),
    findings: [...distanceFinding(all), ...all.map(forgettingFinding), ...confusionFinding(run)],
  };
}

function signsPanel(all: readonly Told[]): FigurePanel {
  const most = Math.max(...all.map(({ level }) => level));
  return chart(
    'signs',
    phrase('figures.panels.forgettingAuroc'),
    {
      x: numbers(phrase('figures.axes.epoch'), { min: 0 }),
      y: numbers(phrase('figures.axes.auroc'), { max: 1 }),
    },
    all.map(({ level, signs }) =>
      seriesOf(
        phrase('figures.series.level', { level: shortPercent(level) }),
        { level: level / most },
        signs,
      ),
    ),
  );
}

/** Matrices at the early stop and at the end, of true and of given labels, and the course of each class. */
function confusionPanels({ folder, rows, verdict, level }: FoundRun, labels: KnownLabels) {
  const names = readRunConfig(folder).classes;
  const last = rows.at(-1)!.epoch;
  const moments = [
    ...(verdict && verdict.epoch > 0 ? [['stop', verdict.epoch] as const] : []),
    ['end', last] as const,
  ];
  const told = (epoch: number) => ({ level: shortPercent(level), epoch });
  const at = new Map(
    [...epochsOf(folder, last)]
      .filter(({ epoch }) => moments.some(([, one]) => one === epoch))
      .map(({ epoch, predicted }) => [epoch, predicted]),
  );
  const matrices = (['truth', 'given'] as const).flatMap((by) =>
    moments.map(([when, epoch]) =>
      confusionPanel(
        `${by}-${when}`,
        phrase(`figures.panels.confusionBy.${by}`, told(epoch)),
        confusionOf(labels[by], at.get(epoch)!, names.length),
        names,
      ),
    ),
  );
  const stop = verdict && {
    at: verdict.epoch,
    name: phrase('figures.rules.stop', { level: shortPercent(level) }),
  };
  const lines = recallAlong(labels.truth, names.length, epochsOf(folder, last));
  const title = phrase('figures.panels.recall', { level: shortPercent(level) });
  return [...matrices, recallPanel(title, lines, names, stop)];
}

function factsOf({ level, labels, forgetting, map }: Told): Drawn['facts'] {
  const values = { level: shortPercent(level) };
  const never = neverLearned(forgetting, labels);
  return [
    {
      name: phrase('figures.facts.neverLearned', values),
      value: `${shortPercent(never.right)} · ${shortPercent(never.wrong)}`,
    },
    {
      name: phrase('figures.facts.forgettingAuroc', values),
      value: digits(forgettingAuroc(forgetting, labels)),
    },
    {
      name: phrase('figures.facts.confidenceAuroc', values),
      value: digits(confidenceAuroc(map, labels)),
    },
  ];
}

/** The share of wrong labels at which distances are compared. */
const HALF = 0.5;

/** How far the weights have moved when half of the wrong labels are memorized, by level. */
function distanceFinding(all: readonly Told[]): Phrase[] {
  const far = all.map(({ along }) => distanceMemorized(along, HALF));
  if (all.length < 2 || far.some((one) => one === null)) return [];
  return [
    phrase('figures.findings.halfMemorized', {
      levels: all.map(({ level }) => shortPercent(level)).join(' · '),
      distances: far.map((one) => digits(one)).join(' · '),
    }),
  ];
}

function forgettingFinding({ level, labels, signs, map }: Told): Phrase {
  const best = signs.reduce((a, b) => (b.y > a.y ? b : a), { x: 0, y: 0.5 });
  return phrase('figures.findings.forgetting', {
    level: shortPercent(level),
    end: digits(signs.at(-1)?.y),
    best: digits(best.y),
    epoch: best.x,
    confidence: digits(confidenceAuroc(map, labels)),
  });
}

/** What the true classes lose between the early stop and the end. */
function confusionFinding({ level, rows, verdict }: FoundRun): Phrase[] {
  const stop = rows.find(({ epoch }) => epoch === verdict?.epoch);
  const last = rows.at(-1)!;
  if (stop?.trainAccuracyTrue === undefined || last.trainAccuracyTrue === undefined) return [];
  return [
    phrase('figures.findings.confusion', {
      level: shortPercent(level),
      stop: shortPercent(stop.trainAccuracyTrue),
      stopEpoch: stop.epoch,
      end: shortPercent(last.trainAccuracyTrue),
      endEpoch: last.epoch,
    }),
  ];
}
