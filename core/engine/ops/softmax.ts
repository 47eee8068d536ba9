/** The softmax of each row, differentiable, for losses that are made of the classes' chances. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { mul, sub } from './arithmetic.ts';

const T = { T: attr.type('float32') };

/** exp(x_c) / sum of exp(x), by row: batch x classes. */
export function softmaxOf(graph: Graph, x: Tensor): Tensor {
  return graph.op('Softmax', [x], T, x);
}

/** dx = y (dy - sum of dy y) */
registerGradient('Softmax', (graph, node, dy) => {
  const x = node.inputs[0]!;
  const y: Tensor = { ...x, node, index: 0 };
  const attrs = { ...T, Tidx: attr.type('int32'), keep_dims: attr.bool(true) };
  const axis = graph.ints([x.shape.length - 1]);
  const shape = [...x.shape.slice(0, -1), 1];
  const along = graph.op('Sum', [mul(graph, dy, y), axis], attrs, { dtype: 'float32', shape });
  return [mul(graph, y, sub(graph, dy, along))];
});
