/** Theorem 1: iterations and distance until the true labels are learned, as K, k, condition and rho vary. */
import type { ChartSpec } from '../contract/messages/charts.ts';
import type { FigureSettings } from '../contract/messages/figures.ts';
import { digits, percent } from '../contract/words/numbers.ts';
import { list, real, whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure } from './figure.ts';
import { makeCells, readCells } from './grid.ts';
import type { GridRun, CellResult } from './grid.ts';
import {
  chart,
  logarithmic,
  numbers,
  phrase,
  seriesOf,
  shares,
} from '../contract/drawing/parts.ts';
import { numberOf, numbersOf } from './settings.ts';
import { slopeOf, slopeText } from './slope.ts';
import type { Slope } from './slope.ts';
import { spread } from './spread.ts';
import { ordersOf } from '../theory/orders.ts';
import { DESCENT_FIELDS, SYNTHETIC } from './theory-setup.ts';

/** What is varied; all else stays at the middle of the grid. */
const AXES = ['clusters', 'width', 'dimension', 'rho'] as const;
type Axis = (typeof AXES)[number];
const LISTS: Record<Axis, string> = {
  clusters: 'manyClusters',
  width: 'manyWidths',
  dimension: 'manyDimensions',
  rho: 'manyRhos',
};

/** Theorem 1 of Li, Soltanolkotabi, Oymak (2019), along each of its quantities. */
export const theoremOne: Figure = {
  info: {
    id: 'theorem1',
    sign: 'T1',
    group: 'theory',
    fields: [
      list('manyClusters', 2, 64),
      list('manyWidths', 2, 20_000),
      list('manyDimensions', 2, 1000),
      list('manyRhos', 0, 0.5),
      whole('samples', 20, 2000),
      real('eps0', 0, 1.5, 0.01),
      whole('seeds', 1, 20),
      ...DESCENT_FIELDS.filter(({ id }) => id !== 'seed'),
    ],
    sizes: [
      {
        id: 'quick',
        settings: {
          manyClusters: [2, 4, 8, 16, 32],
          manyWidths: [125, 250, 500, 1000, 2000, 4000],
          manyDimensions: [4, 6, 10, 20, 40],
          manyRhos: [0, 0.1, 0.2, 0.25, 0.3, 0.4],
          samples: 320,
          eps0: 0.2,
          seeds: 3,
          width: 1000,
          activation: 'relu',
          learningRate: 1,
          iterations: 2000,
        },
      },
    ],
    instant: false,
  },
  open: (settings, folder) => draw(settings, readCells(folder)),
  make: (settings, making) =>
    makeCells(
      cellsOf(settings).map(({ cell }) => cell),
      making,
      ({ allTrue }) => allTrue !== null,
      () => making.more(draw(settings, readCells(making.folder))),
    ),
};

/** What stays the same while another quantity varies. */
const MIDDLE = { clusters: 4, classes: 2, dimension: 20, rho: 0.1, numbers: 'aroundZero' };

interface Placed {
  axis: Axis;
  value: number;
  seed: number;
  cell: GridRun;
}

function cellsOf(settings: FigureSettings): Placed[] {
  const shared = { ...SYNTHETIC, ...MIDDLE };
  for (const id of ['samples', 'eps0', 'width', 'activation', 'learningRate', 'iterations']) {
    Object.assign(shared, { [id]: settings[id] });
  }
  return Array.from({ length: numberOf(settings, 'seeds') }, (_, seed) =>
    AXES.flatMap((axis) =>
      [...numbersOf(settings, LISTS[axis])]
        .sort((a, b) => a - b)
        .map((value): Placed => {
          const cell = {
            key: `${axis} ${value}, seed ${seed}`,
            settings: { ...shared, [axis]: value, seed },
          };
          return { axis, value, seed, cell };
        }),
    ),
  ).flat();
}

function draw(settings: FigureSettings, done: ReadonlyMap<string, CellResult>): Drawn {
  const cells = cellsOf(settings);
  const counted = cells.filter(({ cell }) => done.has(cell.key)).length;
  const state = counted === cells.length ? 'complete' : counted > 0 ? 'partial' : 'empty';
  if (counted === 0) return { state, panels: [], facts: [], findings: [] };
  const points = AXES.map((axis) => [axis, pointsOf(cells, done, axis)] as const);
  const fits = points
    .filter(([axis]) => axis !== 'rho')
    .map(
      ([axis, found]) =>
        [axis, slopeOf(found.map(({ x, iterations }) => ({ x, y: iterations })))] as const,
    );
  const together = togetherOf(cells, done, 'iterations');
  const whole = slopeOf(together);
  return {
    state,
    panels: [
      ...points.filter(([axis]) => axis !== 'rho').map(([axis, found]) => stepsPanel(axis, found)),
      orderPanel('iterations', together),
      orderPanel('distance', togetherOf(cells, done, 'distance')),
      truePanel(cells, done),
    ],
    facts: [
      { name: phrase('figures.facts.runs'), value: `${counted} / ${cells.length}` },
      ...fits.flatMap(([axis, fit]) =>
        fit
          ? [
              {
                name: phrase(`figures.facts.slopeOf.${axis as 'clusters' | 'width' | 'dimension'}`),
                value: slopeText(fit),
              },
            ]
          : [],
      ),
      ...(whole
        ? [{ name: phrase('figures.facts.slopeOf.together'), value: slopeText(whole) }]
        : []),
    ],
    findings: findingsOf(
      settings,
      { byClusters: new Map(fits).get('clusters') ?? null, whole },
      cells,
      done,
    ),
  };
}

/** A run that learned all true labels: where it stands on its axis, and when that was. */
interface Point {
  x: number;
  iterations: number;
}

function pointsOf(
  cells: readonly Placed[],
  done: ReadonlyMap<string, CellResult>,
  axis: Axis,
): Point[] {
  return cells.flatMap((placed) => {
    const found = done.get(placed.cell.key);
    if (placed.axis !== axis || !found?.allTrue || found.allTrue.iteration === 0) return [];
    // Dimensions are how the condition number is varied.
    const x = axis === 'dimension' ? found.condition : placed.value;
    return [{ x, iterations: found.allTrue.iteration }];
  });
}

/**
 * How the theorem says that iterations grow at a fixed learning rate: as K / lambda(C). So not with
 * the width, and with the condition number as lambda(C) falls.
 */
const POWER = { clusters: 1, width: 0, dimension: 1 } as const;

function stepsPanel(axis: Axis, points: readonly Point[]): ChartSpec {
  const steps = points.map(({ x, iterations }) => ({ x, y: iterations }));
  const id = axis as 'clusters' | 'width' | 'dimension';
  return chart(
    `steps-${axis}`,
    phrase(`figures.panels.stepsBy.${id}`),
    {
      x: logarithmic(phrase(`figures.axes.by.${id}`)),
      y: logarithmic(phrase('figures.axes.iterationsToTrue')),
    },
    [
      seriesOf(phrase('figures.series.measuredRuns'), 'truth', steps, { draw: 'points' }),
      ...ordered(steps, POWER[id]),
    ],
  );
}

/** The order, through the middle of the measured points: it has no constant of its own. */
function ordered(points: readonly { x: number; y: number }[], power: number) {
  if (points.length === 0) return [];
  const logs = points.map(({ x, y }) => Math.log(y) - power * Math.log(x));
  const middle = Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length);
  const xs = points.map(({ x }) => x);
  const line = [Math.min(...xs), Math.max(...xs)].map((x) => ({ x, y: middle * x ** power }));
  return [seriesOf(phrase('figures.series.order'), 'total', line, { dash: 'dotted' })];
}

/** Every run of the grid with the same rho by the theorem's own order, of iterations or of distance. */
function togetherOf(
  cells: readonly Placed[],
  done: ReadonlyMap<string, CellResult>,
  measure: 'iterations' | 'distance',
) {
  return cells.flatMap(({ axis, cell }) => {
    const found = done.get(cell.key);
    if (axis === 'rho' || !found?.allTrue || found.allTrue.iteration === 0) return [];
    const clusters = numberOf(cell.settings, 'clusters');
    const rate = numberOf(cell.settings, 'learningRate');
    const x = ordersOf({ clusters, ...found }, { ...found, rate })[measure];
    const { iteration, distance } = found.allTrue;
    return x === null ? [] : [{ x, y: measure === 'iterations' ? iteration : distance }];
  });
}

const ORDERED = {
  iterations: ['stepsTogether', 'by.together', 'iterationsToTrue'],
  distance: ['distanceTogether', 'by.distanceOrder', 'distance'],
} as const;

function orderPanel(
  measure: 'iterations' | 'distance',
  points: { x: number; y: number }[],
): ChartSpec {
  const [title, x, y] = ORDERED[measure];
  return chart(
    `${measure}-together`,
    phrase(`figures.panels.${title}`),
    { x: logarithmic(phrase(`figures.axes.${x}`)), y: logarithmic(phrase(`figures.axes.${y}`)) },
    [
      seriesOf(phrase('figures.series.measuredRuns'), 'truth', points, { draw: 'points' }),
      ...ordered(points, 1),
    ],
  );
}

/** delta / 8 for two classes from -1 to 1. */
const EIGHTH = 0.25;

function truePanel(cells: readonly Placed[], done: ReadonlyMap<string, CellResult>): ChartSpec {
  const here = cells.filter(({ axis }) => axis === 'rho');
  const values = [...new Set(here.map(({ value }) => value))];
  const points = values.flatMap((value) => {
    const found = here.flatMap((placed) =>
      placed.value === value ? (done.get(placed.cell.key)?.mostTrue ?? []) : [],
    );
    return found.length > 0 ? [spread(value, found)] : [];
  });
  return chart(
    'true-by-rho',
    phrase('figures.panels.trueByRho'),
    {
      x: numbers(phrase('figures.axes.by.rho'), { min: 0 }),
      y: shares(phrase('figures.axes.mostTrue')),
    },
    [seriesOf(phrase('figures.series.measuredRuns'), 'truth', points, { draw: 'both' })],
    { rules: [{ axis: 'x', at: EIGHTH, name: phrase('figures.rules.eighth') }] },
  );
}

function findingsOf(
  settings: FigureSettings,
  { byClusters, whole }: Record<'byClusters' | 'whole', Slope | null>,
  cells: readonly Placed[],
  done: ReadonlyMap<string, CellResult>,
): Drawn['findings'] {
  const inside = cells.flatMap(({ cell }) => {
    const found = done.get(cell.key);
    return found && found.rho <= found.delta / 8 ? [found] : [];
  });
  const learned = inside.filter(({ allTrue }) => allTrue !== null).length;
  return [
    phrase('figures.findings.theorem1', {
      learned: digits(learned),
      inside: digits(inside.length),
      share: percent(inside.length > 0 ? learned / inside.length : null),
      iterations: digits(numberOf(settings, 'iterations')),
    }),
    ...(byClusters
      ? [phrase('figures.findings.stepsSlope', { slope: slopeText(byClusters) })]
      : []),
    ...(whole ? [phrase('figures.findings.together', { slope: slopeText(whole) })] : []),
    phrase('figures.findings.ordersOnly'),
  ];
}
