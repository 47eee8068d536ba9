/** How a step moves the weights once it has their gradients. */
import { attr } from './graph.ts';
import type { Graph, Node, Tensor, Variable } from './graph.ts';
import { add, mul, sub } from './ops/index.ts';
import { optimizerOf } from './optimizers/index.ts';
import type { GraphSpec, NetworkVariables } from './variables.ts';

const T = { T: attr.type('float32') };

/** The gradient of lambda ||W - W0||^2 (Hu, Li, Yu 2020): 2 lambda (W - W0). */
function pulled(graph: Graph, start: Variable, value: Tensor, lambda: number): Tensor {
  return mul(graph, sub(graph, value, graph.read(start)), graph.scalar(2 * lambda));
}

/** Of one weight: its value, its gradient, and what the optimizer shares among all. */
export interface Gradient {
  i: number;
  value: Tensor;
  gradient: Tensor;
  shared: Tensor[];
}

/** Moves one weight, with its decay and its pull towards the start. */
export function update(
  graph: Graph,
  { training }: GraphSpec,
  own: NetworkVariables,
  { i, value, gradient: found, shared }: Gradient,
  rate: Tensor,
): Node {
  const optimizer = optimizerOf(training);
  const weight = own.weights[i]!.variable;
  const given = { weight, value, slots: own.slots[i]!, shared, rate };
  const pull = training.startPenalty;
  const gradient =
    pull === 0 ? found : add(graph, found, pulled(graph, own.starts[i]!, value, pull));
  if (training.weightDecay === 0) return optimizer.apply(graph, { ...given, gradient }, []);
  const decay = mul(graph, value, graph.scalar(training.weightDecay));
  if (!optimizer.decoupledDecay) {
    return optimizer.apply(graph, { ...given, gradient: add(graph, gradient, decay) }, []);
  }
  const attrs = { dtype: attr.type('float32') };
  const shrunk = graph.node('AssignSubVariableOp', [weight, mul(graph, decay, rate)], attrs);
  return optimizer.apply(graph, { ...given, gradient }, [shrunk]);
}

/** Scales all gradients down together where their norm is larger than `most` (Pascanu et al. 2013). */
export function clipped(graph: Graph, found: readonly Tensor[], most: number): Tensor[] {
  const scalar = { dtype: 'float32', shape: [] } as const;
  // L2Loss is half of the sum of squares.
  const halves = found.map((gradient) => graph.op('L2Loss', [gradient], T, scalar));
  const half = graph.op('AddN', halves, { ...T, N: attr.int(halves.length) }, scalar);
  const norm = graph.op('Sqrt', [mul(graph, half, graph.scalar(2))], T, scalar);
  const share = graph.op('RealDiv', [graph.scalar(most), norm], T, scalar);
  const factor = graph.op('Minimum', [share, graph.scalar(1)], T, scalar);
  return found.map((gradient) => mul(graph, gradient, factor));
}
