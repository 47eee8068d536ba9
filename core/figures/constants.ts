/** The constants of the paper's model of data, on made clusters or a person's own samples. */
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits } from '../contract/words/numbers.ts';
import { euclidean } from '../theory/constants.ts';
import { ordersOf, spectralNorm } from '../theory/orders.ts';
import { sigmaOf, sigmaSpectrum } from '../theory/sigma.ts';
import { sharpness } from '../theory/theory.ts';
import { conditionText, heat } from './covariance.ts';
import { phrase } from '../contract/drawing/parts.ts';
import type { Drawn, Figure } from './figure.ts';
import { binEdges, sharesInBins } from './histogram.ts';
import {
  CLUSTER_FIELDS,
  DATA_FIELDS,
  DESCENT_FIELDS,
  settingOf,
  SYNTHETIC,
} from './theory-setup.ts';
import type { Setting } from './theory-setup.ts';
import type { Labels } from '../data/labels.ts';

const KEPT = ['activation', 'seed'];
const { activation, seed } = SYNTHETIC as { activation: string; seed: number };
const { width: _w, learningRate: _r, iterations: _i, ...DATA } = SYNTHETIC;

/** Definitions 1.1 and 1.2 of Li, Soltanolkotabi, Oymak (2019), measured. */
export const constants: Figure = {
  info: {
    id: 'constants',
    sign: 'λ',
    group: 'theory',
    fields: [
      ...DATA_FIELDS,
      ...CLUSTER_FIELDS,
      ...DESCENT_FIELDS.filter(({ id }) => KEPT.includes(id)),
    ],
    sizes: [
      { id: 'paper', settings: { data: 'clusters', grouping: 'known', ...DATA, activation, seed } },
      {
        id: 'mnist',
        settings: {
          data: 'mnist',
          grouping: 'kmeans',
          ...DATA,
          clusters: 30,
          rho: 0.1,
          activation,
          seed,
        },
      },
    ],
    instant: true,
  },
  open: async (settings) => draw(await settingOf({ ...SYNTHETIC, ...settings }), settings),
};

/** Clusters that a heat map shows. */
const SHOWN = 40;

function draw(setting: Setting, settings: FigureSettings): Drawn {
  const { constants: found, clustering, config } = setting;
  const sigma = sigmaOf(clustering.centres, config.network.activation);
  const { lambda, condition } = sigmaSpectrum(sigma);
  const norm = spectralNorm(clustering.centres);
  const orders = ordersOf(found, { lambda, norm });
  const { source, clusters } = config.data;
  const eps0Set = source === 'clusters' ? clusters.eps0 : null;
  const few = clustering.centres.length <= SHOWN;
  const failing = [...found.failing, ...sharpness(config.network.activation)];
  const fact = (key: Parameters<typeof phrase>[0], value: string) => ({ name: phrase(key), value });
  return {
    state: 'complete',
    panels: [distances(setting), ...(few ? [heat('sigma', sigma)] : [])],
    facts: [
      fact('figures.facts.samples', `${digits(found.samples)} × ${digits(found.dimension)}`),
      fact('figures.facts.clusters', digits(found.clusters)),
      fact('figures.facts.classes', digits(found.classes)),
      ...(eps0Set === null ? [] : [fact('figures.facts.eps0Set', digits(eps0Set))]),
      fact('figures.facts.eps0', digits(found.eps0)),
      fact('figures.facts.delta', digits(found.delta)),
      fact('figures.facts.rho', digits(found.rho)),
      fact('figures.facts.eighth', digits(found.delta / 8)),
      fact('figures.facts.separation', digits(found.separation)),
      fact('figures.facts.balance', found.balance.map(digits).join(' – ')),
      fact('figures.facts.lambda', digits(lambda)),
      fact('figures.facts.norm', digits(norm)),
      fact('figures.facts.condition', conditionText(condition)),
      fact('figures.facts.orderWidth', orderText(orders.width)),
      fact('figures.facts.orderEps0', orderText(orders.eps0)),
      fact('figures.facts.orderIterations', orderText(orders.iterations)),
      fact('figures.facts.orderDistance', orderText(orders.distance)),
      fact('figures.facts.orderDrift', digits(orders.drift)),
      fact('figures.facts.orderWrongDistance', orderText(orders.wrongDistance)),
    ],
    findings: [
      phrase(
        found.clusterable ? 'figures.findings.isClusterable' : 'figures.findings.notClusterable',
        {
          eps0: digits(found.eps0),
          delta: digits(found.delta),
        },
      ),
      ...(failing.length === 0 ? [phrase('figures.findings.allHold')] : failing),
      ...(settings['data'] === 'clusters' ? [] : [phrase('figures.findings.normalized')]),
    ],
  };
}

const orderText = (value: number | null) => (value === null ? '∞' : digits(value));

/** How far samples lie from their own centre, and from the nearest one of another class. */
function distances({ data, clustering }: Setting): FigurePanel {
  const { of, centres } = clustering;
  const classes = classesOf(data.truth, of, centres.length);
  const own: number[] = [];
  const other: number[] = [];
  for (let i = 0; i < data.samples; i++) {
    const row = data.inputs.subarray(i * data.dimension, (i + 1) * data.dimension);
    const to = centres.map((centre) => euclidean(row, centre));
    own.push(to[of[i]!]!);
    const others = to.filter((_, c) => classes[c] !== classes[of[i]!]);
    if (others.length > 0) other.push(Math.min(...others));
  }
  const top = Math.max(...own, ...other);
  return {
    kind: 'histogram',
    id: 'distances',
    title: phrase('figures.panels.distances'),
    x: {
      title: phrase('figures.axes.toCentre'),
      scale: 'linear',
      format: 'number',
      min: 0,
      max: top,
    },
    y: { title: phrase('figures.axes.shareOfSamples'), scale: 'linear', format: 'percent', min: 0 },
    edges: binEdges(top),
    series: [
      { name: phrase('figures.series.ownCentre'), ink: 'truth', counts: sharesInBins(own, top) },
      {
        name: phrase('figures.series.otherCentre'),
        ink: 'given',
        counts: sharesInBins(other, top),
      },
    ],
  };
}

/** The class that most samples of each cluster truly have. */
function classesOf(truth: Labels, of: Uint16Array, clusters: number): number[] {
  const counts = Array.from({ length: clusters }, () => new Map<number, number>());
  of.forEach((cluster, i) => {
    const known = counts[cluster]!;
    known.set(truth[i]!, (known.get(truth[i]!) ?? 0) + 1);
  });
  return counts.map((known) => [...known].reduce((a, b) => (b[1] > a[1] ? b : a))[0]);
}
