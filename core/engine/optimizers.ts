/** Optimizers: each adds the nodes that move one variable, with TensorFlow's fused kernels. */
import type { TrainingConfig } from '../contract/config/schema.ts';
import { attr } from './graph.ts';
import type { Graph, Node, Tensor, Variable } from './graph.ts';

/** What moves one weight. */
export interface Update {
  weight: Variable;
  /** The weight before the step. */
  value: Tensor;
  gradient: Tensor;
  slots: readonly Variable[];
  /** The shared scalars' values before the step. */
  shared: readonly Tensor[];
  /** The learning rate of this step: a scalar. */
  rate: Tensor;
}

/** An optimizer's state and what it does with a gradient. */
export interface Optimizer {
  /** Variables that one weight needs, by name, in its shape; they start at zero. */
  slots: readonly string[];
  /** Scalars shared by all weights: first value, and the factor of each step. */
  shared: Readonly<Record<string, { start: number; factor: number }>>;
  /** Whether weight decay is taken from the weights, and not added to the gradient. */
  decoupledDecay: boolean;
  /** @param after nodes that must have run before the weight is moved */
  apply: (graph: Graph, update: Update, after: readonly Node[]) => Node;
}

const T = { T: attr.type('float32') };
const plain = { slots: [], shared: {}, decoupledDecay: false };

/** w -= rate g */
const sgd: Optimizer = {
  ...plain,
  apply: (graph, { weight, rate, gradient }, after) =>
    graph.node('ResourceApplyGradientDescent', [weight, rate, gradient], T, { after }),
};

/** a = m a + g; w -= rate a; Nesterov: w -= rate (g + m a) (Sutskever et al. 2013). */
function momentum(factor: number, nesterov: boolean): Optimizer {
  return {
    ...plain,
    slots: ['momentum'],
    apply: (graph, { weight, slots, rate, gradient }, after) =>
      graph.node(
        'ResourceApplyMomentum',
        [weight, slots[0]!, rate, gradient, graph.scalar(factor)],
        { ...T, use_nesterov: attr.bool(nesterov) },
        { after },
      ),
  };
}

const BETA1 = 0.9;
const BETA2 = 0.999;

/**
 * Adam (Kingma, Ba 2015) with its own betas; epsilon 1e-7 is added to the uncorrected root.
 * AdamW (Loshchilov, Hutter 2019) differs in where weight decay goes.
 */
function adam(decoupledDecay: boolean): Optimizer {
  return {
    slots: ['m', 'v'],
    shared: {
      beta1Power: { start: BETA1, factor: BETA1 },
      beta2Power: { start: BETA2, factor: BETA2 },
    },
    decoupledDecay,
    apply: (graph, { weight, slots, shared, rate, gradient }, after) => {
      const constants = [BETA1, BETA2, 1e-7].map((value) => graph.scalar(value));
      const inputs = [weight, ...slots, ...shared, rate, ...constants, gradient];
      return graph.node('ResourceApplyAdam', inputs, T, { after });
    },
  };
}

/** Adadelta (Zeiler 2012), rho 0.9 and epsilon 1e-6 as in PyTorch. */
const adadelta: Optimizer = {
  ...plain,
  slots: ['accumulator', 'update'],
  apply: (graph, { weight, slots, rate, gradient }, after) => {
    const constants = [graph.scalar(0.9), graph.scalar(1e-6)];
    const inputs = [weight, ...slots, rate, ...constants, gradient];
    return graph.node('ResourceApplyAdadelta', inputs, T, { after });
  },
};

/** The optimizer a Config asks for. */
export function optimizerOf(training: Pick<TrainingConfig, 'optimizer' | 'momentum'>): Optimizer {
  switch (training.optimizer) {
    case 'sgd':
      return sgd;
    case 'momentum':
      return momentum(training.momentum, false);
    case 'nesterov':
      return momentum(training.momentum, true);
    case 'adam':
      return adam(false);
    case 'adamw':
      return adam(true);
    case 'adadelta':
      return adadelta;
  }
}
