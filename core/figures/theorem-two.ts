/** Theorem 2: how far the weights are when the first wrong label is fitted, against delta / eps0. */
import type { Series } from '../contract/messages/charts.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { digits } from '../contract/words/numbers.ts';
import { list, real, whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure } from './figure.ts';
import { makeCells, readCells } from './grid.ts';
import type { GridRun, CellResult } from './grid.ts';
import { chart, logarithmic, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { EXACT } from '../theory/milestones.ts';
import { likelyBound, statedBound } from '../theory/pair-bound.ts';
import { numberOf, numbersOf, textOf } from './settings.ts';
import { slopeOf, slopeText } from './slope.ts';
import { DESCENT_FIELDS, SYNTHETIC } from './theory-setup.ts';

/** Theorem 2 of Li, Soltanolkotabi, Oymak (2019) over a grid of eps0 and delta. */
export const theoremTwo: Figure = {
  info: {
    id: 'theorem2',
    sign: 'T2',
    group: 'theory',
    fields: [
      list('eps0s', 0.02, 1.5),
      list('deltas', 0.05, 2),
      whole('samples', 20, 2000),
      whole('dimension', 2, 1000),
      real('rho', 0.01, 0.5, 0.01),
      whole('seeds', 1, 20),
      ...DESCENT_FIELDS.filter(({ id }) => id !== 'seed'),
    ],
    sizes: [
      {
        id: 'quick',
        settings: {
          eps0s: [0.2, 0.25, 0.3, 0.4, 0.55],
          deltas: [0.5, 1, 2],
          samples: 40,
          dimension: 20,
          rho: 0.2,
          seeds: 2,
          width: 1000,
          activation: 'softplus',
          learningRate: 4,
          iterations: 5000,
        },
      },
    ],
    instant: false,
  },
  open: (settings, folder) => draw(settings, readCells(folder)),
  make: (settings, making) =>
    makeCells(
      cellsOf(settings),
      making,
      ({ firstWrongFit }) => firstWrongFit !== null,
      () => making.more(draw(settings, readCells(making.folder))),
    ),
};

function cellsOf(settings: FigureSettings): GridRun[] {
  const { eps0s: _e, deltas: _d, seeds, ...shared } = settings;
  const cells = numbersOf(settings, 'eps0s').flatMap((eps0) =>
    numbersOf(settings, 'deltas').map((delta) => ({ eps0, delta })),
  );
  return Array.from({ length: seeds as number }, (_, seed) =>
    cells.map((cell) => ({
      key: `eps0 ${cell.eps0}, delta ${cell.delta}, seed ${seed}`,
      settings: { ...SYNTHETIC, ...shared, ...cell, seed },
    })),
  ).flat();
}

interface Point {
  x: number;
  y: number;
  delta: number;
  /** The least distance of the pair that was fitted. */
  bound: number | null;
}

function pointsOf(cells: readonly GridRun[], done: ReadonlyMap<string, CellResult>): Point[] {
  return cells.flatMap(({ key }) => {
    const found = done.get(key);
    const { delta, eps0, firstWrongFit, pairBound: bound = null } = found ?? {};
    if (!firstWrongFit || !eps0 || !delta) return [];
    return [{ x: delta / eps0, y: firstWrongFit.distance, delta, bound }];
  });
}

function draw(settings: FigureSettings, done: ReadonlyMap<string, CellResult>): Drawn {
  const cells = cellsOf(settings);
  const counted = cells.filter(({ key }) => done.has(key)).length;
  const points = pointsOf(cells, done);
  const fit = slopeOf(points);
  const state = counted === cells.length ? 'complete' : counted > 0 ? 'partial' : 'empty';
  if (points.length === 0) return { state, panels: [], facts: [], findings: [] };
  const never = counted - points.length;
  return {
    state,
    panels: [panel(settings, points, fit), ...boundPanel(points)],
    facts: [
      { name: phrase('figures.facts.runs'), value: `${counted} / ${cells.length}` },
      {
        name: phrase('figures.facts.neverFitted', {
          iterations: digits(numberOf(settings, 'iterations')),
        }),
        value: digits(never),
      },
      ...(fit ? [{ name: phrase('figures.facts.slope'), value: slopeText(fit) }] : []),
    ],
    findings: [...slopeFound(fit), ...boundsFound(settings, points)],
  };
}

function slopeFound(fit: ReturnType<typeof slopeOf>): Phrase[] {
  if (!fit) return [];
  const open = fit.low > 0 ? 'figures.findings.theorem2' : 'figures.findings.theorem2Open';
  return [phrase(open, { slope: slopeText(fit) })];
}

/** How the measured distances stand to theorem 2 with its constants. */
function boundsFound(settings: FigureSettings, points: readonly Point[]): Phrase[] {
  const bounded = points.filter(({ bound }) => bound !== null);
  if (bounded.length === 0) return [phrase('figures.findings.noBound')];
  const activation = activationOf(settings);
  const belowStated = points.filter(({ x, y }) => y < (statedBound(activation, x, 1) ?? 0)).length;
  return [
    phrase('figures.findings.pairBound', {
      below: digits(bounded.filter(({ y, bound }) => y < bound!).length),
      pairs: digits(bounded.length),
    }),
    phrase('figures.findings.statedBound', {
      below: digits(belowStated),
      pairs: digits(points.length),
    }),
  ];
}

const activationOf = (settings: FigureSettings) =>
  textOf(settings, 'activation') as 'relu' | 'softplus' | 'tanh';

function panel(
  settings: FigureSettings,
  points: readonly Point[],
  fit: ReturnType<typeof slopeOf>,
) {
  const deltas = [...numbersOf(settings, 'deltas')].sort((a, b) => a - b);
  const marks = ['dot', 'square', 'ring', 'cross'] as const;
  const measured = deltas.map((delta, i) =>
    seriesOf(
      phrase('figures.series.delta', { delta: digits(delta) }),
      { level: i / Math.max(1, deltas.length - 1) },
      points.filter((point) => Math.abs(point.delta - delta) < 1e-9).map(({ x, y }) => ({ x, y })),
      { draw: 'points', mark: marks[i % marks.length]! },
    ),
  );
  const xs = points.map(({ x }) => x);
  const ends = [Math.min(...xs), Math.max(...xs)];
  const line = (y: (x: number) => number) => ends.map((x) => ({ x, y: y(x) }));
  // An order has no constant of its own, so it goes through the measured points' middle.
  const middle = points.reduce((sum, { x, y }) => sum + Math.log(y / x), 0) / points.length;
  return chart(
    'theorem2',
    phrase('figures.panels.theorem2'),
    {
      x: logarithmic(phrase('figures.axes.deltaEps0')),
      y: logarithmic(phrase('figures.axes.distanceAtFit')),
    },
    [
      ...measured,
      ...(fit
        ? [
            seriesOf(
              phrase('figures.series.fit'),
              'stop',
              line((x) => fit.factor * x ** fit.slope),
            ),
          ]
        : []),
      seriesOf(
        phrase('figures.series.order'),
        'total',
        line((x) => Math.exp(middle) * x),
        { dash: 'dotted' },
      ),
      ...boundLines(settings, ends as [number, number]),
    ],
  );
}

/** Points of a curve that is no straight line on log axes. */
const CURVE = 60;
/** The chance that a start is no exception to the bound over random starts. */
const CHANCE = 0.95;

/** Theorem 2 with its constants: as stated in the paper, and as derived for samples 2 eps0 apart. */
function boundLines(settings: FigureSettings, [low, high]: [number, number]): Series[] {
  const activation = activationOf(settings);
  const [units, dimension] = [numberOf(settings, 'width'), numberOf(settings, 'dimension')];
  const xs = Array.from({ length: CURVE }, (_, i) => low * (high / low) ** (i / (CURVE - 1)));
  const points = (y: (x: number) => number | null) =>
    xs.flatMap((x) => {
      const value = y(x);
      return value === null || value <= 0 ? [] : [{ x, y: value }];
    });
  const stated = points((x) => statedBound(activation, x, 1));
  const fitted = 1 - 2 * EXACT;
  const likely = points((x) =>
    likelyBound(activation, { gap: fitted * x, apart: 2, units, dimension, chance: CHANCE }),
  );
  return [
    ...(stated.length > 0
      ? [seriesOf(phrase('figures.series.statedBound'), 'given', stated, { dash: 'dashed' })]
      : []),
    ...(likely.length > 0
      ? [seriesOf(phrase('figures.series.likelyBound'), 'holdout', likely, { dash: 'dashDot' })]
      : []),
  ];
}

/** Each run's distance by what the pair it fitted takes at least. */
function boundPanel(points: readonly Point[]): FigurePanel[] {
  const bounded = points.flatMap(({ y, bound }) => (bound ? [{ x: bound, y }] : []));
  if (bounded.length === 0) return [];
  const xs = bounded.map(({ x }) => x);
  const line = [Math.min(...xs), Math.max(...xs)].map((x) => ({ x, y: x }));
  return [
    chart(
      'pair-bound',
      phrase('figures.panels.pairBound'),
      {
        x: logarithmic(phrase('figures.axes.pairBound')),
        y: logarithmic(phrase('figures.axes.distanceAtFit')),
      },
      [
        seriesOf(phrase('figures.series.measuredRuns'), 'truth', bounded, { draw: 'points' }),
        seriesOf(phrase('figures.series.bound'), 'given', line, { dash: 'dashed' }),
      ],
    ),
  ];
}
