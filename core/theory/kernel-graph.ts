/**
 * The graph that the network's kernel is computed by, in float64: squaring the Jacobian squares its
 * condition, which float32 would not bear. Numbers come and go as float32, all that tfjs carries.
 */
import type { NetworkConfig } from '../contract/config/schema.ts';
import { attr, Graph } from '../engine/graph.ts';
import type { Node, Tensor, Variable } from '../engine/graph.ts';
import * as ops from '../engine/ops/basic.ts';
import type { Signature } from '../engine/saved-model.ts';

const T = { T: attr.type('float64') };

/** What the graph is built for. */
export interface KernelSpec {
  samples: number;
  dimension: number;
  activation: NetworkConfig['activation'];
}

/** Builds the graph with its calls. */
export function kernelGraph(spec: KernelSpec): {
  graph: Graph;
  signatures: Record<string, Signature>;
} {
  const graph = new Graph();
  const { samples, dimension } = spec;
  const inputs = graph.variable('inputs', 'float64', [samples, dimension]);
  const gram = graph.variable('gram', 'float64', [samples, samples]);
  const signatures = {
    fill: fill(graph, inputs),
    clear: clear(graph, gram),
    add: addUnits(graph, spec, inputs, gram),
    spectrum: spectrum(graph, inputs, gram),
    outputs: outputs(graph, spec, inputs),
  };
  return { graph, signatures };
}

function fill(graph: Graph, inputs: Variable): Signature {
  const values = graph.placeholder('values', 'float32', inputs.shape);
  const assigned = graph.assign(inputs, ops.cast(graph, values, 'float64'));
  return { inputs: { values }, outputs: { done: done(graph, assigned) } };
}

function clear(graph: Graph, gram: Variable): Signature {
  const zeros = ops.filled(graph, gram.shape, 0, 'float64');
  return { inputs: {}, outputs: { done: done(graph, graph.assign(gram, zeros)) } };
}

/** Adds phi'(X W) phi'(X W)^T for some of the units. */
function addUnits(graph: Graph, spec: KernelSpec, inputs: Variable, gram: Variable): Signature {
  const { placeholder, z } = before(graph, spec, inputs, 'add/weights');
  const slopes = slopeOf(graph, spec.activation, z);
  const product = matMul(graph, slopes, slopes, true);
  const added = graph.node('AssignAddVariableOp', [gram, product], {
    dtype: attr.type('float64'),
  });
  return { inputs: { weights: placeholder }, outputs: { done: done(graph, added) } };
}

/** Eigenvalues, least first, and eigenvectors, a column each, of (X X^T) o gram x scale. */
function spectrum(graph: Graph, inputs: Variable, gram: Variable): Signature {
  const scale = graph.placeholder('scale', 'float32', []);
  const x = graph.read(inputs);
  const n = gram.shape[0]!;
  const entries = mul(graph, matMul(graph, x, x, true), graph.read(gram));
  const kernel = mul(graph, entries, ops.cast(graph, scale, 'float64'));
  const node = graph.node('SelfAdjointEigV2', [kernel], { ...T, compute_v: attr.bool(true) });
  const values: Tensor = { node, index: 0, dtype: 'float64', shape: [n] };
  const vectors: Tensor = { node, index: 1, dtype: 'float64', shape: [n, n] };
  return {
    inputs: { scale },
    outputs: {
      values: ops.cast(graph, values, 'float32'),
      vectors: ops.cast(graph, vectors, 'float32'),
    },
  };
}

/** phi(X W) v for some of the units: samples x 1. */
function outputs(graph: Graph, spec: KernelSpec, inputs: Variable): Signature {
  const { placeholder, z } = before(graph, spec, inputs, 'outputs/weights');
  const signs = graph.placeholder('signs', 'float32', [-1, 1]);
  const op = { relu: 'Relu', softplus: 'Softplus', tanh: 'Tanh' }[spec.activation];
  const hidden = graph.op(op, [z], T, z);
  const sum = matMul(graph, hidden, ops.cast(graph, signs, 'float64'));
  return {
    inputs: { weights: placeholder, signs },
    outputs: { sum: ops.cast(graph, sum, 'float32') },
  };
}

/** What units get before the activation: samples x units. */
function before(
  graph: Graph,
  { dimension }: KernelSpec,
  inputs: Variable,
  name: string,
): { placeholder: Tensor; z: Tensor } {
  const placeholder = graph.placeholder(name, 'float32', [dimension, -1]);
  const weights = ops.cast(graph, placeholder, 'float64');
  return { placeholder, z: matMul(graph, graph.read(inputs), weights) };
}

function slopeOf(graph: Graph, activation: KernelSpec['activation'], z: Tensor): Tensor {
  if (activation === 'softplus') return graph.op('Sigmoid', [z], T, z);
  if (activation === 'relu') {
    const zero = ops.cast(graph, graph.scalar(0), 'float64');
    const above = graph.op('Greater', [z, zero], T, { dtype: 'bool', shape: z.shape });
    return ops.cast(graph, above, 'float64');
  }
  const square = graph.op('Square', [graph.op('Tanh', [z], T, z)], T, z);
  return graph.op('Sub', [ops.cast(graph, graph.scalar(1), 'float64'), square], T, z);
}

function matMul(graph: Graph, a: Tensor, b: Tensor, transposeB = false): Tensor {
  const attrs = { ...T, transpose_a: attr.bool(false), transpose_b: attr.bool(transposeB) };
  const shape = [a.shape[0]!, b.shape[transposeB ? 0 : 1]!];
  return graph.op('MatMul', [a, b], attrs, { dtype: 'float64', shape });
}

function mul(graph: Graph, a: Tensor, b: Tensor): Tensor {
  return graph.op('Mul', [a, b], T, a);
}

function done(graph: Graph, node: Node): Tensor {
  return ops.after(graph, [node], graph.scalar(1));
}
