/** exp and log, number by number, and a value that gradients do not pass. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { mul } from './arithmetic.ts';

const T = { T: attr.type('float32') };

/** e^x */
export function expOf(graph: Graph, x: Tensor): Tensor {
  return graph.op('Exp', [x], T, x);
}

/** The natural logarithm of x > 0. */
export function logOf(graph: Graph, x: Tensor): Tensor {
  return graph.op('Log', [x], T, x);
}

/** x, as a constant to whatever is made of it. */
export function held(graph: Graph, x: Tensor): Tensor {
  return graph.op('StopGradient', [x], T, x);
}

registerGradient('Exp', (graph, node, dy) => {
  const y: Tensor = { ...node.inputs[0]!, node, index: 0 };
  return [mul(graph, dy, y)];
});

registerGradient('Log', (graph, node, dy) => {
  const x = node.inputs[0]!;
  return [graph.op('RealDiv', [dy, x], T, x)];
});

registerGradient('StopGradient', () => [null]);
