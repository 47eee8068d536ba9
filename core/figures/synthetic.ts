/** The paper's synthetic experiment: errors by iteration, and losses early and late. */
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits, percent } from '../contract/words/numbers.ts';
import { descend } from '../theory/descent.ts';
import type { Moment } from '../theory/descent.ts';
import type { Milestones } from '../theory/milestones.ts';
import { auroc } from './auroc.ts';
import { readDrawn, writeDrawn } from './drawn-file.ts';
import { whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure, Making } from './figure.ts';
import { lossHistogram } from './histogram.ts';
import { chart, logarithmic, numbers, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { numberOf } from './settings.ts';
import {
  CLUSTER_FIELDS,
  DESCENT_FIELDS,
  MOST_ITERATIONS,
  settingOf,
  SYNTHETIC,
} from './theory-setup.ts';
import type { Setting } from './theory-setup.ts';

/** The synthetic experiment of Li, Soltanolkotabi, Oymak (2019), section 4. */
export const synthetic: Figure = {
  info: {
    id: 'synthetic',
    sign: '∘',
    group: 'figures',
    fields: [
      ...CLUSTER_FIELDS,
      ...DESCENT_FIELDS,
      whole('early', 0, MOST_ITERATIONS),
      whole('late', 1, MOST_ITERATIONS),
    ],
    sizes: [{ id: 'paper', settings: { ...SYNTHETIC, early: 80, late: 4500 } }],
    instant: false,
  },
  open: (_settings, folder) => readDrawn(folder),
  make,
  estimate: estimateDescent,
};

/** Iterations of the trial. */
const TRIAL = 100;

/** Seconds of a descent, by its first iterations; the start of TensorFlow and what is drawn come on top. */
export async function estimateDescent(settings: FigureSettings, folder: string): Promise<number> {
  if (readDrawn(folder).state === 'complete') return 0;
  const began = performance.now();
  const { setup } = await settingOf(settings);
  let first = 0;
  await descend(setup, TRIAL, {
    after({ iteration }) {
      // The first call also compiles.
      if (iteration === 1) first = performance.now();
    },
  });
  const now = performance.now();
  const each = (now - first) / (TRIAL - 1);
  return (first - began + each * numberOf(settings, 'iterations')) / 1000;
}

/** What is kept of an iteration. */
type Point = Omit<Moment, 'measured' | 'pairs'>;

/** Points between two showings. */
const SHOW = 500;

async function make(settings: FigureSettings, making: Making): Promise<void> {
  const iterations = numberOf(settings, 'iterations');
  const setting = await settingOf(settings);
  const points: Point[] = [];
  const parted = new Map<number, Parted>();
  const wanted = new Set([numberOf(settings, 'early'), numberOf(settings, 'late')]);
  const drawn = (state: Drawn['state'], milestones: Milestones | null): Drawn =>
    draw(setting, points, parted, milestones, state);
  const { milestones, iterations: done } = await descend(
    setting.setup,
    iterations,
    {
      after({ measured, pairs: _pairs, ...moment }) {
        points.push(moment);
        if (wanted.has(moment.iteration))
          parted.set(moment.iteration, partedBy(setting, measured.losses));
        if (points.length % SHOW === 0) making.more(drawn('partial', null));
      },
    },
    {
      stopped: () => making.signal.aborted,
      progress: (iteration) =>
        making.progress(
          iteration / iterations,
          phrase('figures.doing.iterations', { done: iteration, of: iterations }),
        ),
    },
  );
  const complete = done === iterations;
  const whole = drawn(complete ? 'complete' : 'partial', milestones);
  if (complete) writeDrawn(making.folder, whole);
  making.more(whole);
}

/** Losses by whether the given label is right. */
interface Parted {
  right: number[];
  wrong: number[];
}

function partedBy({ data: { given, truth } }: Setting, losses: Float32Array): Parted {
  const all = [...losses];
  return {
    right: all.filter((_, i) => given[i] === truth[i]),
    wrong: all.filter((_, i) => given[i] !== truth[i]),
  };
}

function draw(
  { constants }: Setting,
  points: readonly Point[],
  parted: ReadonlyMap<number, Parted>,
  milestones: Milestones | null,
  state: Drawn['state'],
): Drawn {
  const histograms = [...parted].map(([iteration, losses]) =>
    lossHistogram(`losses-${iteration}`, phrase('figures.panels.lossesAt', { iteration }), losses),
  );
  const last = points.at(-1);
  return {
    state,
    panels: [errors(points, [...parted.keys()]), distances(points), ...histograms],
    facts: [
      ...[...parted].map(([iteration, { right, wrong }]) => ({
        name: phrase('figures.facts.aurocAt', { iteration }),
        value: digits(auroc(wrong, right)),
      })),
      { name: phrase('figures.facts.trueEnd'), value: percent(last?.trueShare) },
      { name: phrase('figures.facts.givenEnd'), value: percent(last?.givenShare) },
    ],
    findings: [...(milestones ? findingsOf(milestones) : []), ...constants.failing],
  };
}

/** About how many points a line is drawn by. */
const DRAWN = 300;

/** Points evenly on a log axis, which has no 0. */
export function thinned<T extends { iteration: number }>(points: readonly T[]): T[] {
  const kept: T[] = [];
  let next = 1;
  const factor = (points.at(-1)?.iteration ?? 1) ** (1 / DRAWN);
  for (const point of points) {
    if (point.iteration < next) continue;
    kept.push(point);
    next = Math.max(next * factor, point.iteration + 0.5);
  }
  return kept;
}

function by(points: readonly Point[], value: (point: Point) => number) {
  return thinned(points).map((point) => ({ x: point.iteration, y: value(point) }));
}

const iterationAxis = () => logarithmic(phrase('figures.axes.iteration'), { min: 1 });

function errors(points: readonly Point[], looked: readonly number[]): FigurePanel {
  const [errorTrue, errorGiven] = [
    by(points, (point) => 1 - point.trueShare),
    by(points, (point) => 1 - point.givenShare),
  ];
  const rules = looked
    .filter((iteration) => iteration > 0)
    .map((at) => ({
      axis: 'x' as const,
      at,
      name: phrase('figures.rules.iteration', { iteration: at }),
    }));
  return chart(
    'errors',
    phrase('figures.panels.errors'),
    { x: iterationAxis(), y: numbers(phrase('figures.axes.error'), { format: 'percent', min: 0 }) },
    [
      seriesOf(phrase('figures.series.errorTrue'), 'truth', errorTrue, { dash: 'dashed' }),
      seriesOf(phrase('figures.series.errorGiven'), 'given', errorGiven),
    ],
    { rules },
  );
}

function distances(points: readonly Point[]): FigurePanel {
  return chart(
    'distance',
    phrase('figures.panels.distance'),
    { x: iterationAxis(), y: numbers(phrase('figures.axes.distance'), { min: 0 }) },
    [
      seriesOf(
        phrase('figures.series.distance'),
        'total',
        by(points, (point) => point.distance),
      ),
    ],
  );
}

function findingsOf({ allTrue, mostTrue, firstWrongFit }: Milestones): Drawn['findings'] {
  const learned = allTrue ?? mostTrue;
  if (!learned) return [];
  const values = { iteration: learned.iteration, distance: digits(learned.distance) };
  const first = allTrue
    ? phrase('figures.findings.allTrue', values)
    : phrase('figures.findings.mostTrue', { ...values, share: percent(mostTrue!.share) });
  if (!firstWrongFit) return [first];
  return [
    first,
    phrase('figures.findings.firstWrong', {
      iteration: firstWrongFit.iteration,
      distance: digits(firstWrongFit.distance),
      times: (firstWrongFit.distance / learned.distance).toFixed(1),
    }),
  ];
}
