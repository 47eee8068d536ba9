import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import * as ops from '../ops/index.ts';
import { oneHot, lossTargets } from './loss.ts';
import type { LossKind } from './loss.ts';

/** Half the squared distance of output and target (Li et al. 2019, equation 1.2). */
export const squared: LossKind = {
  id: 'squared',
  reads: [],
  givesChances: false,
  losses: (graph, spec, output, labels) => {
    const target =
      output.shape[1] === 1
        ? targetNumber(graph, labels, lossTargets(spec))
        : oneHot(graph, labels, spec.classes, 1, 0);
    const square = ops.square(graph, ops.sub(graph, output, target));
    return ops.mul(graph, ops.sumLast(graph, square), graph.scalar(0.5));
  },
};

/** The number of each label's class: batch x 1. */
function targetNumber(graph: Graph, labels: Tensor, targets: readonly number[]): Tensor {
  const table = graph.constant(targets, [targets.length, 1], 'float32');
  const attrs = {
    Tparams: attr.type('float32'),
    Tindices: attr.type('int32'),
    Taxis: attr.type('int32'),
  };
  const axis = graph.constant([0], [], 'int32');
  const shape = [labels.shape[0]!, 1];
  return graph.op('GatherV2', [table, labels, axis], attrs, { dtype: 'float32', shape });
}
