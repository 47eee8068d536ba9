/** What a training graph is built from, and its variables. */
import type { TrainingConfig } from '../contract/config/schema.ts';
import type { Precision } from './forward.ts';
import type { PlacedLayer, SampleShape } from '../models/network.ts';
import type { Graph, Variable } from './graph.ts';
import { memoryOf } from './losses/index.ts';
import { optimizerOf } from './optimizers/index.ts';
import { createWeights } from './weights.ts';
import type { Weight } from './weights.ts';

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

/** Variables of one run. */
export interface Variables {
  images: Variable;
  labels: Variable;
  /** Of soft labels the other class of each sample, and the share of it; null where there are none. */
  soft: { others: Variable; shares: Variable } | null;
  /** The average chances of each training sample, which some losses keep; null where none does. */
  memory: Variable | null;
  weights: Weight[];
  /** Moving averages of batch normalization. */
  moving: Weight[];
  /** The weights before training, in the same order. */
  starts: Variable[];
  /** The optimizer's variables of each weight. */
  slots: Variable[][];
  shared: Variable[];
}

/** Adds every variable of a run. */
export function createVariables(graph: Graph, spec: GraphSpec): Variables {
  const { trained, moving } = createWeights(graph, spec.layers);
  const optimizer = optimizerOf(spec.training);
  const alike = (prefix: string, w: Weight) =>
    graph.variable(`${prefix}/${w.name}`, 'float32', w.variable.shape);
  return {
    images: graph.variable('images', spec.dtype, [spec.samples, ...spec.shape]),
    labels: graph.variable('labels', 'int32', [spec.samples]),
    soft: spec.soft
      ? {
          others: graph.variable('others', 'int32', [spec.samples]),
          shares: graph.variable('shares', 'float32', [spec.samples]),
        }
      : null,
    memory: memoryOf(spec.training)
      ? graph.variable(`${OPTIMIZER}chances`, 'float32', [
          spec.trained ?? spec.samples,
          spec.classes,
        ])
      : null,
    weights: trained,
    moving,
    starts: trained.map((w) => alike('start', w)),
    slots: trained.map((w) => optimizer.slots.map((slot) => alike(`${OPTIMIZER}${slot}`, w))),
    shared: Object.keys(optimizer.shared).map((name) =>
      graph.variable(`${OPTIMIZER}${name}`, 'float32', []),
    ),
  };
}
