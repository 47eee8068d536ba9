import { FLOAT, stateless } from './optimizer.ts';
import type { OptimizerKind } from './optimizer.ts';

/** w -= rate g */
export const sgd: OptimizerKind = {
  id: 'sgd',
  reads: [],
  make: () => ({
    ...stateless,
    apply: (graph, { weight, rate, gradient }, after) =>
      graph.node('ResourceApplyGradientDescent', [weight, rate, gradient], FLOAT, { after }),
  }),
};
