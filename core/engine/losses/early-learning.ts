import { number, ownNumber } from '../../contract/catalogue/field.ts';
import * as ops from '../ops/index.ts';
import type { LossKind } from './loss.ts';

/** lambda, the weight of the regularizer, and beta, the share that the average keeps at each step. */
const WEIGHT = number('elrWeight', 0, 100, 0, { initial: 3 });
const KEEP = number('elrKeep', 0, 0.9999, 0, { above: true, initial: 0.7 });
/** What 1 - <t, p> is at least before its logarithm is taken. */
const LEAST = 1e-4;

/**
 * CE + lambda log(1 - <t, p>), with an average t of each sample's chances over the steps that it was in:
 * t <- beta t + (1 - beta) p (Liu et al. 2020, early-learning regularization, equations 6 and 8). Evaluating
 * takes cross-entropy alone.
 */
export const earlyLearning: LossKind = {
  id: 'elr',
  reads: [WEIGHT, KEEP],
  givesChances: true,
  memory: (training) => ownNumber(training, KEEP),
  losses: (graph, { training }, output, labels, { remembered }) => {
    const ce = ops.softmaxCrossEntropy(graph, output, labels);
    if (!remembered) return ce;
    const chances = ops.softmaxOf(graph, output);
    const agreement = ops.sumLast(graph, ops.mul(graph, remembered, chances));
    const apart = ops.sub(graph, graph.scalar(1 + LEAST), agreement);
    const weight = graph.scalar(ownNumber(training, WEIGHT));
    return ops.add(graph, ce, ops.mul(graph, ops.logOf(graph, apart), weight));
  },
};
