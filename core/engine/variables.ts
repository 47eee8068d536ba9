/** What a training graph is built from, and its variables. */
import { randomOf } from '../random.ts';
import type { TrainingConfig } from '../contract/config/schema.ts';
import type { Precision } from './forward.ts';
import type { PlacedLayer, SampleShape } from '../models/network.ts';
import type { Graph, Shape, Variable } from './graph.ts';
import { memoryOf } from './losses/index.ts';
import { optimizerOf } from './optimizers/index.ts';
import { schemeOf } from './schemes/index.ts';
import { createWeights } from './weights.ts';
import type { Weight, Weights } from './weights.ts';

/** Names of the optimizer's variables begin with this; those of the weights do not. */
export const OPTIMIZER = 'optimizer/';

/** What a training graph is built from. */
export interface GraphSpec {
  layers: readonly PlacedLayer[];
  shape: SampleShape;
  classes: number;
  /** What a network with one output is fitted to, for each class; evenly from -1 to 1 if not given. */
  targets?: readonly number[] | null;
  /** Samples that are resident: training, hold-out and test, in this order. */
  samples: number;
  /** Those of them that are trained on, which come first; all where it is not given. */
  trained?: number;
  /** How samples are kept: pictures as bytes, other numbers as floats. */
  dtype: 'uint8' | 'float32';
  /** Resident values become (value - mean) / deviation. */
  mean: number;
  deviation: number;
  training: TrainingConfig;
  /** In which type hidden layers compute; float32 where it is not given. */
  precision?: Precision;
  /** Whether the labels of some samples are shared with another class. */
  soft?: boolean;
  /** Steps that one call may run; small networks would wait for JavaScript otherwise. */
  stepsPerCall: number;
}

/** Variables of one network. */
export interface NetworkVariables {
  /** What its start and its random numbers follow from. */
  seed: number;
  weights: Weight[];
  /** Moving averages of batch normalization. */
  moving: Weight[];
  /** The weights before training, in the same order; none where nothing is measured from them. */
  starts: Variable[];
  /** The optimizer's variables of each weight. */
  slots: Variable[][];
  shared: Variable[];
  /** The average chances of each training sample, which some losses keep; null where none does. */
  memory: Variable | null;
}

/** Variables of one run. The network is the one that a run is about. */
export interface Variables extends NetworkVariables {
  images: Variable;
  labels: Variable;
  /** Of soft labels the other class of each sample, and the share of it; null where there are none. */
  soft: { others: Variable; shares: Variable } | null;
  /** A second network that trains beside it from a start of its own; null where a run has one alone. */
  peer: NetworkVariables | null;
}

/** Names of the second network's variables are those of the first behind this. */
export const PEER = `${OPTIMIZER}peer/`;

/** The seed of the second network. */
export const peerSeed = (seed: number): number => randomOf(seed, 'peer').below(2 ** 31);

/** Adds every variable of a run. */
export function createVariables(graph: Graph, spec: GraphSpec): Variables {
  const { exchange } = schemeOf(spec.training);
  const weights = createWeights(graph, spec.layers);
  const data = {
    images: graph.variable('images', spec.dtype, [spec.samples, ...spec.shape]),
    labels: graph.variable('labels', 'int32', [spec.samples]),
    soft: spec.soft
      ? {
          others: graph.variable('others', 'int32', [spec.samples]),
          shares: graph.variable('shares', 'float32', [spec.samples]),
        }
      : null,
  };
  const own = variablesOf(graph, spec, weights, '');
  const peer = exchange
    ? variablesOf(graph, spec, createWeights(graph, spec.layers, PEER), PEER)
    : null;
  return { ...data, ...own, peer };
}

/** The variables of a network whose weights there are. */
function variablesOf(
  graph: Graph,
  spec: GraphSpec,
  { trained, moving }: Weights,
  prefix: '' | typeof PEER,
): NetworkVariables {
  const { training } = spec;
  const optimizer = optimizerOf(training);
  const named = (name: string, shape: Shape) => graph.variable(prefix + name, 'float32', shape);
  const alike = (room: string, w: Weight) => named(`${room}/${w.name}`, w.variable.shape);
  // The distance is measured of the first network alone.
  const isMeasured = prefix === '' || training.startPenalty > 0;
  return {
    seed: prefix === '' ? training.seed : peerSeed(training.seed),
    weights: trained,
    moving,
    memory: memoryOf(training)
      ? named(`${OPTIMIZER}chances`, [spec.trained ?? spec.samples, spec.classes])
      : null,
    starts: isMeasured ? trained.map((w) => alike('start', w)) : [],
    slots: trained.map((w) => optimizer.slots.map((slot) => alike(`${OPTIMIZER}${slot}`, w))),
    shared: Object.keys(optimizer.shared).map((name) => named(`${OPTIMIZER}${name}`, [])),
  };
}
