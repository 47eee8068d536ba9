/** Figure 2: the clusterable model, its points on the unit sphere of R^3 seen from one side. */
import { clusterDataset } from '../data/clusters.ts';
import type { Series } from '../contract/messages/charts.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { randomOf, shuffle } from '../random.ts';
import { digits } from '../contract/words/numbers.ts';
import { slider, whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure } from './figure.ts';
import { chart, numbers, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { numberOf } from './settings.ts';

/** The numbers of three classes in the paper's picture: delta 0.9 apart, the first pair 1.1. */
const FIRST = -1;
const LAST = 1;

/** Figure 2 of Li, Soltanolkotabi, Oymak (2019). */
export const clustersPicture: Figure = {
  info: {
    id: '2',
    sign: '2',
    group: 'figures',
    fields: [
      slider('clusters', 3, 12),
      slider('samples', 20, 300),
      slider('eps0', 0, 1, 0.01),
      slider('delta', 0.05, 1, 0.05),
      slider('rho', 0, 0.5, 0.01),
      slider('turn', 0, 360),
      whole('seed', 0, 9999),
    ],
    sizes: [
      {
        id: 'paper',
        settings: {
          clusters: 6,
          samples: 30,
          eps0: 0.3,
          delta: 0.9,
          rho: 0.2,
          turn: 20,
          seed: 8907,
        },
      },
    ],
    instant: true,
  },
  open: (settings) => draw(settings),
};

/** A point of the picture: right and up of the middle, towards the reader, and its labels. */
interface Place {
  x: number;
  y: number;
  near: boolean;
  cluster: number;
  truth: number;
  given: number;
}

function draw(settings: FigureSettings): Drawn {
  const delta = numberOf(settings, 'delta');
  const alphas = [FIRST, LAST - delta, LAST];
  const places = placesOf(settings);
  const wrong = places.filter(({ truth, given }) => truth !== given).length;
  return {
    state: 'complete',
    panels: [sphere(places, alphas), labels(places, alphas)],
    facts: [
      { name: phrase('figures.facts.alphas'), value: alphas.map(digits).join(', ') },
      { name: phrase('figures.facts.wrong'), value: `${wrong} / ${places.length}` },
    ],
    findings: [
      phrase('figures.findings.clusterable', {
        clusters: numberOf(settings, 'clusters'),
        count: numberOf(settings, 'clusters'),
        eps0: digits(numberOf(settings, 'eps0')),
        delta: digits(Math.min(delta, LAST - delta - FIRST)),
      }),
    ],
  };
}

function placesOf(settings: FigureSettings): Place[] {
  const clusters = numberOf(settings, 'clusters');
  const samples = numberOf(settings, 'samples');
  const seed = numberOf(settings, 'seed');
  const config = { clusters, classes: 3, dimension: 3, samples, eps0: numberOf(settings, 'eps0') };
  const { train, clusters: of } = clusterDataset({ ...config, spread: 'ball', alpha: [] }, seed);
  const given = corrupted(train.labels, of!, clusters, numberOf(settings, 'rho'), seed);
  const angle = (numberOf(settings, 'turn') * Math.PI) / 180;
  return Array.from({ length: samples }, (_, i) => {
    const [a, b, c] = [0, 1, 2].map((j) => train.values[3 * i + j]!) as [number, number, number];
    const x = a * Math.cos(angle) - b * Math.sin(angle);
    const near = a * Math.sin(angle) + b * Math.cos(angle) > 0;
    return { x, y: c, near, cluster: of![i]!, truth: train.labels[i]!, given: given[i]! };
  });
}

/** In each cluster the first floor(rho n) of a random order get another class. */
function corrupted(
  labels: ArrayLike<number>,
  of: Uint16Array,
  clusters: number,
  rho: number,
  seed: number,
): Uint8Array {
  const given = Uint8Array.from(labels);
  for (let cluster = 0; cluster < clusters; cluster++) {
    const random = randomOf(seed, 'figure/2', cluster);
    const members = Uint32Array.from([...of.keys()].filter((i) => of[i] === cluster));
    shuffle(members, random);
    for (const i of members.subarray(0, Math.floor(rho * members.length + 1e-9))) {
      given[i] = (given[i]! + 1 + random.below(2)) % 3;
    }
  }
  return given;
}

const INKS = ['truth', 'holdout', 'test'] as const;
const MARKS = ['dot', 'square', 'ring'] as const;
const CIRCLE = 72;

/** Points by given label; those on the far side are faint, and those whose label is wrong are crossed. */
function pointsOf(
  places: readonly Place[],
  alphas: readonly number[],
  at: (place: Place) => { x: number; y: number },
): Series[] {
  return [true, false].flatMap((near) =>
    [false, true].flatMap((wrong) =>
      INKS.map((ink, given) => {
        const key = wrong ? 'figures.series.wrongClass' : 'figures.series.class';
        const points = places
          .filter((place) => place.near === near && place.given === given)
          .filter((place) => (place.truth !== place.given) === wrong)
          .map(at);
        const opacity = near ? 1 : 0.35;
        const mark = wrong ? 'cross' : MARKS[given]!;
        const name = phrase(key, { alpha: digits(alphas[given]!).replace('-', '\u2212') });
        return seriesOf(name, ink, points, { draw: 'points', mark, opacity });
      }).filter(({ points }) => points.length > 0),
    ),
  );
}

function sphere(places: readonly Place[], alphas: readonly number[]): FigurePanel {
  const range = { min: -1.1, max: 1.1 };
  const outline = Array.from({ length: CIRCLE + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / CIRCLE;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
  return chart(
    'sphere',
    phrase('figures.panels.sphere'),
    {
      x: numbers(phrase('figures.axes.across'), range),
      y: numbers(phrase('figures.axes.up'), range),
    },
    [
      seriesOf(phrase('figures.series.sphere'), 'other', outline),
      ...pointsOf(places, alphas, ({ x, y }) => ({ x, y })),
    ],
    { square: true },
  );
}

function labels(places: readonly Place[], alphas: readonly number[]): FigurePanel {
  const clusters = Math.max(...places.map(({ cluster }) => cluster)) + 1;
  const seen = new Map<number, number>();
  // Side by side, or samples of a cluster with the same label would be one point.
  const at = (place: Place) => {
    const before = seen.get(place.cluster) ?? 0;
    seen.set(place.cluster, before + 1);
    const width = places.filter(({ cluster }) => cluster === place.cluster).length;
    return { x: place.cluster + 1 + (0.6 * (before + 0.5)) / width - 0.3, y: alphas[place.given]! };
  };
  const near = places.map((place) => ({ ...place, near: true }));
  return chart(
    'labels',
    phrase('figures.panels.labels'),
    {
      x: numbers(phrase('figures.axes.cluster'), { min: 0.5, max: clusters + 0.5 }),
      y: numbers(phrase('figures.axes.label'), { min: -1.15, max: 1.15 }),
    },
    pointsOf(near, alphas, at),
  );
}
