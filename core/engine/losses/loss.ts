/** What a loss is, and what losses are made of. */
import type { Reads } from '../../contract/catalogue/kinds.ts';
import type { TrainingConfig } from '../../contract/config/schema.ts';
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';

/** What a loss is made of. */
export interface LossSpec {
  training: Pick<TrainingConfig, 'loss' | 'labelSmoothing'>;
  classes: number;
  /** What a network with one output is fitted to, for each class; evenly from -1 to 1 if not given. */
  targets?: readonly number[] | null;
}

/** A kind of loss: one file with one of these, and a line in `index.ts`. */
export interface LossKind extends Reads {
  /** Whether a softmax over the logits gives the chances of the classes. */
  givesChances: boolean;
  /**
   * The loss of each sample.
   * @param output batch x classes, or batch x 1 for a network with one output
   * @param labels int32, batch
   * @param smoothing label smoothing; 0 when evaluating
   * @returns float32, batch
   */
  losses: (
    graph: Graph,
    spec: LossSpec,
    output: Tensor,
    labels: Tensor,
    smoothing: number,
  ) => Tensor;
}

/** The number that stands for each class where a network has one output. */
export function lossTargets({
  classes,
  targets,
}: Pick<LossSpec, 'classes' | 'targets'>): readonly number[] {
  return targets ?? Array.from({ length: classes }, (_, c) => -1 + (2 * c) / (classes - 1));
}

/** Each label as a row of one number a class: `on` at its own place, `off` at the others; batch x classes. */
export function oneHot(
  graph: Graph,
  labels: Tensor,
  classes: number,
  on: number,
  off: number,
): Tensor {
  const attrs = { T: attr.type('float32'), TI: attr.type('int32'), axis: attr.int(-1) };
  const depth = graph.constant([classes], [], 'int32');
  const shape = [labels.shape[0]!, classes];
  return graph.op('OneHot', [labels, depth, graph.scalar(on), graph.scalar(off)], attrs, {
    dtype: 'float32',
    shape,
  });
}
