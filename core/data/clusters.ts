/** The paper's synthetic data set: clusters on the unit sphere, made from a seed. */
import { dataFormat } from '../contract/words/notes.ts';
import { randomNormal } from 'd3-random';
import * as v from 'valibot';
import { ClustersSchema } from '../contract/config/schema.ts';
import type { ClustersConfig, DataConfig } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { randomOf } from '../random.ts';
import type { Random } from '../random.ts';
import { emptyParts } from './dataset.ts';
import type { Dataset } from './dataset.ts';

/**
 * The clusterable data set of Li, Soltanolkotabi, Oymak (2019): `clusters` centres on the unit
 * sphere of R^dimension, drawn uniformly; equally many samples around each, of unit norm and within
 * `eps0` of their centre, or just so far from it (`spread`); and for each class, a set of clusters, a number alpha. Cluster c belongs
 * to class c modulo `classes`, and sample i to cluster i modulo `clusters`. Labels are true.
 * @returns samples of 1 x 1 x dimension, a test part as large, and classes named by their alpha
 * @throws InputError where the parameters do not fit together
 */
export function clusterDataset(
  config: ClustersConfig = v.parse(ClustersSchema, {}),
  seed = 0,
): Dataset {
  const { clusters, classes, dimension, samples, eps0, spread } = config;
  check(config);
  const random = randomOf(seed, 'clusters/centres');
  const centres = Array.from({ length: clusters }, () => direction(dimension, random));
  const cluster = Uint16Array.from({ length: samples }, (_, i) => i % clusters);
  const part = (name: string) => {
    const draws = randomOf(seed, `clusters/${name}`);
    const values = new Float32Array(samples * dimension);
    cluster.forEach((c, i) => {
      const chord = spread === 'shell' ? eps0 : eps0 * draws.real();
      values.set(around(centres[c]!, chord, draws), i * dimension);
    });
    return { values, labels: Uint8Array.from(cluster, (c) => c % classes), truth: null };
  };
  return {
    ...emptyParts(),
    name: 'Clusters',
    format: dataFormat('clusters'),
    shape: [1, 1, dimension],
    classes: alphaOf(config).map((number) => String(Number(number.toPrecision(6)))),
    train: part('train'),
    test: part('test'),
    clusters: cluster,
  };
}

/** The number that each class stands for, in [-1, 1]. */
export function alphaOf({ alpha, classes }: ClustersConfig): number[] {
  if (alpha.length > 0) return alpha;
  return Array.from({ length: classes }, (_, c) => -1 + (2 * c) / (classes - 1));
}

/** What a network with one output is fitted to; null where the data set does not say. */
export function targetsOf({ source, clusters }: DataConfig): number[] | null {
  return source === 'clusters' ? alphaOf(clusters) : null;
}

/** Numbers in a part, at most: 400 MB, twice. */
const MOST_NUMBERS = 100_000_000;

function check({ clusters, classes, samples, alpha, dimension }: ClustersConfig): void {
  if (samples * dimension > MOST_NUMBERS) {
    const most = Math.floor(MOST_NUMBERS / dimension).toLocaleString('en');
    throw new InputError('clusters.memory', {
      samples,
      dimension,
      most,
      field: { path: 'data.clusters.samples' },
    });
  }
  if (clusters < classes) {
    throw new InputError('clusters.fewerThanClasses', {
      clusters,
      classes,
      field: { path: 'data.clusters.clusters' },
    });
  }
  if (samples < clusters) {
    throw new InputError('clusters.fewerSamples', {
      samples,
      clusters,
      field: { path: 'data.clusters.samples' },
    });
  }
  if (alpha.length > 0 && (alpha.length !== classes || new Set(alpha).size !== classes)) {
    throw new InputError('clusters.alpha', {
      alpha,
      classes,
      field: { path: 'data.clusters.alpha' },
    });
  }
}

/** A point of the unit sphere, uniformly. */
function direction(dimension: number, random: Random): Float64Array {
  return unit(Float64Array.from({ length: dimension }, randomNormal.source(random.real)()));
}

/**
 * A point of the unit sphere at this distance from a centre, in a direction that is uniform:
 * cos(t) centre + sin(t) tangent, with the chord 2 sin(t/2) as distance.
 */
function around(centre: Float64Array, chord: number, random: Random): Float64Array {
  const cosine = 1 - chord ** 2 / 2;
  const sine = Math.sqrt(Math.max(0, 1 - cosine ** 2));
  const away = direction(centre.length, random);
  const along = dot(away, centre);
  const tangent = unit(away.map((value, j) => value - along * centre[j]!));
  return unit(centre.map((value, j) => cosine * value + sine * tangent[j]!));
}

function unit(x: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(x, x));
  return x.map((value) => value / norm);
}

function dot(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, value, j) => sum + value * y[j]!, 0);
}
