import { FLOAT, stateless } from './optimizer.ts';
import type { OptimizerKind } from './optimizer.ts';

/** Adadelta (Zeiler 2012), rho 0.9 and epsilon 1e-6 as in PyTorch. */
export const adadelta: OptimizerKind = {
  id: 'adadelta',
  reads: [],
  make: () => ({
    ...stateless,
    slots: ['accumulator', 'update'],
    apply: (graph, { weight, slots, rate, gradient }, after) => {
      const constants = [graph.scalar(0.9), graph.scalar(1e-6)];
      const inputs = [weight, ...slots, rate, ...constants, gradient];
      return graph.node('ResourceApplyAdadelta', inputs, FLOAT, { after });
    },
  }),
};
