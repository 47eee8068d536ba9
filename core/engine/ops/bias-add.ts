/** BiasAdd. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

/** Adds `bias` (one number a channel) along the last axis of `x`. */
export function biasAdd(graph: Graph, x: Tensor, bias: Tensor): Tensor {
  return graph.op('BiasAdd', [x, bias], { T: attr.type(x.dtype) }, x);
}

registerGradient('BiasAdd', (graph, node, dy) => {
  const bias = node.inputs[1]!;
  return [dy, graph.op('BiasAddGrad', [dy], { T: attr.type(dy.dtype) }, bias)];
});
