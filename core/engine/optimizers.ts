/** Optimizers: each adds the nodes that move one variable, with TensorFlow's fused kernels. */
import type { TrainingConfig } from '../config/schema.ts';
import { attr } from './graph.ts';
import type { Graph, Node, Tensor, Variable } from './graph.ts';

/** An optimizer's state and what it does with a gradient. */
export interface Optimizer {
  /** Variables that one weight needs, by name, in its shape; they start at zero. */
  slots: readonly string[];
  /** Scalars shared by all weights, by name and first value; `step` moves them after each step. */
  shared: Readonly<Record<string, number>>;
  apply: (
    graph: Graph,
    weight: Variable,
    gradient: Tensor,
    slots: readonly Variable[],
    shared: readonly Variable[],
  ) => Node;
  step?: (graph: Graph, shared: readonly Variable[], after: readonly Node[]) => Node[];
}

const T = { T: attr.type('float32') };

/** w -= rate g */
function sgd(rate: number): Optimizer {
  return {
    slots: [],
    shared: {},
    apply: (graph, weight, gradient) =>
      graph.node('ResourceApplyGradientDescent', [weight, graph.scalar(rate), gradient], T),
  };
}

/** a = m a + g; w -= rate a; Nesterov: w -= rate (g + m a) (Sutskever et al. 2013). */
function momentum(rate: number, factor: number, nesterov: boolean): Optimizer {
  return {
    slots: ['momentum'],
    shared: {},
    apply: (graph, weight, gradient, slots) =>
      graph.node(
        'ResourceApplyMomentum',
        [weight, slots[0]!, graph.scalar(rate), gradient, graph.scalar(factor)],
        { ...T, use_nesterov: attr.bool(nesterov) },
      ),
  };
}

const BETA1 = 0.9;
const BETA2 = 0.999;

/** Adam (Kingma, Ba 2015) with its own betas; epsilon 1e-7 is added to the uncorrected root. */
function adam(rate: number): Optimizer {
  return {
    slots: ['m', 'v'],
    shared: { beta1Power: BETA1, beta2Power: BETA2 },
    apply: (graph, weight, gradient, slots, shared) =>
      graph.node(
        'ResourceApplyAdam',
        [
          weight,
          ...slots,
          ...shared.map((power) => graph.read(power)),
          ...[rate, BETA1, BETA2, 1e-7].map((value) => graph.scalar(value)),
          gradient,
        ],
        T,
      ),
    step: (graph, shared, after) =>
      shared.map((power, i) => {
        const before = graph.read(power, after);
        const factor = graph.scalar(i === 0 ? BETA1 : BETA2);
        return graph.assign(power, graph.op('Mul', [before, factor], T, before));
      }),
  };
}

/** Adadelta (Zeiler 2012), rho 0.9 and epsilon 1e-6 as in PyTorch. */
function adadelta(rate: number): Optimizer {
  return {
    slots: ['accumulator', 'update'],
    shared: {},
    apply: (graph, weight, gradient, slots) =>
      graph.node(
        'ResourceApplyAdadelta',
        [weight, ...slots, ...[rate, 0.9, 1e-6].map((value) => graph.scalar(value)), gradient],
        T,
      ),
  };
}

/** The optimizer a Config asks for. */
export function optimizerOf(training: TrainingConfig): Optimizer {
  const { learningRate: rate, momentum: factor } = training;
  switch (training.optimizer) {
    case 'sgd':
      return sgd(rate);
    case 'momentum':
      return momentum(rate, factor, false);
    case 'nesterov':
      return momentum(rate, factor, true);
    case 'adam':
      return adam(rate);
    case 'adadelta':
      return adadelta(rate);
  }
}
