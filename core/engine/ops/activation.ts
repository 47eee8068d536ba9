/** Relu, Softplus and Tanh, number by number. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

const T = ({ dtype }: Tensor) => ({ T: attr.type(dtype) });

/** max(x, 0) */
export function relu(graph: Graph, x: Tensor): Tensor {
  return graph.op('Relu', [x], T(x), x);
}

/** log(1 + exp(x)): smooth, and its slope lies between 0 and 1. */
export function softplus(graph: Graph, x: Tensor): Tensor {
  return graph.op('Softplus', [x], T(x), x);
}

/** tanh(x) */
export function tanh(graph: Graph, x: Tensor): Tensor {
  return graph.op('Tanh', [x], T(x), x);
}

const output = (node: Tensor['node'], x: Tensor): Tensor => ({ ...x, node, index: 0 });

registerGradient('Relu', (graph, node, dy) => {
  const x = node.inputs[0]!;
  return [graph.op('ReluGrad', [dy, output(node, x)], T(x), x)];
});

registerGradient('Softplus', (graph, node, dy) => {
  const x = node.inputs[0]!;
  // The slope is the logistic function, whose kernel is faster than SoftplusGrad.
  const slope = graph.op('Sigmoid', [x], T(x), x);
  return [graph.op('Mul', [dy, slope], T(x), x)];
});

registerGradient('Tanh', (graph, node, dy) => {
  const x = node.inputs[0]!;
  return [graph.op('TanhGrad', [output(node, x), dy], T(x), x)];
});
