/** Theorem 2: how far the weights are when the first wrong label is fitted, against delta / eps0. */
import type { FigureSettings } from '../contract/messages/figures.ts';
import { digits } from '../contract/words/numbers.ts';
import { list, real, whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure } from './figure.ts';
import { makeCells, readCells } from './grid.ts';
import type { GridRun, CellResult } from './grid.ts';
import { chart, logarithmic, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { numberOf, numbersOf } from './settings.ts';
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
          activation: 'relu',
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
}

function pointsOf(cells: readonly GridRun[], done: ReadonlyMap<string, CellResult>): Point[] {
  return cells.flatMap(({ key }) => {
    const found = done.get(key);
    const { delta, eps0, firstWrongFit } = found ?? {};
    // Where eps0 is near delta the random start may fit one by chance; the theorem is about far less.
    if (!firstWrongFit || !eps0 || !delta || firstWrongFit.distance === 0) return [];
    return [{ x: delta / eps0, y: firstWrongFit.distance, delta }];
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
    panels: [panel(settings, points, fit)],
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
    findings: fit
      ? [
          phrase(fit.low > 0 ? 'figures.findings.theorem2' : 'figures.findings.theorem2Open', {
            slope: slopeText(fit),
          }),
        ]
      : [],
  };
}

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
    ],
  );
}
