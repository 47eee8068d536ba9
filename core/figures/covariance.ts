/** Sigma(C): the network's covariance over centres, and how it falls to 0 as two of them meet. */
import { randomNormal } from 'd3-random';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { randomOf } from '../random.ts';
import { digits } from '../contract/words/numbers.ts';
import type { TheoryActivation } from '../theory/activations.ts';
import { checkSigma, sigmaOf, sigmaSpectrum } from '../theory/sigma.ts';
import { choice, slider, whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure } from './figure.ts';
import { chart, numbers, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { numberOf, textOf } from './settings.ts';

/** Sigma(C) of Li, Soltanolkotabi, Oymak (2019), definition 2.1, on centres at random. */
export const covariance: Figure = {
  info: {
    id: 'sigma',
    sign: 'Σ',
    group: 'theory',
    fields: [
      slider('angle', 0, 90),
      slider('clusters', 2, 12),
      whole('dimension', 2, 200),
      choice('activation', 'relu', 'softplus', 'tanh', 'erf'),
      whole('seed', 0, 9999),
    ],
    sizes: [
      {
        id: 'paper',
        settings: { angle: 40, clusters: 6, dimension: 20, activation: 'relu', seed: 0 },
      },
    ],
    instant: true,
  },
  open: (settings) => draw(settings),
};

function draw(settings: FigureSettings): Drawn {
  const angle = numberOf(settings, 'angle');
  const activation = textOf(settings, 'activation') as TheoryActivation;
  const centres = centresAt(settings, angle);
  const sigma = sigmaOf(centres, activation);
  const { lambda, condition, eigenvalues } = sigmaSpectrum(sigma);
  const check = checkSigma(centres, activation, sigma, numberOf(settings, 'seed'));
  const curve = curveOf(settings);
  return {
    state: 'complete',
    panels: [heat('sigma', sigma), meeting(curve, angle)],
    facts: [
      { name: phrase('figures.facts.lambda'), value: digits(lambda) },
      { name: phrase('figures.facts.largest'), value: digits(eigenvalues[0]) },
      { name: phrase('figures.facts.condition'), value: conditionText(condition) },
      {
        name: phrase('figures.facts.drawn', { draws: digits(check.draws) }),
        value: `${digits(check.apart)} (${digits(check.error)})`,
      },
    ],
    findings: [
      phrase(
        activation === 'relu' || activation === 'erf'
          ? 'figures.findings.closedForm'
          : 'figures.findings.quadrature',
      ),
      phrase('figures.findings.meet', { angle, lambda: digits(lambda) }),
    ],
  };
}

/** A condition number in words; beyond 1e12 the smallest eigenvalue is rounding alone. */
export function conditionText(condition: number): string {
  return condition < 1e12 ? digits(condition) : '∞';
}

/** Sigma(C) as a panel. */
export function heat(id: string, sigma: readonly number[][]): FigurePanel {
  const names = sigma.map((_, i) => `c${i + 1}`);
  const values = sigma.map((row) => [...row]);
  return {
    kind: 'heat',
    id,
    title: phrase('figures.panels.sigma'),
    rows: names,
    columns: names,
    values,
    legend: phrase('figures.axes.sigma'),
  };
}

/** Centres uniform on the sphere, the second turned to this angle from the first, degrees. */
function centresAt(settings: FigureSettings, angle: number): Float64Array[] {
  const random = randomOf(numberOf(settings, 'seed'), 'figure/sigma');
  const normal = randomNormal.source(random.real)();
  const centres = Array.from({ length: numberOf(settings, 'clusters') }, () =>
    unit(Float64Array.from({ length: numberOf(settings, 'dimension') }, normal)),
  );
  const [first, second] = centres as [Float64Array, Float64Array];
  const along = first.reduce((sum, value, j) => sum + value * second[j]!, 0);
  const across = unit(second.map((value, j) => value - along * first[j]!));
  const turn = (angle * Math.PI) / 180;
  centres[1] = first.map((value, j) => Math.cos(turn) * value + Math.sin(turn) * across[j]!);
  return centres;
}

function unit(x: Float64Array): Float64Array {
  const norm = Math.hypot(...x);
  return x.map((value) => value / norm);
}

/** Degrees between points of the curve. */
const STEP = 3;

interface Curve {
  x: number;
  y: number;
}

let known: { key: string; curve: Curve[] } | null = null;

/** lambda(C) by angle: the same while the slider moves, so it is kept. */
function curveOf({ angle: _angle, ...others }: FigureSettings): Curve[] {
  const key = JSON.stringify(others);
  if (known?.key !== key) {
    const activation = others['activation'] as TheoryActivation;
    const curve = Array.from({ length: 90 / STEP + 1 }, (_, i) => {
      const { lambda } = sigmaSpectrum(sigmaOf(centresAt(others, STEP * i), activation));
      return { x: STEP * i, y: Math.max(0, lambda) };
    });
    known = { key, curve };
  }
  return known.curve;
}

function meeting(curve: Curve[], angle: number): FigurePanel {
  const axes = {
    x: numbers(phrase('figures.axes.angle'), { min: 0, max: 90 }),
    y: numbers(phrase('figures.axes.lambda'), { min: 0 }),
  };
  const rules = [{ axis: 'x' as const, at: angle, name: phrase('figures.rules.angle', { angle }) }];
  return chart(
    'meeting',
    phrase('figures.panels.meeting'),
    axes,
    [seriesOf(phrase('figures.series.lambda'), 'truth', curve)],
    { rules },
  );
}
