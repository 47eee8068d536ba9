/** Epoch-wise double descent under label noise, in the simplest model that has it. */
import type { Axis, Point, Series } from '../contract/messages/charts.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits, percent } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { real, whole } from '../contract/catalogue/field.ts';
import { chart, logarithmic, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { linearData, linearDescent } from '../theory/linear-descent.ts';
import type { LinearMoment } from '../theory/linear-descent.ts';
import type { Drawn, Figure } from './figure.ts';
import { numberOf } from './settings.ts';

/** Test error of a linear model with coarse, idle and fine features, by iteration. */
export const doubleDescent: Figure = {
  info: {
    id: 'descent',
    sign: '∿',
    group: 'beyond',
    fields: [
      real('rate', 0, 0.5, 0.01),
      whole('samples', 20, 400),
      whole('idle', 0, 300),
      real('coarse', 0, 1, 0.01),
      real('fineScale', 0.005, 1, 0.005),
      whole('seed', 0, 9999),
    ],
    sizes: [
      {
        id: 'quick',
        settings: { rate: 0.2, samples: 300, idle: 150, coarse: 0.75, fineScale: 0.02, seed: 0 },
      },
    ],
    instant: true,
  },
  open: (settings) => draw(settings),
};

/** Features that carry signal, of each scale. */
const FEW = 5;
/** The scale of features without signal, beside 1 of the coarse ones. */
const IDLE_SCALE = 0.3;

/** Iterations that are drawn: evenly on a log axis, each once. */
const ITERATIONS = [...new Set(Array.from({ length: 71 }, (_, i) => Math.round(10 ** (i / 10))))];

function courseOf(settings: FigureSettings, rate: number): LinearMoment[] {
  const coarse = numberOf(settings, 'coarse');
  const groups = [
    { count: FEW, scale: 1, signal: coarse },
    { count: numberOf(settings, 'idle'), scale: IDLE_SCALE, signal: 0 },
    { count: FEW, scale: numberOf(settings, 'fineScale'), signal: 1 - coarse },
  ];
  const data = linearData(groups, numberOf(settings, 'samples'), rate, numberOf(settings, 'seed'));
  return linearDescent(data, ITERATIONS);
}

/** A course that falls, rises and falls again. */
export interface Descents {
  /** Places of the first low, the height after it, and where it first is as low as it then becomes. */
  low: number;
  high: number;
  again: number;
}

/**
 * Where a course falls, rises and falls again, by the largest rise and fall of which the smaller one counts.
 * @returns null where it never rises and falls after a fall
 */
export function descentsOf(values: readonly number[]): Descents | null {
  let best: Descents | null = null;
  let most = 0;
  for (let high = 1; high < values.length - 1; high++) {
    const low = leastIn(values, 0, high);
    const again = leastIn(values, high + 1, values.length);
    const rise = values[high]! - values[low]!;
    const fall = values[high]! - values[again]!;
    if (low > 0 && Math.min(rise, fall) > most) {
      most = Math.min(rise, fall);
      best = { low, high, again };
    }
  }
  return best;
}

/** Values that differ by less are alike: a course that levels out has its low where it gets there. */
const ALIKE = 0.0005;

/** The first place from a place up to another whose value is as low as the least there. */
function leastIn(values: readonly number[], from: number, to: number): number {
  const least = Math.min(...values.slice(from, to));
  return values.findIndex((value, i) => i >= from && value <= least + ALIKE);
}

/** A rise that is worth a word, as a share. */
const TOLD = 0.005;

function draw(settings: FigureSettings): Drawn {
  const rate = numberOf(settings, 'rate');
  const noisy = courseOf(settings, rate);
  const clean = courseOf(settings, 0);
  const points = (course: readonly LinearMoment[], of: 'test' | 'trainTrue' | 'trainGiven') =>
    course.map((moment): Point => ({ x: moment.iteration, y: moment[of] }));
  const line = (key: 'withWrong' | 'withoutWrong', course: readonly LinearMoment[]) =>
    seriesOf(
      phrase(`figures.series.${key}`),
      key === 'withWrong' ? 'test' : 'truth',
      points(course, 'test'),
      {
        dash: key === 'withWrong' ? 'solid' : 'dashed',
      },
    );
  const lines =
    rate > 0
      ? [line('withWrong', noisy), line('withoutWrong', clean)]
      : [line('withoutWrong', clean)];
  return {
    state: 'complete',
    panels: [
      panel('testError', lines),
      panel('trainError', [
        seriesOf(phrase('figures.series.errorGiven'), 'given', points(noisy, 'trainGiven')),
        seriesOf(phrase('figures.series.errorTrue'), 'truth', points(noisy, 'trainTrue'), {
          dash: 'dashed',
        }),
      ]),
    ],
    ...told(noisy),
  };
}

function panel(id: 'testError' | 'trainError', series: Series[]): FigurePanel {
  const y: Axis = {
    title: phrase(id === 'testError' ? 'figures.axes.testError' : 'figures.axes.error'),
    scale: 'linear',
    format: 'percent',
    min: 0,
    max: 0.6,
  };
  const x = logarithmic(phrase('figures.axes.iteration'), { min: 1 });
  return chart(id, phrase(`figures.panels.${id}`), { x, y }, series);
}

function told(course: readonly LinearMoment[]): { facts: Drawn['facts']; findings: Phrase[] } {
  const values = course.map(({ test }) => test);
  const found = descentsOf(values);
  const at = (place: number) => ({
    error: percent(values[place]!),
    iteration: digits(course[place]!.iteration),
  });
  if (!found || values[found.high]! - Math.max(values[found.low]!, values[found.again]!) < TOLD) {
    return { facts: [], findings: [phrase('figures.findings.singleDescent')] };
  }
  const moments = { low: at(found.low), high: at(found.high), again: at(found.again) };
  const facts = (['low', 'high', 'again'] as const).map((when) => ({
    name: phrase(`figures.facts.descent.${when}`),
    value: `${moments[when].error} (${moments[when].iteration})`,
  }));
  const finding = phrase('figures.findings.doubleDescent', {
    low: moments.low.error,
    lowAt: moments.low.iteration,
    high: moments.high.error,
    highAt: moments.high.iteration,
    again: moments.again.error,
    againAt: moments.again.iteration,
  });
  return { facts, findings: [finding] };
}
