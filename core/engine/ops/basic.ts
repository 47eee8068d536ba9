/** Operations that need no gradient here: they stand before the weights, or after the loss. */
import { attr } from '../graph.ts';
import type { DType, Graph, Node, Shape, Tensor, Variable } from '../graph.ts';
import { cast } from './cast.ts';
import { shapeOf } from './shape.ts';

export { cast };

const T = { T: attr.type('float32') };

/** One value in every place. */
export function filled(graph: Graph, shape: Shape, value: number, dtype: DType): Tensor {
  const scalar = cast(graph, graph.scalar(value), dtype);
  const attrs = { T: attr.type(dtype), index_type: attr.type('int32') };
  return graph.op('Fill', [graph.ints(shape), scalar], attrs, { dtype, shape });
}

/** Rows of a variable, by number. */
export function gather(graph: Graph, variable: Variable, rows: Tensor): Tensor {
  const attrs = { dtype: attr.type(variable.dtype), Tindices: attr.type('int32') };
  const shape = [rows.shape[0]!, ...variable.shape.slice(1)];
  return graph.op('ResourceGather', [variable, rows], attrs, { dtype: variable.dtype, shape });
}

/** Writes rows of a variable, by number. @param after what has to have run before */
export function scatter(
  graph: Graph,
  variable: Variable,
  rows: Tensor,
  values: Tensor,
  after: readonly Node[] = [],
): Node {
  const attrs = { dtype: attr.type(variable.dtype), Tindices: attr.type('int32') };
  return graph.node('ResourceScatterUpdate', [variable, rows, values], attrs, { after });
}

/** (x - mean) / deviation, as x * a + b. */
export function standardized(graph: Graph, x: Tensor, mean: number, deviation: number): Tensor {
  const scaled = graph.op('Mul', [x, graph.scalar(1 / deviation)], T, x);
  return graph.op('AddV2', [scaled, graph.scalar(-mean / deviation)], T, x);
}

/** 1 / n for each of n values: the gradient of their mean. */
export function meanSeed(graph: Graph, x: Tensor): Tensor {
  const sizeAttrs = { T: attr.type(x.dtype), out_type: attr.type('int32') };
  const size = graph.op('Size', [x], sizeAttrs, { dtype: 'int32', shape: [] });
  const share = graph.op('Reciprocal', [cast(graph, size, 'float32')], T, {
    dtype: 'float32',
    shape: [],
  });
  const attrs = { T: attr.type('float32'), index_type: attr.type('int32') };
  return graph.op('Fill', [shapeOf(graph, x), share], attrs, x);
}

/** The mean over the first axis of a vector. */
export function mean(graph: Graph, x: Tensor): Tensor {
  const attrs = { ...T, Tidx: attr.type('int32'), keep_dims: attr.bool(false) };
  return graph.op('Mean', [x, graph.ints([0])], attrs, { dtype: 'float32', shape: [] });
}

/** The largest value of each row: batch x 1. */
export function largest(graph: Graph, x: Tensor): Tensor {
  const attrs = { ...T, Tidx: attr.type('int32'), keep_dims: attr.bool(true) };
  const shape = [x.shape[0]!, 1];
  return graph.op('Max', [x, graph.ints([1])], attrs, { dtype: 'float32', shape });
}

/** The same rows, each in the place of the one before it, and the last in the first's. */
export function rolled(graph: Graph, x: Tensor): Tensor {
  const int = attr.type('int32');
  const attrs = { T: attr.type(x.dtype), Tshift: int, Taxis: int };
  return graph.op('Roll', [x, graph.ints([1]), graph.ints([0])], attrs, x);
}

/** The place of the largest value of each row: int32. */
export function argMax(graph: Graph, x: Tensor): Tensor {
  const attrs = { ...T, Tidx: attr.type('int32'), output_type: attr.type('int32') };
  const axis = graph.constant([1], [], 'int32');
  return graph.op('ArgMax', [x, axis], attrs, { dtype: 'int32', shape: [x.shape[0]!] });
}

/** The sum of the squares of all values, added up in float64, so that small moves are not lost. */
export function squaredNorm(graph: Graph, x: Tensor): Tensor {
  const wide = cast(graph, x, 'float64');
  const F64 = { T: attr.type('float64') };
  const square = graph.op('Square', [wide], F64, wide);
  const attrs = { ...F64, Tidx: attr.type('int32'), keep_dims: attr.bool(false) };
  const axes = graph.ints(x.shape.map((_, axis) => axis));
  const sum = graph.op('Sum', [square, axes], attrs, { dtype: 'float64', shape: [] });
  return cast(graph, sum, 'float32');
}

/** `value`, delivered only after the given nodes have run. */
export function after(graph: Graph, nodes: readonly Node[], value: Tensor): Tensor {
  return graph.op('Identity', [value], { T: attr.type(value.dtype) }, value, { after: nodes });
}

/**
 * Uniform numbers from 0 to 1, the same for the same seed.
 * @param shape int32, the shape when the graph runs
 * @param seed int32, two numbers
 */
export function randomUniform(graph: Graph, shape: Tensor, seed: Tensor, known: Shape): Tensor {
  const attrs = {
    dtype: attr.type('float32'),
    T: attr.type('int32'),
    Tseed: attr.type('int32'),
  };
  return graph.op('StatelessRandomUniform', [shape, seed], attrs, {
    dtype: 'float32',
    shape: known,
  });
}

/** Several values of one shape as one, along a new first axis. */
export function pack(graph: Graph, parts: readonly Tensor[]): Tensor {
  const [first] = parts as [Tensor];
  const attrs = { T: attr.type(first.dtype), N: attr.int(parts.length), axis: attr.int(0) };
  const shape = [parts.length, ...first.shape];
  return graph.op('Pack', parts, attrs, { dtype: first.dtype, shape });
}

/** Values one behind the other along an axis. */
export function concatenated(graph: Graph, parts: readonly Tensor[], axis: number): Tensor {
  const [first] = parts as [Tensor];
  if (parts.length === 1) return first;
  const int = attr.type('int32');
  const attrs = { T: attr.type(first.dtype), N: attr.int(parts.length), Tidx: int };
  const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = first.shape.map((size, i) => (i === axis ? length : size));
  const place = graph.constant([axis], [], 'int32');
  return graph.op('ConcatV2', [...parts, place], attrs, { dtype: first.dtype, shape });
}

/** The parts of a value along its first axis, which has `count` of them. */
export function unpack(graph: Graph, x: Tensor, count: number): Tensor[] {
  const attrs = { T: attr.type(x.dtype), num: attr.int(count), axis: attr.int(0) };
  const node = graph.node('Unpack', [x], attrs);
  const shape = x.shape.slice(1);
  return Array.from({ length: count }, (_, index) => ({ node, index, dtype: x.dtype, shape }));
}
