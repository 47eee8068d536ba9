/** Compare methods: robust training to the end and stopped early, beside plain training. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { paletteOf } from '../contract/drawing/palette.ts';
import { DASHES } from '../contract/messages/charts.ts';
import type { Series } from '../contract/messages/charts.ts';
import type { FigurePanel, FigureSettings, FigureTable } from '../contract/messages/figures.ts';
import { digits, shortPercent } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { TextKey } from '../contract/words/texts.ts';
import { chart, numbers, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { choice, flag, share, whole } from '../contract/catalogue/field.ts';
import { parseConfig } from '../kinds/read.ts';
import type { Drawn } from './figure.ts';
import { stateOf } from './figure-runs.ts';
import type { FigureRun, RunSoFar } from './figure-runs.ts';
import { momentsOf } from './method-moments.ts';
import type { MethodMoment } from './method-moments.ts';
import { ROBUST_METHODS } from './robust-methods.ts';
import type { TriedNoise, RobustMethod } from './robust-methods.ts';
import { baseConfig, runsFigure, TRAINING_FIELDS } from './runs-figure.ts';
import { dataField, numberOf } from './settings.ts';

/** A method on a noise, with a seed. */
interface MethodRun extends FigureRun {
  method: RobustMethod;
  noise: TriedNoise;
  seed: number;
}

type FoundRun = RunSoFar<MethodRun>;

/** Lines that colours tell apart. */
const COLOURS = paletteOf(false).runs.length;

/** Robust methods and early stopping, alone and together. */
export const methods = runsFigure<MethodRun>(
  {
    id: 'methods',
    sign: '≷',
    group: 'beyond',
    fields: [
      dataField('mnist'),
      whole('train', 100, 60_000, 100),
      whole('holdout', 100, 10_000, 100),
      whole('test', 100, 10_000, 100),
      share('symmetricRate', 0.5),
      share('pairRate', 0.45),
      whole('seeds', 1, 20),
      choice('network', 'lenet', 'mlp', 'paper-cnn', 'cifar-cnn', 'resnet'),
      choice('optimizer', 'adam', 'momentum', 'sgd', 'adadelta'),
      ...TRAINING_FIELDS,
      ...ROBUST_METHODS.map(({ id }) => flag(id)),
    ],
    sizes: [
      {
        id: 'quick',
        settings: sizeOf([4000, 1000, 2000, 40], ['plain', 'gce', 'forward', 'elr', 'mixup']),
      },
      {
        id: 'hour',
        settings: sizeOf(
          [8000, 2000, 5000, 50],
          ROBUST_METHODS.map(({ id }) => id),
        ),
      },
      {
        id: 'all',
        settings: sizeOf(
          [50_000, 10_000, 10_000, 100],
          ROBUST_METHODS.map(({ id }) => id),
        ),
      },
    ],
    instant: false,
  },
  runsOf,
  draw,
);

function sizeOf(
  [train, holdout, test, epochs]: [number, number, number, number],
  chosen: readonly string[],
): FigureSettings {
  return {
    data: 'mnist',
    train,
    holdout,
    test,
    symmetricRate: 0.5,
    pairRate: 0.45,
    seeds: 3,
    network: 'lenet',
    optimizer: 'adam',
    learningRate: 0.001,
    batch: 64,
    epochs,
    ...Object.fromEntries(ROBUST_METHODS.map(({ id }) => [id, chosen.includes(id)])),
  };
}

/** The noises of settings: those whose rate is above 0. */
const noisesOf = (settings: FigureSettings): TriedNoise[] =>
  (['symmetric', 'pair'] as const)
    .map((kind) => ({ kind, rate: numberOf(settings, `${kind}Rate`) }))
    .filter(({ rate }) => rate > 0);

const chosenOf = (settings: FigureSettings): RobustMethod[] =>
  ROBUST_METHODS.filter(({ id }) => settings[id] === true);

function runsOf(settings: FigureSettings): MethodRun[] {
  const parts = { holdout: numberOf(settings, 'holdout'), test: numberOf(settings, 'test') };
  const base = baseConfig('Compare methods', settings, parts);
  const { epochs } = base.training;
  return Array.from({ length: numberOf(settings, 'seeds') }, (_, seed) =>
    noisesOf(settings).flatMap((noise) =>
      chosenOf(settings).map((method): MethodRun => {
        const name = `${method.id}, ${noise.kind} ${noise.rate}, seed ${seed}`;
        const training = { ...base.training, ...method.change(noise, epochs), seed, threads: 1 };
        const config = { ...base, name, noise: { ...base.noise, ...noise, seed }, training };
        return {
          key: `${method.id}-${noise.kind}-seed-${seed}`,
          settings: { method: method.id, noise: noise.kind, seed },
          config: parseConfig(config, name),
          method,
          noise,
          seed,
        };
      }),
    ),
  ).flat();
}

/** A method on one noise, over its seeds. */
interface Compared {
  method: RobustMethod;
  end: MethodMoment[];
  stop: MethodMoment[];
  seconds: number;
}

function comparedOf(runs: readonly FoundRun[], noise: TriedNoise): Compared[] {
  return ROBUST_METHODS.flatMap((method) => {
    const own = runs.filter(
      (run) => run.complete && run.method.id === method.id && run.noise.kind === noise.kind,
    );
    const found = own.flatMap((run) => momentsOf(run) ?? []);
    if (found.length === 0) return [];
    const seconds = mean(
      own.map(({ rows }) => rows.reduce((sum, row) => sum + (row.seconds ?? 0), 0)),
    );
    return [
      { method, end: found.map(({ end }) => end), stop: found.map(({ stop }) => stop), seconds },
    ];
  });
}

function draw(runs: readonly FoundRun[], settings: FigureSettings): Drawn {
  const noises = noisesOf(settings).map((noise) => ({ noise, all: comparedOf(runs, noise) }));
  const some = noises.filter(({ all }) => all.length > 0);
  const done = runs.filter(({ complete }) => complete).length;
  return {
    state: stateOf(runs),
    panels: some.flatMap(({ noise, all }) => [
      panel(noise, all, 'distance'),
      panel(noise, all, 'memorized'),
    ]),
    facts:
      some.length > 0
        ? [{ name: phrase('figures.facts.runs'), value: `${done} / ${runs.length}` }]
        : [],
    tables: some.map(({ noise, all }) => tableOf(noise, all)),
    findings: some.flatMap(({ noise, all }) => findingsOf(noise, all)),
  };
}

const nameOf = ({ id }: RobustMethod): Phrase => phrase(`figures.methods.${id}` as TextKey);

const noiseWords = ({ kind, rate }: TriedNoise) => ({
  noise: phrase(`figures.noises.${kind}`),
  rate: shortPercent(rate),
});

/** Each method from early stop to end (dashed as colours begin anew): a fall to the right is what training on costs. */
function panel(
  noise: TriedNoise,
  all: readonly Compared[],
  by: 'distance' | 'memorized',
): FigurePanel {
  const series = all.map(({ method, end, stop }, run): Series => {
    const points = [stop, end].map((moments) => pointOf(moments, by));
    const marks = ['dot', 'square', 'cross', 'ring'] as const;
    return seriesOf(nameOf(method), { run }, points, {
      draw: 'both',
      mark: marks[run % marks.length]!,
      marksStart: true,
      dash: DASHES[Math.floor(run / COLOURS)]!,
    });
  });
  const x =
    by === 'distance'
      ? numbers(phrase('figures.axes.relativeDistance'), { nice: true })
      : { ...shares(phrase('figures.axes.memorized')), max: mostMemorized(all) };
  return chart(
    `${noise.kind}-${by}`,
    phrase(`figures.panels.methodsBy.${by}`, noiseWords(noise)),
    { x, y: { ...shares(phrase('figures.axes.testAccuracy')), min: leastOf(all) } },
    series,
  );
}

/** The mean of some runs at one moment, with the spread of their test accuracy. */
function pointOf(moments: readonly MethodMoment[], by: 'distance' | 'memorized') {
  const x = mean(moments.map((moment) => moment[by]));
  const accuracies = moments.map(({ testAccuracy }) => testAccuracy);
  const y = mean(accuracies);
  if (accuracies.length < 2) return { x, y };
  const away = sampleStandardDeviation(accuracies);
  return { x, y, low: y - away, high: y + away };
}

/** Accuracies begin at a round tenth, so that methods are told apart. */
function leastOf(all: readonly Compared[]): number {
  const lowest = Math.min(
    ...all.flatMap(({ end, stop }) => [...end, ...stop].map(({ testAccuracy }) => testAccuracy)),
  );
  return Math.max(0, Math.floor(lowest * 10 - 0.5) / 10);
}

/** Where the axis of memorizing ends: at a tenth, so that little of it is seen too. */
function mostMemorized(all: readonly Compared[]): number {
  const every = all.flatMap(({ end, stop }) => end.concat(stop));
  return Math.min(1, Math.floor(Math.max(...every.map((at) => at.memorized)) * 10 + 1) / 10);
}

function tableOf(noise: TriedNoise, all: readonly Compared[]): FigureTable {
  const head = ['method', 'end', 'stopped', 'gained', 'memorizedEnd', 'memorizedStop'] as const;
  const more = ['distanceEnd', 'distanceStop', 'epoch', 'seconds'] as const;
  return {
    title: phrase('figures.tables.methods', noiseWords(noise)),
    head: [...head, ...more].map((column) => phrase(`figures.tables.columns.${column}`)),
    rows: all.map(({ method, end, stop, seconds }) => {
      const gained = stop.map((moment, i) => moment.testAccuracy - end[i]!.testAccuracy);
      return [
        nameOf(method),
        spreadText(end.map(({ testAccuracy }) => testAccuracy)),
        spreadText(stop.map(({ testAccuracy }) => testAccuracy)),
        spreadText(gained),
        shortPercent(mean(end.map(({ memorized }) => memorized))),
        shortPercent(mean(stop.map(({ memorized }) => memorized))),
        digits(mean(end.map(({ distance }) => distance))),
        digits(mean(stop.map(({ distance }) => distance))),
        digits(mean(stop.map(({ epoch }) => epoch))),
        digits(seconds),
      ];
    }),
  };
}

/** `91.3 ± 0.4 %`, in percent with one decimal. */
function spreadText(values: readonly number[]): string {
  const middle = (mean([...values]) * 100).toFixed(1);
  if (values.length < 2) return `${middle}%`;
  return `${middle}\u00a0±\u00a0${(sampleStandardDeviation([...values]) * 100).toFixed(1)}%`;
}

/** What stopping alone buys stands first, then the best method by each way of ending. */
function findingsOf(noise: TriedNoise, all: readonly Compared[]): Phrase[] {
  const accuracy = (moments: readonly MethodMoment[]) =>
    mean(moments.map(({ testAccuracy }) => testAccuracy));
  const plain = all.find(({ method }) => method.id === 'plain');
  const best = (of: 'end' | 'stop') =>
    all.reduce((a, b) => (accuracy(b[of]) > accuracy(a[of]) ? b : a));
  const [ended, stopped] = [best('end'), best('stop')];
  const told = all.filter(({ method }) => method.isTold);
  return [
    ...(plain
      ? [
          phrase('figures.findings.stoppingAlone', {
            ...noiseWords(noise),
            end: shortPercent(accuracy(plain.end)),
            stop: shortPercent(accuracy(plain.stop)),
          }),
        ]
      : []),
    ...(all.length > 1
      ? [
          phrase('figures.findings.bestMethods', {
            ...noiseWords(noise),
            ended: nameOf(ended.method),
            end: shortPercent(accuracy(ended.end)),
            stopped: nameOf(stopped.method),
            stop: shortPercent(accuracy(stopped.stop)),
          }),
        ]
      : []),
    ...told.map(({ method }) =>
      phrase('figures.findings.methodTold', { method: nameOf(method), ...noiseWords(noise) }),
    ),
  ];
}
