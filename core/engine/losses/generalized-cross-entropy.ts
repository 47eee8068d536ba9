import { number, ownNumber } from '../../contract/catalogue/field.ts';
import * as ops from '../ops/index.ts';
import { chanceOfLabel } from './loss.ts';
import type { LossKind } from './loss.ts';

/** q: near 0 it is cross-entropy, at 1 the mean absolute error. */
const POWER = number('gcePower', 0, 1, 0, { above: true, initial: 0.7 });

/** (1 - p^q) / q of the chance p of the label (Zhang, Sabuncu 2018, equation 6). */
export const generalizedCrossEntropy: LossKind = {
  id: 'gce',
  reads: [POWER],
  givesChances: true,
  losses: (graph, { training }, output, labels) => {
    const power = ownNumber(training, POWER);
    // p^q = exp(-q times cross-entropy), which is exact for small chances too.
    const ce = ops.softmaxCrossEntropy(graph, output, labels);
    if (power === 1) {
      return ops.sub(graph, graph.scalar(1), chanceOfLabel(graph, output, labels));
    }
    const raised = ops.expOf(graph, ops.mul(graph, ce, graph.scalar(-power)));
    const left = ops.sub(graph, graph.scalar(1), raised);
    return ops.mul(graph, left, graph.scalar(1 / power));
  },
};
