/**
 * The whole of training as one graph over resident data: filling, starting, stepping, judging,
 * measuring the distance, reading and restoring the state. Each is one signature, so one call.
 */
import type { TrainingConfig } from '../config/schema.ts';
import type { PlacedLayer, SampleShape } from '../models/network.ts';
import { forward } from './forward.ts';
import { attr, Graph } from './graph.ts';
import type { Node, Tensor, Variable } from './graph.ts';
import { lossesOf, scoresOf } from './loss.ts';
import * as ops from './ops/basic.ts';
import { optimizerOf } from './optimizers.ts';
import type { Signature } from './saved-model.ts';
import { stepsSignature } from './step.ts';
import { createWeights, startValue } from './weights.ts';
import type { Weight } from './weights.ts';

/** Names of the optimizer's variables begin with this; those of the weights do not. */
export const OPTIMIZER = 'optimizer/';

/** What a training graph is built from. */
export interface GraphSpec {
  layers: readonly PlacedLayer[];
  shape: SampleShape;
  classes: number;
  /** Samples that are resident: training, hold-out and test, in this order. */
  samples: number;
  /** Pixels (0 to 255) become (pixel - mean) / deviation. */
  mean: number;
  deviation: number;
  training: TrainingConfig;
  /** Steps that one call may run; small networks would wait for JavaScript otherwise. */
  stepsPerCall: number;
}

/** A graph with its calls. */
export interface TrainingGraph {
  graph: Graph;
  signatures: Record<string, Signature>;
  /** Trainable weights, in the order of the layers. */
  weights: Weight[];
  /** Names of everything that changes while training. */
  state: string[];
}

/** Variables of one run. */
export interface Variables {
  images: Variable;
  labels: Variable;
  weights: Weight[];
  /** Moving averages of batch normalization. */
  moving: Weight[];
  /** The weights before training, in the same order. */
  starts: Variable[];
  /** The optimizer's variables of each weight. */
  slots: Variable[][];
  shared: Variable[];
}

/** Builds the graph of a run. */
export function buildTrainingGraph(spec: GraphSpec): TrainingGraph {
  const graph = new Graph();
  const all = createVariables(graph, spec);
  const state = [
    ...[...all.weights, ...all.moving].map((weight) => weight.variable),
    ...all.slots.flat(),
    ...all.shared,
  ];
  const several =
    spec.stepsPerCall > 1 ? { steps: stepsSignature(graph, spec, all, spec.stepsPerCall) } : {};
  const signatures = {
    allocate: allocate(graph, all),
    fill: fill(graph, all),
    start: start(graph, spec, all),
    step: stepsSignature(graph, spec, all, 1),
    ...several,
    judge: judge(graph, spec, all),
    distance: distance(graph, all),
    read: { inputs: {}, outputs: Object.fromEntries(state.map((v) => [v.name, graph.read(v)])) },
    restore: restore(graph, state),
    restoreStart: restore(graph, all.starts),
  };
  return { graph, signatures, weights: all.weights, state: state.map((v) => v.name) };
}

function createVariables(graph: Graph, spec: GraphSpec): Variables {
  const { trained, moving } = createWeights(graph, spec.layers);
  const optimizer = optimizerOf(spec.training);
  const alike = (prefix: string, w: Weight) =>
    graph.variable(`${prefix}/${w.name}`, 'float32', w.variable.shape);
  return {
    images: graph.variable('images', 'uint8', [spec.samples, ...spec.shape]),
    labels: graph.variable('labels', 'int32', [spec.samples]),
    weights: trained,
    moving,
    starts: trained.map((w) => alike('start', w)),
    slots: trained.map((w) => optimizer.slots.map((slot) => alike(`${OPTIMIZER}${slot}`, w))),
    shared: Object.keys(optimizer.shared).map((name) =>
      graph.variable(`${OPTIMIZER}${name}`, 'float32', []),
    ),
  };
}

/** Makes room for the data. */
function allocate(graph: Graph, { images, labels }: Variables): Signature {
  const made = [images, labels].map((variable) =>
    graph.assign(variable, ops.filled(graph, variable.shape, 0, variable.dtype)),
  );
  return { inputs: {}, outputs: { done: done(graph, made) } };
}

/** Writes some samples into their places. Pixels come as int32, which tfjs can carry. */
function fill(graph: Graph, { images, labels }: Variables): Signature {
  const places = graph.placeholder('places', 'int32', [-1]);
  const pixels = graph.placeholder('pixels', 'int32', [-1, ...images.shape.slice(1)]);
  const classes = graph.placeholder('classes', 'int32', [-1]);
  const written = [
    ops.scatter(graph, images, places, ops.cast(graph, pixels, 'uint8')),
    ops.scatter(graph, labels, places, classes),
  ];
  return { inputs: { places, pixels, classes }, outputs: { done: done(graph, written) } };
}

/** Gives the weights their first values, and remembers those; clears the optimizer. */
function start(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const shared = Object.values(optimizerOf(spec.training).shared);
  const { seed } = spec.training;
  const assigned = [
    ...all.weights.flatMap((weight, i) => {
      const value = startValue(graph, weight, seed, i);
      return [graph.assign(weight.variable, value), graph.assign(all.starts[i]!, value)];
    }),
    ...all.moving.map((w) => graph.assign(w.variable, startValue(graph, w, seed, 0))),
    ...all.slots
      .flat()
      .map((slot) => graph.assign(slot, ops.filled(graph, slot.shape, 0, 'float32'))),
    ...all.shared.map((variable, i) => graph.assign(variable, graph.scalar(shared[i]!.start))),
  ];
  return { inputs: {}, outputs: { done: done(graph, assigned) } };
}

/** The predicted class and the loss of each sample, as after training. */
function judge(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const indices = graph.placeholder('indices', 'int32', [-1]);
  const values = new Map(
    [...all.weights, ...all.moving].map(({ name, variable }) => [name, graph.read(variable)]),
  );
  const bytes = ops.cast(graph, ops.gather(graph, all.images, indices), 'float32');
  const x = ops.standardized(graph, bytes, spec.mean, spec.deviation);
  const pass = { graph, value: (name: string) => values.get(name)!, training: null };
  const output = forward(pass, spec.layers, x);
  const labels = ops.gather(graph, all.labels, indices);
  const losses = lossesOf(graph, spec, output, labels, 0);
  const classes = ops.argMax(graph, scoresOf(graph, output, spec.classes));
  return { inputs: { indices }, outputs: { losses, classes } };
}

/** Squared norms of each weight's move from its start, and of the start. */
function distance(graph: Graph, all: Variables): Signature {
  const starts = all.starts.map((variable) => graph.read(variable));
  const moves = all.weights.map(({ variable }, i) =>
    graph.op('Sub', [graph.read(variable), starts[i]!], { T: attr.type('float32') }, variable),
  );
  const norms = (values: Tensor[]) =>
    ops.pack(
      graph,
      values.map((value) => ops.squaredNorm(graph, value)),
    );
  return { inputs: {}, outputs: { moved: norms(moves), start: norms(starts) } };
}

/** Gives variables the values that are fed under their names. */
function restore(graph: Graph, variables: readonly Variable[]): Signature {
  const fed = variables.map((v) => graph.placeholder(`restore/${v.name}`, v.dtype, v.shape));
  const assigned = variables.map((variable, i) => graph.assign(variable, fed[i]!));
  const inputs = Object.fromEntries(variables.map((v, i) => [v.name, fed[i]!]));
  return { inputs, outputs: { done: done(graph, assigned) } };
}

/** A value to fetch so that the given nodes run. */
function done(graph: Graph, nodes: readonly Node[]): Tensor {
  return ops.after(graph, nodes, graph.scalar(1));
}
