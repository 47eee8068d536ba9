import { FLOAT } from './optimizer.ts';
import type { Optimizer, OptimizerKind } from './optimizer.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;

/** Adam (Kingma, Ba 2015) with its own betas; epsilon 1e-7 is added to the uncorrected root. */
export const adam: OptimizerKind = { id: 'adam', reads: [], make: () => withDecay(false) };

/** AdamW (Loshchilov, Hutter 2019) differs in where weight decay goes. */
export const adamw: OptimizerKind = { id: 'adamw', reads: [], make: () => withDecay(true) };

function withDecay(decoupledDecay: boolean): Optimizer {
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
      return graph.node('ResourceApplyAdam', inputs, FLOAT, { after });
    },
  };
}
