/**
 * The whole of training as one graph over resident data: filling, starting, stepping, evaluating,
 * measuring the distance, reading and restoring the state. Each is one signature, so one call.
 */
import { forward, lastInput } from './forward.ts';
import { attr, Graph, sizeOf } from './graph.ts';
import type { Node, Tensor, Variable } from './graph.ts';
import { chancesOf, EVALUATING, lossesOf, scoresOf } from './losses/index.ts';
import * as ops from './ops/basic.ts';
import { reshape } from './ops/index.ts';
import { optimizerOf } from './optimizers/index.ts';
import type { Signature } from './saved-model.ts';
import { changingIn, phasesOf } from './phases.ts';
import type { Phase } from './phases.ts';
import { stepsSignature } from './step.ts';
import { createVariables } from './variables.ts';
import type { GraphSpec, NetworkVariables, Variables } from './variables.ts';
import { startValue } from './weights.ts';
import type { Weight } from './weights.ts';

/** A graph with its calls. */
export interface TrainingGraph {
  graph: Graph;
  signatures: Record<string, Signature>;
  /** Trainable weights, in the order of the layers. */
  weights: Weight[];
  /** Names of everything that changes while training. */
  state: string[];
}

/** Builds the graph of a run. */
export function buildTrainingGraph(spec: GraphSpec): TrainingGraph {
  const graph = new Graph();
  const all = createVariables(graph, spec);
  const state = [
    ...changing(all),
    ...(all.peer ? [...changing(all.peer), ...all.peer.starts] : []),
  ];
  const signatures = {
    allocate: allocate(graph, all),
    fill: fill(graph, all),
    start: start(graph, spec, all),
    ...phaseSignatures(graph, spec, all, 0),
    evaluate: evaluate(graph, spec, all),
    predictProbabilities: predictProbabilities(graph, spec, all),
    features: features(graph, spec, all),
    distance: distance(graph, all),
    read: { inputs: {}, outputs: Object.fromEntries(state.map((v) => [v.name, graph.read(v)])) },
    restore: restore(graph, state),
    restoreStart: restore(graph, all.starts),
    ...laterPhases(graph, spec, all),
  };
  return { graph, signatures, weights: all.weights, state: state.map((v) => v.name) };
}

/** How the calls of a phase are named: those of the first one have no number. */
export const inPhase = (name: string, phase: number): string =>
  phase === 0 ? name : `${name}${phase}`;

/**
 * The calls that train in a phase. Kernels are chosen better where the batch is known; the last one of an
 * epoch may be short.
 */
function phaseSignatures(
  graph: Graph,
  spec: GraphSpec,
  all: Variables,
  i: number,
): Record<string, Signature> {
  const phase = phasesOf(spec)[i]!;
  const many = { count: spec.stepsPerCall, batch: spec.training.batch };
  return {
    [inPhase('steps', i)]: stepsSignature(graph, spec, all, phase, many),
    [inPhase('step', i)]: stepsSignature(graph, spec, all, phase, { count: 1, batch: -1 }),
    ...(i > 0 && { [inPhase('begin', i)]: begin(graph, spec, all, phase) }),
  };
}

/** The calls of all phases but the first. */
const laterPhases = (graph: Graph, spec: GraphSpec, all: Variables): Record<string, Signature> =>
  Object.assign(
    {},
    ...phasesOf(spec).map((_, i) => (i > 0 ? phaseSignatures(graph, spec, all, i) : {})),
  ) as Record<string, Signature>;

/** Begins a later phase: what trains in it is set to its start, and the optimizer is cleared of it. */
function begin(graph: Graph, spec: GraphSpec, all: Variables, phase: Phase): Signature {
  const { weights, moving } = changingIn(all, phase);
  const shared = Object.values(optimizerOf(spec.training).shared);
  const assigned = [
    ...weights.flatMap((i) => [
      graph.assign(all.weights[i]!.variable, graph.read(all.starts[i]!)),
      ...all.slots[i]!.map((slot) =>
        graph.assign(slot, ops.filled(graph, slot.shape, 0, 'float32')),
      ),
    ]),
    ...moving.map((w) => graph.assign(w.variable, startValue(graph, w, all.seed, 0))),
    ...all.shared.map((variable, i) => graph.assign(variable, graph.scalar(shared[i]!.start))),
  ];
  return { inputs: {}, outputs: { done: done(graph, assigned) } };
}

/** What changes of a network while it trains. */
function changing({ weights, moving, slots, shared, memory }: NetworkVariables): Variable[] {
  return [
    ...[...weights, ...moving].map(({ variable }) => variable),
    ...slots.flat(),
    ...shared,
    ...(memory ? [memory] : []),
  ];
}

/** Makes room for the data. */
function allocate(graph: Graph, { images, labels, soft }: Variables): Signature {
  const made = [images, labels, ...(soft ? [soft.others, soft.shares] : [])].map((variable) =>
    graph.assign(variable, ops.filled(graph, variable.shape, 0, variable.dtype)),
  );
  return { inputs: {}, outputs: { done: done(graph, made) } };
}

/** Writes some samples into their places. Bytes come as int32, which tfjs can carry. */
function fill(graph: Graph, { images, labels, soft }: Variables): Signature {
  const places = graph.placeholder('places', 'int32', [-1]);
  const carried = images.dtype === 'uint8' ? 'int32' : images.dtype;
  const values = graph.placeholder('values', carried, [-1, ...images.shape.slice(1)]);
  const classes = graph.placeholder('classes', 'int32', [-1]);
  const written = [
    ops.scatter(graph, images, places, ops.cast(graph, values, images.dtype)),
    ops.scatter(graph, labels, places, classes),
  ];
  const inputs = { places, values, classes };
  if (!soft) return { inputs, outputs: { done: done(graph, written) } };
  const others = graph.placeholder('others', 'int32', [-1]);
  const shares = graph.placeholder('shares', 'float32', [-1]);
  written.push(
    ops.scatter(graph, soft.others, places, others),
    ops.scatter(graph, soft.shares, places, shares),
  );
  return { inputs: { ...inputs, others, shares }, outputs: { done: done(graph, written) } };
}

/** Gives the weights their first values, and remembers those; clears the optimizer. */
function start(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const assigned = [all, ...(all.peer ? [all.peer] : [])].flatMap((own) =>
    started(graph, spec, own),
  );
  return { inputs: {}, outputs: { done: done(graph, assigned) } };
}

/** The same of one network. */
function started(graph: Graph, spec: GraphSpec, own: NetworkVariables): Node[] {
  const shared = Object.values(optimizerOf(spec.training).shared);
  const { seed } = own;
  return [
    ...own.weights.flatMap((weight, i) => {
      const value = startValue(graph, weight, seed, i);
      const kept = own.starts[i];
      const moved = graph.assign(weight.variable, value);
      return kept ? [moved, graph.assign(kept, value)] : [moved];
    }),
    ...own.moving.map((w) => graph.assign(w.variable, startValue(graph, w, seed, 0))),
    ...own.slots
      .flat()
      .map((slot) => graph.assign(slot, ops.filled(graph, slot.shape, 0, 'float32'))),
    ...own.shared.map((variable, i) => graph.assign(variable, graph.scalar(shared[i]!.start))),
    ...(own.memory
      ? [graph.assign(own.memory, ops.filled(graph, own.memory.shape, 0, 'float32'))]
      : []),
  ];
}

/** The network's output for resident samples, as after training; or what its last layer is fed. */
function outputOf(
  graph: Graph,
  spec: GraphSpec,
  all: Variables,
  indices: Tensor,
  through: typeof forward = forward,
): Tensor {
  const values = new Map(
    [...all.weights, ...all.moving].map(({ name, variable }) => [name, graph.read(variable)]),
  );
  const bytes = ops.cast(graph, ops.gather(graph, all.images, indices), 'float32');
  const x = ops.standardized(graph, bytes, spec.mean, spec.deviation);
  const value = (name: string) => values.get(name)!;
  const pass = { graph, precision: spec.precision ?? 'float32', value, training: null };
  return through(pass, spec.layers, x);
}

/** The predicted class, the loss and the chance of each class of each sample. */
function evaluate(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const indices = graph.placeholder('indices', 'int32', [-1]);
  const output = outputOf(graph, spec, all, indices);
  const labels = ops.gather(graph, all.labels, indices);
  const losses = lossesOf(graph, spec, output, labels, EVALUATING);
  const classes = ops.argMax(graph, scoresOf(graph, output, spec));
  const probabilities = chancesOf(graph, output, spec);
  return { inputs: { indices }, outputs: { losses, classes, probabilities } };
}

/** The chance of each class for each sample: the softmax of its scores. */
function predictProbabilities(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const indices = graph.placeholder('predicted', 'int32', [-1]);
  const probabilities = chancesOf(graph, outputOf(graph, spec, all, indices), spec);
  return { inputs: { indices }, outputs: { probabilities } };
}

/** What the last layer is fed for each sample: samples x features. */
function features(graph: Graph, spec: GraphSpec, all: Variables): Signature {
  const indices = graph.placeholder('featured', 'int32', [-1]);
  const fed = outputOf(graph, spec, all, indices, lastInput);
  const size = sizeOf(fed.shape.slice(1));
  return { inputs: { indices }, outputs: { features: reshape(graph, fed, [-1, size]) } };
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
