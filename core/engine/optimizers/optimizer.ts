/** What an optimizer is: it adds the nodes that move one variable, with TensorFlow's fused kernels. */
import type { Reads } from '../../contract/catalogue/kinds.ts';
import type { TrainingConfig } from '../../contract/config/schema.ts';
import { attr } from '../graph.ts';
import type { Graph, Node, Tensor, Variable } from '../graph.ts';

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

/** What an optimizer is made from: the part of a Config; fields of its own are in it besides. */
export type OptimizerConfig = Pick<TrainingConfig, 'optimizer' | 'momentum'>;

/** A kind of optimizer: one file with one of these, and a line in `index.ts`. */
export interface OptimizerKind extends Reads {
  make: (training: OptimizerConfig) => Optimizer;
}

/** The attribute of every kernel: all weights are float32. */
export const FLOAT = { T: attr.type('float32') };
/** No state, and weight decay in the gradient. */
export const stateless = { slots: [], shared: {}, decoupledDecay: false };
