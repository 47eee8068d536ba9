/**
 * The paper's figures in memory: one of each kind of panel and of each kind of making. Figure 2 is instant,
 * figure 1 takes a while and can be stopped, `theorem1` fails, `sigma` is a matrix. `?paper=complete` has
 * figure 1 made before.
 */
import { CATALOGUE } from 'virtual:catalogue';
import { data, slider, whole } from '../../core/contract/catalogue/field.ts';
import type { Series } from '../../core/contract/messages/charts.ts';
import { FIGURE_DATA, NO_DATA } from '../../core/contract/messages/figures.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type {
  FigureInfo,
  FigureSettings,
  FigureView,
} from '../../core/contract/messages/figures.ts';
import type { PageMethod, Params, Result } from '../../core/contract/messages/messages.ts';

type PaperMethod = Extract<PageMethod, `paper.${string}`>;
type Handlers = { [M in PaperMethod]: (params: Params<M>) => Result<M> | Promise<Result<M>> };

const query = new URLSearchParams(location.search);
/** Lets time pass, in milliseconds. */
export const wait = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

const of = (id: string) => CATALOGUE.figures.find((one) => one.id === id)!;

const FIGURE_1: FigureInfo = {
  ...of('1'),
  sizes: [
    { id: 'quick', settings: sizeOf(5000, 40) },
    { id: 'hour', settings: sizeOf(5000, 50) },
    { id: 'full', settings: sizeOf(50_000, 200) },
  ],
  fields: of('1').fields.filter(({ id }) => id in sizeOf(1, 1)),
};

function sizeOf(train: number, epochs: number): FigureSettings {
  return {
    data: 'mnist',
    train,
    holdout: 1000,
    test: 2000,
    levels: [0, 0.2, 0.4, 0.6, 0.8, 1],
    seeds: 1,
    noise: 'uniform',
    network: 'paper-cnn',
    learningRate: 1,
    epochs,
  };
}

const FIGURE_2: FigureInfo = {
  ...of('2'),
  fields: [
    slider('clusters', 3, 12),
    slider('samples', 20, 300),
    slider('eps0', 0, 1, 0.01),
    slider('rho', 0, 0.5, 0.01),
    whole('seed', 0, 9999),
  ],
  sizes: [{ id: 'paper', settings: { clusters: 6, samples: 30, eps0: 0.3, rho: 0.2, seed: 4 } }],
};

const other = (id: string, instant: boolean): FigureInfo => ({
  ...of(id),
  fields: [whole('seed', 0, 9999)],
  sizes: [{ id: 'paper', settings: { seed: 0 } }],
  instant,
});

/** One of its sizes is of a person's own data. */
const LOSSES: FigureInfo = {
  ...of('losses'),
  fields: [data(FIGURE_DATA, 'mnist'), whole('seed', 0, 9999)],
  sizes: [
    { id: 'lenet', settings: { [FIGURE_DATA]: 'mnist', seed: 0 } },
    { id: 'cifar', settings: { [FIGURE_DATA]: NO_DATA, seed: 0 } },
  ],
};

const TOLD: FigureInfo[] = [
  FIGURE_1,
  FIGURE_2,
  other('3', false),
  LOSSES,
  other('spectrum', true),
  other('synthetic', false),
  other('constants', true),
  other('sigma', true),
  other('theorem1', false),
  other('theorem2', false),
  other('proof', true),
];

/** Every figure; those that are told here have few fields. */
export const FIGURES = CATALOGUE.figures.map(
  (info) => TOLD.find(({ id }) => id === info.id) ?? info,
);

const axis = (key: string, min?: number, max?: number) => ({
  title: { code: `figures.axes.${key}` },
  scale: 'linear' as const,
  format: 'number' as const,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});

function line(name: string, ink: Series['ink'], ends: [number, number], levels: number[]) {
  const points = levels.map((x) => {
    const y = ends[0] + (ends[1] - ends[0]) * x ** 2;
    return { x, y, low: y - 0.02, high: y + 0.02 };
  });
  const dash = name === 'truth' ? 'dashed' : 'solid';
  const look = { dash, draw: 'both', mark: name === 'test' ? 'ring' : 'dot', opacity: 1 } as const;
  return { name: { code: `figures.series.${name}` }, ink, points, ...look };
}

/** Figure 1, as far as its first levels go. */
function corruption(levels: number[]): Pick<FigureView, 'panels' | 'facts' | 'findings'> {
  const panel = (id: string, test: number): FigureView['panels'][number] => ({
    kind: 'chart',
    id,
    title: { code: `figures.panels.${id}` },
    x: { ...axis('corruption', 0, 1), format: 'percent' },
    y: { ...axis('accuracy', 0, 1), format: 'percent' },
    series: [
      line('given', 'given', id === 'last' ? [1, 0.99] : [0.98, 0.15], levels),
      line('truth', 'truth', [0.99, 0.12], levels),
      line('test', 'test', [0.98, test], levels),
    ],
    rules: [],
    square: false,
  });
  return {
    panels: [panel('last', 0.05), panel('stop', 0.1)],
    facts: levels.map((level) => ({
      name: { code: 'figures.facts.testStop', values: { level: `${level * 100}%` } },
      value: (0.98 - 0.8 * level ** 2).toFixed(4),
    })),
    findings: [
      {
        code: 'figures.findings.corruption',
        values: { level: '40%', fitted: '99.8%', last: '67.1%', stop: '92.4%', points: '25.3' },
      },
    ],
  };
}

/** Figure 2: as many points as asked for, in a spiral, so that a test can count them. */
function clusters(settings: FigureSettings): Pick<FigureView, 'panels' | 'facts' | 'findings'> {
  const samples = Number(settings['samples']);
  const inks = ['truth', 'holdout', 'test'] as const;
  const places = Array.from({ length: samples }, (_, i) => {
    const radius = 0.25 + (0.7 * (i % 7)) / 7;
    return { x: radius * Math.cos(i * 2.4), y: radius * Math.sin(i * 2.4) };
  });
  const series = inks.map((ink, c): Series => ({
    name: { code: 'figures.series.class', values: { alpha: [-1, 0.1, 1][c]! } },
    ink,
    dash: 'solid',
    draw: 'points',
    mark: (['dot', 'cross', 'square'] as const)[c]!,
    opacity: 1,
    points: places.filter((_, i) => i % 3 === c),
  }));
  const common = { kind: 'chart' as const, rules: [], series };
  return {
    panels: [
      {
        ...common,
        id: 'sphere',
        title: { code: 'figures.panels.sphere' },
        x: axis('across', -1.1, 1.1),
        y: axis('up', -1.1, 1.1),
        square: true,
      },
      {
        ...common,
        id: 'labels',
        title: { code: 'figures.panels.labels' },
        x: axis('cluster'),
        y: axis('label'),
        square: false,
        rules: [{ axis: 'y', at: 0, name: { code: 'figures.axes.label' } }],
      },
    ],
    facts: [
      { name: { code: 'figures.facts.alphas' }, value: '−1, 0.1, 1' },
      { name: { code: 'figures.facts.wrong' }, value: `5 / ${samples}` },
    ],
    findings: [
      {
        code: 'figures.findings.clusterable',
        values: { clusters: Number(settings['clusters']), eps0: '0.3', delta: '0.9' },
      },
    ],
  };
}

function matrix(): Pick<FigureView, 'panels' | 'facts' | 'findings'> {
  const names = Array.from({ length: 8 }, (_, i) => `c${i + 1}`);
  return {
    panels: [
      {
        kind: 'heat',
        id: 'sigma',
        title: { code: 'figures.axes.cluster' },
        rows: names,
        columns: names,
        values: names.map((_, i) => names.map((_, j) => (i === j ? 0.5 : 0.3 / (1 + i + j)))),
        legend: { code: 'figures.axes.label' },
      },
      {
        kind: 'histogram',
        id: 'spread',
        title: { code: 'figures.axes.sampleLoss' },
        x: axis('sampleLoss'),
        y: axis('shareOfGroup'),
        edges: [0, 1, 2, 3, 4],
        series: [
          { name: { code: 'figures.series.rightLabels' }, ink: 'truth', counts: [60, 20, 5, 1] },
          { name: { code: 'figures.series.wrongLabels' }, ink: 'given', counts: [2, 8, 30, 40] },
        ],
      },
    ],
    facts: [],
    findings: [],
  };
}

const NOTHING = { panels: [], facts: [], findings: [] };

/** Answers about figures. @param emit tells the window */
export function fakePaper(emit: (event: LabEvent) => void): Handlers {
  /** How many of figure 1's levels are there, by settings. */
  const made = new Map<string, number>();
  const all = 6;
  let stop: (() => void) | null = null;
  const begins = query.get('paper') === 'complete' ? all : 0;
  const keyOf = (id: string, settings: FigureSettings) =>
    id + JSON.stringify(Object.entries(settings).sort());

  function view(id: string, settings: FigureSettings): FigureView {
    const base = { id, settings, folder: null };
    if (id === '2') return { ...base, state: 'complete', ...clusters(settings) };
    if (id === 'theorem1' || id === 'theorem2') return { ...base, state: 'empty', ...NOTHING };
    const info = FIGURES.find((one) => one.id === id)!;
    if (info.instant) return { ...base, state: 'complete', ...matrix() };
    const levels = made.get(keyOf(id, settings)) ?? begins;
    if (levels === 0) return { ...base, state: 'empty', ...NOTHING };
    const list = [0, 0.2, 0.4, 0.6, 0.8, 1].slice(0, levels);
    const state = levels === all ? 'complete' : 'partial';
    return { ...base, folder: '/home/ada/runs/figures/1', state, ...corruption(list) };
  }

  async function make(id: string, settings: FigureSettings): Promise<void> {
    let stopped = false;
    stop = () => (stopped = true);
    const speed = Number(query.get('speed') ?? 250) * 20;
    for (let at = made.get(keyOf(id, settings)) ?? begins; at <= all && !stopped; at++) {
      made.set(keyOf(id, settings), at);
      const doing = { code: 'figures.doing.runs', values: { done: at, of: all } };
      emit({ event: 'paper.progress', id, share: at / all, secondsLeft: (all - at) * 12, doing });
      if (at > 0) emit({ event: 'paper.view', view: view(id, settings) });
      await wait(speed);
    }
    stop = null;
    emit({ event: 'paper.ended', id, problem: null });
  }

  return {
    'paper.open': async ({ id, settings }) => {
      await wait(10);
      if (settings['data'] === '/home/ada/fashion-mnist')
        throw new Error(
          '/home/ada/fashion-mnist: the labels end after 12 of 60,000; copy the file again.',
        );
      return { view: view(id, settings) };
    },
    'paper.estimate': async () => {
      await wait(30);
      return { seconds: 840 };
    },
    'paper.start': ({ id, settings }) => {
      if (id === 'theorem1')
        throw new Error('The disk is full: 12 MB are needed in /home/ada/label-noise-lab/runs.');
      void make(id, settings);
      return {};
    },
    'paper.stop': () => {
      stop?.();
      return {};
    },
  };
}
