/** Add, Sub and Mul with broadcasting, Square, and sums over one axis. */
import { attr } from '../graph.ts';
import type { Graph, Shape, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { shapeOf } from './shape.ts';

const T = ({ dtype }: Tensor) => ({ T: attr.type(dtype) });

/** The shape of a result of two that broadcast against each other. */
function broadcast(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    return x === 1 ? y : x;
  });
}

const binary = (op: string) => (graph: Graph, a: Tensor, b: Tensor) =>
  graph.op(op, [a, b], T(a), { dtype: a.dtype, shape: broadcast(a.shape, b.shape) });

/** a + b */
export const add = binary('AddV2');
/** a - b */
export const sub = binary('Sub');
/** a * b */
export const mul = binary('Mul');

/** x * x */
export function square(graph: Graph, x: Tensor): Tensor {
  return graph.op('Square', [x], T(x), x);
}

/** The sum over the last axis. */
export function sumLast(graph: Graph, x: Tensor): Tensor {
  const attrs = { ...T(x), Tidx: attr.type('int32'), keep_dims: attr.bool(false) };
  const axis = graph.ints([x.shape.length - 1]);
  return graph.op('Sum', [x, axis], attrs, { dtype: x.dtype, shape: x.shape.slice(0, -1) });
}

/** Sums a gradient over the axes along which `x` was repeated. */
function unbroadcast(graph: Graph, dy: Tensor, x: Tensor): Tensor {
  const same = x.shape.length === dy.shape.length && x.shape.every((n, i) => n === dy.shape[i]);
  if (same) return dy;
  const missing = dy.shape.length - x.shape.length;
  const axes = dy.shape.map((_, i) => i).filter((i) => i < missing || x.shape[i - missing] === 1);
  const attrs = { ...T(dy), Tidx: attr.type('int32'), keep_dims: attr.bool(false) };
  const shape = dy.shape.filter((_, i) => !axes.includes(i));
  const sum = graph.op('Sum', [dy, graph.ints(axes)], attrs, { dtype: dy.dtype, shape });
  const reshaped = { ...T(dy), Tshape: attr.type('int32') };
  return graph.op('Reshape', [sum, shapeOf(graph, x)], reshaped, x);
}

registerGradient('AddV2', (graph, node, dy, needed) =>
  node.inputs.map((x, i) => (needed[i] ? unbroadcast(graph, dy, x) : null)),
);

registerGradient('Sub', (graph, node, dy, [needA, needB]) => {
  const [a, b] = node.inputs as [Tensor, Tensor];
  const negative = () => graph.op('Neg', [dy], T(dy), dy);
  return [
    needA ? unbroadcast(graph, dy, a) : null,
    needB ? unbroadcast(graph, negative(), b) : null,
  ];
});

registerGradient('Mul', (graph, node, dy, [needA, needB]) => {
  const [a, b] = node.inputs as [Tensor, Tensor];
  return [
    needA ? unbroadcast(graph, mul(graph, dy, b), a) : null,
    needB ? unbroadcast(graph, mul(graph, dy, a), b) : null,
  ];
});

registerGradient('Square', (graph, node, dy) => {
  const x = node.inputs[0]!;
  return [mul(graph, mul(graph, dy, graph.scalar(2)), x)];
});

registerGradient('Sum', (graph, node, dy) => {
  const x = node.inputs[0]!;
  const column = graph.op(
    'ExpandDims',
    [dy, graph.constant([-1], [], 'int32')],
    { ...T(dy), Tdim: attr.type('int32') },
    { dtype: dy.dtype, shape: [...dy.shape, 1] },
  );
  const wide = { ...T(dy), Tidx: attr.type('int32') };
  return [graph.op('BroadcastTo', [column, shapeOf(graph, x)], wide, x), null];
});
