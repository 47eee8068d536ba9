import { number, ownNumber } from '../../contract/catalogue/field.ts';
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { cast } from '../ops/cast.ts';
import { shapeOf } from '../ops/shape.ts';
import type { SchemeKind } from './scheme.ts';

/** tau, which is to be the share of wrong labels, and T_k, the epochs until as much is left out. */
const RATE = number('forgetRate', 0, 0.99, 0, { percent: true, initial: 0.2 });
const EPOCHS = number('forgetEpochs', 1, 5000, 1, { initial: 10 });
/** A product such as 0.55 x 100 may lie a little below the whole number that it is. */
const ROUNDING = 1e-9;

/**
 * Two networks; each takes the samples on which the other has the smallest losses, a share
 * R(T) = 1 - tau min(T / T_k, 1) of the batch after T epochs (Han et al. 2018, co-teaching, algorithm 1).
 */
export const coTeaching: SchemeKind = {
  id: 'co-teaching',
  reads: [RATE, EPOCHS],
  exchange: {
    kept: (training, epochs, batch) => {
      const forgotten =
        ownNumber(training, RATE) * Math.min(epochs / ownNumber(training, EPOCHS), 1);
      return Math.max(1, Math.floor((1 - forgotten) * batch + ROUNDING));
    },
    seed: meanOfSmallest,
  },
};

/** 1 / kept for the samples with the smallest losses (of equal ones the first), 0 for the others. */
function meanOfSmallest(graph: Graph, losses: Tensor, kept: Tensor): Tensor {
  const float = { T: attr.type('float32') };
  const int = attr.type('int32');
  const largest = graph.op('Neg', [losses], float, losses);
  const node = graph.node('TopKV2', [largest, kept], { ...float, sorted: attr.bool(true) });
  const places: Tensor = { node, index: 1, dtype: 'int32', shape: [-1] };
  const column = graph.op(
    'ExpandDims',
    [places, graph.constant([1], [], 'int32')],
    { T: int, Tdim: int },
    { dtype: 'int32', shape: [-1, 1] },
  );
  const scalar = { dtype: 'float32', shape: [] } as const;
  const share = graph.op('Reciprocal', [cast(graph, kept, 'float32')], float, scalar);
  const shares = graph.op(
    'Fill',
    [shapeOf(graph, places), share],
    { ...float, index_type: int },
    { dtype: 'float32', shape: [-1] },
  );
  const inputs = [column, shares, shapeOf(graph, losses)];
  return graph.op('ScatterNd', inputs, { ...float, Tindices: int }, losses);
}
