/**
 * What the Jacobian's kernel J J^T is added up of: parts of the columns of J, filled for a batch of samples
 * at once; and, where a weight is a matrix and the gradient of a row an outer product, the two vectors of
 * each row, whose kernels are multiplied number by number.
 */
import { forward } from '../engine/forward.ts';
import { attr } from '../engine/graph.ts';
import type { Graph, Node, Tensor, Variable } from '../engine/graph.ts';
import { oneHot } from '../engine/losses/loss.ts';
import * as ops from '../engine/ops/basic.ts';
import { mul } from '../engine/ops/index.ts';
import { sampleGradients } from '../engine/sample-gradients.ts';
import type { ChannelGradient, OuterGradient } from '../engine/sample-gradients.ts';
import type { Signature } from '../engine/saved-model.ts';
import type { PlacedLayer, SampleShape } from '../models/network.ts';
import { columnParts } from './kernel-parts.ts';
import type { Block, ColumnPart } from './kernel-parts.ts';

/** What the graph is built for. */
export interface NetworkKernelSpec {
  layers: readonly PlacedLayer[];
  shape: SampleShape;
  samples: number;
  /** Outputs of the network. */
  outputs: number;
  /** Whether a sample has a row for each output, or one alone: that of the class it is fed with. */
  rowsOf: 'outputs' | 'label';
  /** Columns taken at a time, and rows of a block; as many as memory allows if not given. */
  columns?: number;
  blockRows?: number;
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
/** Samples of one call, at most, and numbers that their patches may have: 64 MB. */
const MOST_SAMPLES = 100;
const PATCHES = 1.6e7;
const F64 = { T: attr.type('float64') };

/** Rows that a sample has. */
export const rowsEach = ({ rowsOf, outputs }: NetworkKernelSpec): number =>
  rowsOf === 'label' ? 1 : outputs;

/** Rows of the Jacobian. */
export const rowCount = (spec: NetworkKernelSpec): number => spec.samples * rowsEach(spec);

/** Samples of one call: as many as their patches have room for. */
export function batchOf({ layers, samples }: NetworkKernelSpec): number {
  const most = Math.max(1, ...patchSizes(layers));
  return Math.max(1, Math.min(samples, MOST_SAMPLES, Math.floor(PATCHES / most)));
}

/** Numbers that the patches of one sample have, of each convolution. */
function patchSizes(layers: readonly PlacedLayer[]): number[] {
  return layers.flatMap(({ layer, input, output, body }) =>
    layer.kind === 'conv'
      ? [layer.kernel ** 2 * input[2]! * output[0]! * output[1]!]
      : patchSizes(body),
  );
}

/** A pass of a batch there and back, and the gradients of its rows. */
interface Pass {
  /** What it is fed, by name. */
  fed: Record<string, Tensor>;
  places: Tensor;
  channels: ChannelGradient[];
  outers: OuterGradient[];
}

/** Variables of a network and its samples. */
export interface KernelVariables {
  weights: readonly Variable[];
  statistics: readonly Variable[];
  inputs: Variable;
}

/** Adds one pass of a batch. */
function passOf(graph: Graph, spec: NetworkKernelSpec, variables: KernelVariables): Pass {
  const { weights, statistics, inputs } = variables;
  const batch = batchOf(spec);
  const samples = graph.placeholder('samples', 'int32', [batch]);
  const outputs = graph.placeholder('outputs', 'int32', [batch]);
  const places = graph.placeholder('places', 'int32', [batch]);
  const read = new Map(
    [...weights, ...statistics].map((variable) => [variable.name, graph.read(variable)]),
  );
  const value = (name: string) => read.get(name)!;
  const way = { graph, precision: 'float32', value, training: null } as const;
  const y = forward(way, spec.layers, ops.gather(graph, inputs, samples));
  const seed = oneHot(graph, outputs, spec.outputs, 1, 0);
  const wanted = weights.map(({ name }) => value(name));
  const all = sampleGradients(graph, y, seed, wanted);
  return {
    fed: { samples, outputs, places },
    places,
    channels: all.filter((gradient) => gradient.kind === 'channels'),
    outers: all.filter((gradient) => gradient.kind === 'outer'),
  };
}

/** What is filled for all rows, and the share of J J^T that it then gives. */
export interface Filling {
  name: string;
  signature: Signature;
  /** What is filled. */
  into: readonly Variable[];
  /** Rows of the block, and columns up to its last row. */
  share: (block: Block) => Tensor;
}

/** All that J J^T is added up of. */
export function kernelFillings(
  graph: Graph,
  spec: NetworkKernelSpec,
  variables: KernelVariables,
): Filling[] {
  const pass = passOf(graph, spec, variables);
  return [...columnFillings(graph, spec, pass), ...outerFilling(graph, rowCount(spec), pass)];
}

/** Columns of the Jacobian, a part at a time. */
function columnFillings(graph: Graph, spec: NetworkKernelSpec, pass: Pass): Filling[] {
  const rows = rowCount(spec);
  const most = spec.columns ?? Math.floor((rows > MANY_ROWS ? LARGE_PART : PART) / rows);
  const parts = columnParts(pass.channels, Math.max(1, most));
  const columns = Math.max(0, ...parts.map((part) => part.columns));
  const part = graph.variable('part', 'float32', [rows, columns]);
  const share = (block: Block) => kernelOf(graph, part, block);
  return parts.map((own, p) => {
    const written = ops.scatter(graph, part, pass.places, rowsOf(graph, own, columns, pass));
    return {
      name: `columns${p}`,
      into: [part],
      signature: done(graph, pass.fed, [written]),
      share,
    };
  });
}

/** Rows of a part; one that is not full is filled up with zeros, which add nothing. */
function rowsOf(graph: Graph, part: ColumnPart, columns: number, pass: Pass): Tensor {
  const batch = pass.places.shape[0]!;
  const pieces = part.pieces.map(({ weight, from, count }) =>
    pass.channels[weight]!.of(from, count),
  );
  const missing = columns - part.columns;
  const zeros = missing > 0 ? [ops.filled(graph, [batch, missing], 0, 'float32')] : [];
  return ops.concatenated(graph, [...pieces, ...zeros], 1);
}

/** What the layers with matrices are given, and what comes back to them. */
function outerFilling(graph: Graph, rows: number, { outers, places, fed }: Pass): Filling[] {
  if (outers.length === 0) return [];
  const kept = outers.map(({ given, returned }, i) => ({
    given: graph.variable(`given${i}`, 'float32', [rows, given.shape[1]!]),
    returned: graph.variable(`returned${i}`, 'float32', [rows, returned.shape[1]!]),
  }));
  const written = outers.flatMap(({ given, returned }, i) => [
    ops.scatter(graph, kept[i]!.given, places, given),
    ops.scatter(graph, kept[i]!.returned, places, returned),
  ]);
  const share = (block: Block) =>
    kept
      .map(({ given, returned }) =>
        mul(graph, kernelOf(graph, given, block), kernelOf(graph, returned, block)),
      )
      .reduce((sum, one) => graph.op('AddV2', [sum, one], F64, sum));
  const into = kept.flatMap(({ given, returned }) => [given, returned]);
  return [{ name: 'outers', into, signature: done(graph, fed, written), share }];
}

/** In float64: squaring the Jacobian squares its condition, which float32 would not bear. */
function kernelOf(graph: Graph, variable: Variable, { from, to }: Block): Tensor {
  const wide = (first: number) => ops.cast(graph, someRows(graph, variable, first, to), 'float64');
  const attrs = { ...F64, transpose_a: attr.bool(false), transpose_b: attr.bool(true) };
  const shape = [to - from, to];
  return graph.op('MatMul', [wide(from), wide(0)], attrs, { dtype: 'float64', shape });
}

function someRows(graph: Graph, variable: Variable, from: number, to: number): Tensor {
  const value = graph.read(variable);
  if (from === 0 && to === variable.shape[0]) return value;
  const attrs = { T: attr.type('float32'), Index: attr.type('int32') };
  const size = [to - from, variable.shape[1]!];
  return graph.op('Slice', [value, graph.ints([from, 0]), graph.ints(size)], attrs, {
    dtype: 'float32',
    shape: size,
  });
}

/** A call that is made for what it does. */
export function done(
  graph: Graph,
  inputs: Record<string, Tensor>,
  nodes: readonly Node[],
): Signature {
  return { inputs, outputs: { done: ops.after(graph, nodes, graph.scalar(1)) } };
}
