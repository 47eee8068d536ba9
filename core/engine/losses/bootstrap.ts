import { number, ownNumber } from '../../contract/catalogue/field.ts';
import * as basic from '../ops/basic.ts';
import * as ops from '../ops/index.ts';
import type { LossKind } from './loss.ts';

/** beta: the share of the target that stays with the given label; Reed et al.'s own values. */
const SOFT = number('softBeta', 0, 1, 0, { initial: 0.95 });
const HARD = number('hardBeta', 0, 1, 0, { initial: 0.8 });

/**
 * The target is the given label and the network's own chances: beta CE - (1 - beta) sum p log p (Reed et
 * al. 2015, equation 6), which is cross-entropy with minimum entropy.
 */
export const softBootstrap: LossKind = {
  id: 'bootstrap-soft',
  reads: [SOFT],
  givesChances: true,
  losses: (graph, { training }, output, labels) => {
    const beta = ownNumber(training, SOFT);
    const chances = ops.softmaxOf(graph, output);
    // sum over c of p_c times the cross-entropy of class c; log p by the logits, which never is -infinity.
    const most = ops.held(graph, basic.largest(graph, output));
    const raised = ops.expOf(graph, ops.sub(graph, output, most));
    const logSum = ops.logOf(graph, ops.sumLast(graph, raised));
    const shifted = ops.sub(graph, output, most);
    const mean = ops.sumLast(graph, ops.mul(graph, chances, shifted));
    const entropy = ops.sub(graph, logSum, mean);
    const given = ops.softmaxCrossEntropy(graph, output, labels);
    return ops.add(
      graph,
      ops.mul(graph, given, graph.scalar(beta)),
      ops.mul(graph, entropy, graph.scalar(1 - beta)),
    );
  },
};

/** The same with the class that the network predicts (Reed et al. 2015, equation 7). */
export const hardBootstrap: LossKind = {
  id: 'bootstrap-hard',
  reads: [HARD],
  givesChances: true,
  losses: (graph, { training }, output, labels) => {
    const beta = ownNumber(training, HARD);
    const given = ops.softmaxCrossEntropy(graph, output, labels);
    const own = ops.softmaxCrossEntropy(graph, output, basic.argMax(graph, output));
    return ops.add(
      graph,
      ops.mul(graph, given, graph.scalar(beta)),
      ops.mul(graph, own, graph.scalar(1 - beta)),
    );
  },
};
