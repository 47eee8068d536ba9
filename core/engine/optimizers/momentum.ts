import { attr } from '../graph.ts';
import { FLOAT, stateless } from './optimizer.ts';
import type { Optimizer, OptimizerKind } from './optimizer.ts';

/** a = m a + g; w -= rate a */
export const momentum: OptimizerKind = {
  id: 'momentum',
  reads: ['momentum'],
  make: (training) => withMomentum(training.momentum, false),
};

/** The same, w -= rate (g + m a) (Sutskever et al. 2013). */
export const nesterov: OptimizerKind = {
  id: 'nesterov',
  reads: ['momentum'],
  make: (training) => withMomentum(training.momentum, true),
};

function withMomentum(factor: number, isNesterov: boolean): Optimizer {
  return {
    ...stateless,
    slots: ['momentum'],
    apply: (graph, { weight, slots, rate, gradient }, after) =>
      graph.node(
        'ResourceApplyMomentum',
        [weight, slots[0]!, rate, gradient, graph.scalar(factor)],
        { ...FLOAT, use_nesterov: attr.bool(isNesterov) },
        { after },
      ),
  };
}
