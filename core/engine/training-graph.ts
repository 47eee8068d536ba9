/**
 * The whole of training as one graph over resident data: filling, starting, stepping, judging,
 * measuring the distance, reading and restoring the state. Each is one signature, so one call.
 */
import type { TrainingConfig } from '../config/schema.ts';
import type { PlacedLayer, SampleShape } from '../models/network.ts';
import { gradients } from './gradients.ts';
import { attr, Graph } from './graph.ts';
import type { Node, Tensor, Variable } from './graph.ts';
import { createWeights, forward, initialValue } from './layers.ts';
import type { Weight } from './layers.ts';
import * as ops from './ops/basic.ts';
import { crossEntropy } from './ops/index.ts';
import { optimizerOf } from './optimizers.ts';
import type { Signature } from './saved-model.ts';

/** Names of the optimizer's variables begin with this; those of the weights do not. */
export const OPTIMIZER = 'optimizer/';

/** What a training graph is built from. */
export interface GraphSpec {
  layers: readonly PlacedLayer[];
  shape: SampleShape;
  /** Samples that are resident: training, hold-out and test, in this order. */
  samples: number;
  /** Pixels (0 to 255) become (pixel - mean) / deviation. */
  mean: number;
  deviation: number;
  training: TrainingConfig;
}

/** A graph with its calls. */
export interface TrainingGraph {
  graph: Graph;
  signatures: Record<string, Signature>;
  /** Trainable weights, in the order of the layers. */
  weights: Weight[];
  /** Names of everything that changes while training: weights, slots and shared scalars. */
  state: string[];
}

/** Variables of one run. */
interface Variables {
  images: Variable;
  labels: Variable;
  weights: Weight[];
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
  const state = [...all.weights.map((w) => w.variable), ...all.slots.flat(), ...all.shared];
  const signatures = {
    allocate: allocate(graph, all),
    fill: fill(graph, all),
    start: start(graph, spec, all),
    step: step(graph, spec, all),
    judge: judge(graph, spec, all),
    distance: distance(graph, all),
    read: { inputs: {}, outputs: Object.fromEntries(state.map((v) => [v.name, graph.read(v)])) },
    restore: restore(graph, state),
    restoreStart: restore(graph, all.starts),
  };
  return { graph, signatures, weights: all.weights, state: state.map((v) => v.name) };
}

function createVariables(graph: Graph, spec: GraphSpec): Variables {
  const weights = createWeights(graph, spec.layers);
  const optimizer = optimizerOf(spec.training);
  const alike = (prefix: string, w: Weight) =>
    graph.variable(`${prefix}/${w.name}`, 'float32', w.variable.shape);
  return {
    images: graph.variable('images', 'uint8', [spec.samples, ...spec.shape]),
    labels: graph.variable('labels', 'int32', [spec.samples]),
    weights,
    starts: weights.map((w) => alike('start', w)),
    slots: weights.map((w) => optimizer.slots.map((slot) => alike(`${OPTIMIZER}${slot}`, w))),
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
  const assigned = [
    ...all.weights.flatMap((weight, i) => {
      const value = initialValue(graph, weight, spec.training.seed, i);
      return [graph.assign(weight.variable, value), graph.assign(all.starts[i]!, value)];
    }),
    ...all.slots
      .flat()
      .map((slot) => graph.assign(slot, ops.filled(graph, slot.shape, 0, 'float32'))),
    ...all.shared.map((variable, i) => graph.assign(variable, graph.scalar(shared[i]!))),
  ];
  return { inputs: {}, outputs: { done: done(graph, assigned) } };
}

/** A batch given by the numbers of its samples, up to its logits and losses. */
function batch(graph: Graph, spec: GraphSpec, all: Variables) {
  const indices = graph.placeholder('indices', 'int32', [-1]);
  const values = all.weights.map((weight) => graph.read(weight.variable));
  const bytes = ops.cast(graph, ops.gather(graph, all.images, indices), 'float32');
  const x = ops.standardized(graph, bytes, spec.mean, spec.deviation);
  const byName = new Map(all.weights.map((weight, i) => [weight.name, values[i]!]));
  const logits = forward(graph, spec.layers, x, byName);
  const losses = crossEntropy(graph, logits, ops.gather(graph, all.labels, indices));
  return { indices, values, logits, losses };
}

/** One step of the optimizer on the mean loss of a batch. */
function step(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const { indices, values, losses } = batch(graph, spec, all);
  const optimizer = optimizerOf(spec.training);
  const found = gradients(graph, losses, ops.meanSeed(graph, losses), values);
  const moved = all.weights.map((weight, i) =>
    optimizer.apply(graph, weight.variable, found[i]!, all.slots[i]!, all.shared),
  );
  const after = [...moved, ...(optimizer.step?.(graph, all.shared, moved) ?? [])];
  const loss = ops.after(graph, after, ops.mean(graph, losses));
  return { inputs: { indices }, outputs: { loss } };
}

/** The predicted class and the loss of each sample. */
function judge(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const { indices, logits, losses } = batch(graph, spec, all);
  return { inputs: { indices }, outputs: { losses, classes: ops.argMax(graph, logits) } };
}

/** Squared norms of each weight's move from its start, and of the start. */
function distance(graph: Graph, all: Variables): Signature {
  const stack = (parts: Tensor[]): Tensor =>
    graph.op(
      'Pack',
      parts,
      { T: attr.type('float32'), N: attr.int(parts.length), axis: attr.int(0) },
      { dtype: 'float32', shape: [parts.length] },
    );
  const starts = all.starts.map((variable) => graph.read(variable));
  const moves = all.weights.map(({ variable }, i) =>
    graph.op('Sub', [graph.read(variable), starts[i]!], { T: attr.type('float32') }, variable),
  );
  return {
    inputs: {},
    outputs: {
      moved: stack(moves.map((move) => ops.squaredNorm(graph, move))),
      start: stack(starts.map((value) => ops.squaredNorm(graph, value))),
    },
  };
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
