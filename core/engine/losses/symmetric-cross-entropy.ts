import { number, ownNumber } from '../../contract/catalogue/field.ts';
import * as ops from '../ops/index.ts';
import { chanceOfLabel } from './loss.ts';
import type { LossKind } from './loss.ts';

/** alpha and beta, the weights of cross-entropy and of reverse cross-entropy. */
const FORWARD = number('sceAlpha', 0, 100, 0, { initial: 0.1 });
const REVERSE = number('sceBeta', 0, 100, 0, { initial: 1 });
/** A, what stands for the logarithm of 0. */
const LOG_OF_ZERO = -4;

/**
 * alpha CE + beta RCE (Wang et al. 2019, equation 7). With a label of one class the reverse one,
 * -sum p log y with log 0 = A = -4, is 4 (1 - p) of the chance p of the label.
 */
export const symmetricCrossEntropy: LossKind = {
  id: 'sce',
  reads: [FORWARD, REVERSE],
  givesChances: true,
  losses: (graph, { training }, output, labels) => {
    const ce = ops.softmaxCrossEntropy(graph, output, labels);
    const missed = ops.sub(graph, graph.scalar(1), chanceOfLabel(graph, output, labels));
    const reverse = graph.scalar(-LOG_OF_ZERO * ownNumber(training, REVERSE));
    return ops.add(
      graph,
      ops.mul(graph, ce, graph.scalar(ownNumber(training, FORWARD))),
      ops.mul(graph, missed, reverse),
    );
  },
};
