/** Relu. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

/** max(x, 0), number by number. */
export function relu(graph: Graph, x: Tensor): Tensor {
  return graph.op('Relu', [x], { T: attr.type('float32') }, x);
}

registerGradient('Relu', (graph, node, dy) => {
  const x = node.inputs[0]!;
  const y: Tensor = { node, index: 0, dtype: x.dtype, shape: x.shape };
  return [graph.op('ReluGrad', [dy, y], { T: attr.type('float32') }, x)];
});
