/** Shape and Reshape. */
import { attr } from '../graph.ts';
import type { Graph, Shape, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

/** The shape of a value, known when the graph runs: int32, one number an axis. */
export function shapeOf(graph: Graph, x: Tensor): Tensor {
  const attrs = { T: attr.type(x.dtype), out_type: attr.type('int32') };
  return graph.op('Shape', [x], attrs, { dtype: 'int32', shape: [x.shape.length] });
}

/** The same values in another shape; one axis of `shape` may be -1. */
export function reshape(graph: Graph, x: Tensor, shape: Shape): Tensor {
  const attrs = { T: attr.type(x.dtype), Tshape: attr.type('int32') };
  return graph.op('Reshape', [x, graph.ints(shape)], attrs, { dtype: x.dtype, shape });
}

registerGradient('Reshape', (graph, node, dy) => {
  const x = node.inputs[0]!;
  const attrs = { T: attr.type(dy.dtype), Tshape: attr.type('int32') };
  return [graph.op('Reshape', [dy, shapeOf(graph, x)], attrs, x), null];
});
