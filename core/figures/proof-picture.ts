/** The proof's picture: the residual among the Jacobian's singular vectors, and how each part falls. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits, percent } from '../contract/words/numbers.ts';
import type { ProofState } from '../theory/proof.ts';
import { runTheory } from '../theory/run.ts';
import type { TheoryPoint, TheoryRun } from '../theory/run.ts';
import { sigmaOf } from '../theory/sigma.ts';
import { readDrawn, writeDrawn } from './drawn-file.ts';
import type { Drawn, Figure, Making } from './figure.ts';
import { chart, logarithmic, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { numberOf } from './settings.ts';
import { estimateDescent } from './synthetic.ts';
import {
  CLUSTER_FIELDS,
  DATA_FIELDS,
  DESCENT_FIELDS,
  settingOf,
  SYNTHETIC,
} from './theory-setup.ts';
import type { Setting } from './theory-setup.ts';

/** What the proof of Li, Soltanolkotabi, Oymak (2019) rests on, measured. */
export const proofPicture: Figure = {
  info: {
    id: 'proof',
    sign: '∎',
    group: 'theory',
    fields: [...DATA_FIELDS, ...CLUSTER_FIELDS, ...DESCENT_FIELDS],
    sizes: [
      { id: 'paper', settings: { data: 'clusters', grouping: 'known', ...SYNTHETIC } },
      {
        id: 'mnist',
        settings: {
          data: 'mnist',
          grouping: 'classes',
          ...SYNTHETIC,
          samples: 500,
          clusters: 10,
          rho: 0.3,
          learningRate: 1,
        },
      },
    ],
    instant: false,
  },
  open: (_settings, folder) => readDrawn(folder),
  make,
  estimate: estimateDescent,
};

async function make(settings: FigureSettings, making: Making): Promise<void> {
  const iterations = numberOf(settings, 'iterations');
  const setting = await settingOf(settings);
  const run = await runTheory(setting.setup, {
    stopped: () => making.signal.aborted,
    progress: (iteration) =>
      making.progress(
        iteration / iterations,
        phrase('figures.doing.iterations', { done: iteration, of: iterations }),
      ),
  });
  const complete = run.iterations === iterations;
  const drawn = draw(setting, run, complete ? 'complete' : 'partial');
  if (complete) writeDrawn(making.folder, drawn);
  making.more(drawn);
}

function draw(setting: Setting, run: TheoryRun, state: Drawn['state']): Drawn {
  const start = run.pictures[0]!;
  const K = setting.constants.clusters;
  return {
    state,
    panels: [energy(start, K), decay(run.points), singular(run.pictures), kernel(setting, start)],
    facts: factsOf(run, K),
    findings: [
      phrase('figures.findings.energy', {
        clusters: K,
        clean: percent(start.cleanShare),
        noise: percent(start.noiseShare),
      }),
      phrase('figures.findings.decay', {
        clusters: K,
        iterations: run.iterations,
        large: percent(run.points.at(-1)!.decay.large.measured),
        small: percent(run.points.at(-1)!.decay.small.measured),
      }),
      phrase('figures.findings.linearized'),
    ],
  };
}

function factsOf({ pictures, points }: TheoryRun, K: number): Drawn['facts'] {
  const last = points.at(-1)!;
  const perPicture = (
    key: 'aboveTenth' | 'cleanShare' | 'noiseShare',
    text: (p: ProofState) => string,
  ) => ({
    name: phrase(`figures.facts.${key}`, { clusters: K }),
    value: pictures.map((picture) => `${text(picture)} (${digits(picture.iteration)})`).join(' · '),
  });
  return [
    perPicture('aboveTenth', (p) => digits(p.aboveTenth)),
    perPicture('cleanShare', (p) => percent(p.cleanShare)),
    perPicture('noiseShare', (p) => percent(p.noiseShare)),
    { name: phrase('figures.facts.relativeDistance'), value: digits(last.relativeDistance) },
  ];
}

/** How much of each part lies in the span of the 1, 2, ... largest. */
function energy({ cleanEnergy, noiseEnergy }: ProofState, K: number): FigurePanel {
  const points = (values: readonly number[]) => values.map((y, i) => ({ x: i + 1, y }));
  return chart(
    'energy',
    phrase('figures.panels.energy'),
    {
      x: logarithmic(phrase('figures.axes.largestVectors'), { min: 1 }),
      y: shares(phrase('figures.axes.energy')),
    },
    [
      seriesOf(phrase('figures.series.clean'), 'truth', points(cleanEnergy), { dash: 'dashed' }),
      seriesOf(phrase('figures.series.noise'), 'given', points(noiseEnergy)),
    ],
    { rules: [{ axis: 'x', at: K, name: phrase('figures.rules.clusters', { clusters: K }) }] },
  );
}

/** The residual's parts over those at the start, measured and linearized. */
function decay(points: readonly TheoryPoint[]): FigurePanel {
  const part = (which: 'large' | 'small', how: 'measured' | 'linearized') =>
    points
      .filter(({ iteration }) => iteration > 0)
      .map((point) => ({ x: point.iteration, y: point.decay[which][how] }))
      .filter(({ y }) => y > 1e-6);
  const dotted = { dash: 'dotted' } as const;
  return chart(
    'decay',
    phrase('figures.panels.decay'),
    {
      x: logarithmic(phrase('figures.axes.iteration'), { min: 1 }),
      y: logarithmic(phrase('figures.axes.residual'), { max: 1 }),
    },
    [
      seriesOf(phrase('figures.series.largeMeasured'), 'truth', part('large', 'measured')),
      seriesOf(phrase('figures.series.largeLinear'), 'truth', part('large', 'linearized'), dotted),
      seriesOf(phrase('figures.series.smallMeasured'), 'given', part('small', 'measured')),
      seriesOf(phrase('figures.series.smallLinear'), 'given', part('small', 'linearized'), dotted),
    ],
  );
}

/** What is smaller than this share of the largest is rounding. */
const FLOOR = 1e-5;

/** Singular values by their number, largest first. */
export function ranked(values: readonly number[]): { x: number; y: number }[] {
  return values.map((y, i) => ({ x: i + 1, y })).filter(({ y }) => y > FLOOR * values[0]!);
}

function singular(pictures: readonly ProofState[]): FigurePanel {
  const last = Math.max(1, pictures.length - 1);
  return chart(
    'singular',
    phrase('figures.panels.singular'),
    {
      x: logarithmic(phrase('figures.axes.number'), { min: 1 }),
      y: logarithmic(phrase('figures.axes.singular')),
    },
    pictures.map(({ iteration, singular: values }, i) =>
      seriesOf(
        phrase('figures.series.atIteration', { iteration }),
        { level: i / last },
        ranked(values),
      ),
    ),
    {
      rules: [
        { axis: 'y', at: pictures[0]!.singular[0]! / 10, name: phrase('figures.rules.tenth') },
      ],
    },
  );
}

/** Samples that the kernel of infinite width is taken of: its eigenvalues are found in JavaScript. */
const MOST = 500;

/** Eigenvalues of the tangent kernel: of this network, and of one of infinite width. */
function kernel({ data, config }: Setting, { singular: values }: ProofState): FigurePanel {
  const measured = ranked(values.map((value) => value ** 2));
  const { activation } = config.network;
  const infinite = data.samples <= MOST && activation === 'relu' ? infiniteWidth(data) : [];
  return chart(
    'kernel',
    phrase('figures.panels.kernel'),
    {
      x: logarithmic(phrase('figures.axes.number'), { min: 1 }),
      y: logarithmic(phrase('figures.axes.eigenvalue')),
    },
    [
      seriesOf(phrase('figures.series.thisNetwork'), 'test', measured),
      ...(infinite.length > 0
        ? [
            seriesOf(phrase('figures.series.infinite'), 'total', ranked(infinite), {
              dash: 'dotted',
            }),
          ]
        : []),
    ],
  );
}

/** Sigma of the samples themselves is the tangent kernel's mean over random weights. */
function infiniteWidth({ inputs, samples, dimension }: Setting['data']): number[] {
  const rows = Array.from({ length: samples }, (_, i) =>
    inputs.subarray(i * dimension, (i + 1) * dimension),
  );
  const { realEigenvalues } = new EigenvalueDecomposition(new Matrix(sigmaOf(rows, 'relu')));
  return realEigenvalues.sort((a, b) => b - a);
}
