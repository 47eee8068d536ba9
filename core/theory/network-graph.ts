/**
 * The graph that any network's Jacobian is looked at by: rows of it, a part of the columns at a time,
 * and the sum over the parts of part times part transposed, which is J J^T.
 */
import { forward } from '../engine/forward.ts';
import { gradients } from '../engine/gradients.ts';
import { attr, Graph, sizeOf } from '../engine/graph.ts';
import type { Tensor, Variable } from '../engine/graph.ts';
import { oneHot } from '../engine/losses/loss.ts';
import * as ops from '../engine/ops/basic.ts';
import { mul, NEWEST } from '../engine/ops/index.ts';
import type { Signature } from '../engine/saved-model.ts';
import { createWeights } from '../engine/weights.ts';
import type { PlacedLayer, SampleShape } from '../models/network.ts';

/** What the graph is built for. */
export interface NetworkKernelSpec {
  layers: readonly PlacedLayer[];
  shape: SampleShape;
  samples: number;
  /** Outputs of the network. */
  outputs: number;
  /** Whether a sample has a row for each output, or one alone: that of the class it is fed with. */
  rowsOf: 'outputs' | 'label';
  /** Columns taken at a time; as many as memory allows if not given. */
  columns?: number;
}

/** A graph with its calls. */
export interface NetworkKernelGraph {
  graph: Graph;
  signatures: Record<string, Signature>;
  /** Weights, which are fed before rows are asked for. */
  weights: readonly Variable[];
  /** Whether `settle` is there: has batch norm take the statistics of these samples at these weights. */
  settles: boolean;
  parameters: number;
  /** Columns taken at a time. */
  columns: number;
}

/** A part of J holds at most so many numbers: 160 MB in float64. */
const PART = 2e7;
/**
 * Of many rows, whose every part takes a pass over all samples: 1.2 GB in float64. With J J^T of 10,000
 * rows, and what its decomposition takes, that stays below 4 GiB; Electron bears 2 GiB at once.
 */
const LARGE_PART = 1.5e8;
/** So many rows are many. */
const MANY_ROWS = 2000;
const F32 = { T: attr.type('float32') };
const F64 = { T: attr.type('float64') };

/** Builds the graph. */
export function networkKernelGraph(spec: NetworkKernelSpec): NetworkKernelGraph {
  const graph = new Graph();
  const { trained, moving } = createWeights(graph, spec.layers);
  const weights = trained.map(({ variable }) => variable);
  const statistics = moving.map(({ variable }) => variable);
  const all = [...weights, ...statistics];
  const parameters = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const rows = rowCount(spec);
  const size = rows > MANY_ROWS ? LARGE_PART : PART;
  const most = spec.columns ?? Math.max(1, Math.floor(size / rows));
  const columns = Math.min(parameters, most);
  const inputs = graph.variable('inputs', 'float32', [spec.samples, ...spec.shape]);
  const part = graph.variable('part', 'float32', [rows, columns]);
  const gram = graph.variable('gram', 'float64', [rows, rows]);
  return {
    graph,
    weights,
    settles: statistics.length > 0,
    parameters,
    columns,
    signatures: {
      fill: fed(graph, [inputs]),
      weights: fed(graph, weights),
      ...(statistics.length > 0
        ? { settle: settle(graph, spec, inputs, weights, statistics) }
        : {}),
      clear: clear(graph, part, gram),
      rows: sampleRows(graph, spec, { weights, all, inputs, part, parameters, columns }),
      add: addPart(graph, part, gram),
      eigenvalues: eigenvalues(graph, gram),
      gram: { inputs: {}, outputs: { values: ops.cast(graph, graph.read(gram), 'float32') } },
    },
  };
}

/** Rows that a sample has. */
export const rowsEach = ({ rowsOf, outputs }: NetworkKernelSpec): number =>
  rowsOf === 'label' ? 1 : outputs;

/** Rows of the Jacobian. */
export const rowCount = (spec: NetworkKernelSpec): number => spec.samples * rowsEach(spec);

/** Gives variables the values that are fed under their names. */
function fed(graph: Graph, variables: readonly Variable[]): Signature {
  const values = variables.map((v) => graph.placeholder(`fed/${v.name}`, 'float32', v.shape));
  const assigned = variables.map((variable, i) => graph.assign(variable, values[i]!));
  return {
    inputs: Object.fromEntries(variables.map(({ name }, i) => [name, values[i]!])),
    outputs: { done: ops.after(graph, assigned, graph.scalar(1)) },
  };
}

/** Samples that statistics are taken of, at most: their activations are in memory at once. */
const SETTLED_BY = 1000;

/**
 * Gives batch norm the mean and variance that the samples themselves have at these weights. A moving
 * average lags behind, and is far off before training; and with the statistics of a batch an output
 * would depend on all its samples, so that there would be no row of one sample alone.
 */
function settle(
  graph: Graph,
  { layers, samples }: NetworkKernelSpec,
  inputs: Variable,
  weights: readonly Variable[],
  statistics: readonly Variable[],
): Signature {
  const values = new Map([
    ...weights.map((variable) => [variable.name, graph.read(variable)] as const),
    // What is written is a share of the batch's own, and the rest of these: of nothing.
    ...statistics.map(({ name, shape }) => [name, ops.filled(graph, shape, 0, 'float32')] as const),
  ]);
  const found = new Map<string, Tensor>();
  const count = Math.min(samples, SETTLED_BY);
  const rows = graph.constant(
    Array.from({ length: count }, (_, i) => i),
    [count],
    'int32',
  );
  const training = {
    seed: () => graph.ints([0, 0]),
    moved: (name: string, value: Tensor) => void found.set(name, value),
  };
  const value = (name: string) => values.get(name)!;
  const pass = { graph, precision: 'float32', value, training } as const;
  forward(pass, layers, ops.gather(graph, inputs, rows));
  const assigned = statistics.map((variable) =>
    graph.assign(variable, mul(graph, found.get(variable.name)!, graph.scalar(1 / NEWEST))),
  );
  return { inputs: {}, outputs: { done: ops.after(graph, assigned, graph.scalar(1)) } };
}

function clear(graph: Graph, part: Variable, gram: Variable): Signature {
  const assigned = [part, gram].map((variable) =>
    graph.assign(variable, ops.filled(graph, variable.shape, 0, variable.dtype)),
  );
  return { inputs: {}, outputs: { done: ops.after(graph, assigned, graph.scalar(1)) } };
}

interface Parts {
  weights: readonly Variable[];
  all: readonly Variable[];
  inputs: Variable;
  part: Variable;
  parameters: number;
  columns: number;
}

/** Writes the rows of one sample into the part, from a column on. */
function sampleRows(graph: Graph, spec: NetworkKernelSpec, parts: Parts): Signature {
  const { weights, all, inputs, part, parameters, columns } = parts;
  const sample = graph.placeholder('sample', 'int32', [1]);
  const label = graph.placeholder('label', 'int32', [1]);
  const places = graph.placeholder('places', 'int32', [rowsEach(spec)]);
  const from = graph.placeholder('from', 'int32', [1]);
  const values = new Map(all.map((variable) => [variable.name, graph.read(variable)]));
  const x = ops.gather(graph, inputs, sample);
  const value = (name: string) => values.get(name)!;
  const pass = { graph, precision: 'float32', value, training: null } as const;
  const output = forward(pass, spec.layers, x);
  const read = weights.map(({ name }) => values.get(name)!);
  // A last part that is not full is filled up with zeros, which add nothing.
  const zeros = columns - (parameters % columns || columns);
  const rows = seedsOf(graph, spec, label).map((seed) => {
    const flat = gradients(graph, output, seed, read).map((gradient) => flattened(graph, gradient));
    return slice(
      graph,
      joined(
        graph,
        [...flat, graph.constant(new Array<number>(zeros).fill(0), [zeros], 'float32')],
        parameters + zeros,
      ),
      from,
      columns,
    );
  });
  const written = ops.scatter(graph, part, places, ops.pack(graph, rows));
  return {
    inputs: { sample, label, places, from },
    outputs: { done: ops.after(graph, [written], graph.scalar(1)) },
  };
}

/** Which output each row is the gradient of. */
function seedsOf(graph: Graph, { rowsOf, outputs }: NetworkKernelSpec, label: Tensor): Tensor[] {
  if (rowsOf === 'label') return [oneHot(graph, label, outputs, 1, 0)];
  return Array.from({ length: outputs }, (_, c) => {
    const one = Array.from({ length: outputs }, (_, other) => Number(other === c));
    return graph.constant(one, [1, outputs], 'float32');
  });
}

function flattened(graph: Graph, x: Tensor): Tensor {
  const size = sizeOf(x.shape);
  const attrs = { ...F32, Tshape: attr.type('int32') };
  return graph.op('Reshape', [x, graph.ints([size])], attrs, { dtype: 'float32', shape: [size] });
}

function joined(graph: Graph, parts: readonly Tensor[], size: number): Tensor {
  const attrs = { ...F32, N: attr.int(parts.length), Tidx: attr.type('int32') };
  const axis = graph.constant([0], [], 'int32');
  return graph.op('ConcatV2', [...parts, axis], attrs, { dtype: 'float32', shape: [size] });
}

function slice(graph: Graph, x: Tensor, from: Tensor, size: number): Tensor {
  const attrs = { ...F32, Index: attr.type('int32') };
  return graph.op('Slice', [x, from, graph.ints([size])], attrs, {
    dtype: 'float32',
    shape: [size],
  });
}

/** In float64: squaring the Jacobian squares its condition, which float32 would not bear. */
function addPart(graph: Graph, part: Variable, gram: Variable): Signature {
  const wide = ops.cast(graph, graph.read(part), 'float64');
  const attrs = { ...F64, transpose_a: attr.bool(false), transpose_b: attr.bool(true) };
  const product = graph.op('MatMul', [wide, wide], attrs, { dtype: 'float64', shape: gram.shape });
  const added = graph.node('AssignAddVariableOp', [gram, product], { dtype: attr.type('float64') });
  return { inputs: {}, outputs: { done: ops.after(graph, [added], graph.scalar(1)) } };
}

/** Of J J^T, least first. */
function eigenvalues(graph: Graph, gram: Variable): Signature {
  const attrs = { ...F64, compute_v: attr.bool(false) };
  const node = graph.node('SelfAdjointEigV2', [graph.read(gram)], attrs);
  const values: Tensor = { node, index: 0, dtype: 'float64', shape: [gram.shape[0]!] };
  return { inputs: {}, outputs: { values: ops.cast(graph, values, 'float32') } };
}
