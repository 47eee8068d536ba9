import * as ops from '../ops/index.ts';
import { lossTargets, oneHot, rowsOfLabels } from './loss.ts';
import type { LossKind } from './loss.ts';

/** Half the squared distance of output and target (Li et al. 2019, equation 1.2). */
export const squared: LossKind = {
  id: 'squared',
  reads: [],
  givesChances: false,
  losses: (graph, spec, output, labels) => {
    const target =
      output.shape[1] === 1
        ? rowsOfLabels(
            graph,
            lossTargets(spec).map((target) => [target]),
            labels,
          )
        : oneHot(graph, labels, spec.classes, 1, 0);
    const square = ops.square(graph, ops.sub(graph, output, target));
    return ops.mul(graph, ops.sumLast(graph, square), graph.scalar(0.5));
  },
};
