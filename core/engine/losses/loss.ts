/** What a loss is, and what losses are made of. */
import type { Reads } from '../../contract/catalogue/kinds.ts';
import type { TrainingConfig } from '../../contract/config/schema.ts';
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import * as ops from '../ops/index.ts';

/** What a loss is made of. */
export interface LossSpec {
  training: Pick<TrainingConfig, 'loss' | 'labelSmoothing'> &
    Partial<Pick<TrainingConfig, 'knownKind' | 'knownRate'>>;
  classes: number;
  /** What a network with one output is fitted to, for each class; evenly from -1 to 1 if not given. */
  targets?: readonly number[] | null;
}

/** A kind of loss: one file with one of these, and a line in `index.ts`. */
export interface LossKind extends Reads {
  /** Whether a softmax over the logits gives the chances of the classes. */
  givesChances: boolean;
  /**
   * Whether it keeps an average of the chances of each training sample, and how: the share that the
   * average keeps at each step, 0 to 1.
   */
  memory?: (training: LossSpec['training']) => number;
  /** @throws InputError where what the loss has to be told is missing or does not fit; before a run is begun */
  check?: (spec: LossSpec) => void;
  /**
   * The loss of each sample.
   * @param output batch x classes, or batch x 1 for a network with one output
   * @param labels int32, batch
   * @param pass what is different in training and when evaluating
   * @returns float32, batch
   */
  losses: (graph: Graph, spec: LossSpec, output: Tensor, labels: Tensor, pass: LossPass) => Tensor;
}

/** What a loss is told of the pass that it is taken in. */
export interface LossPass {
  /** Label smoothing; 0 when evaluating. */
  smoothing: number;
  /** The samples' average chances after this step, batch x classes; null when evaluating, or where none are kept. */
  remembered: Tensor | null;
}

/** Evaluating: a loss as it is without what belongs to training alone. */
export const EVALUATING: LossPass = { smoothing: 0, remembered: null };

/** The number that stands for each class where a network has one output. */
export function lossTargets({
  classes,
  targets,
}: Pick<LossSpec, 'classes' | 'targets'>): readonly number[] {
  return targets ?? Array.from({ length: classes }, (_, c) => -1 + (2 * c) / (classes - 1));
}

/** The chance of each sample's label: batch. */
export function chanceOfLabel(graph: Graph, output: Tensor, labels: Tensor): Tensor {
  const ce = ops.softmaxCrossEntropy(graph, output, labels);
  return ops.expOf(graph, ops.sub(graph, graph.scalar(0), ce));
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

/** The row of a table for each label: batch x numbers in a row. */
export function rowsOfLabels(
  graph: Graph,
  table: readonly (readonly number[])[],
  labels: Tensor,
): Tensor {
  const width = table[0]!.length;
  const rows = graph.constant(table.flat(), [table.length, width], 'float32');
  const attrs = {
    Tparams: attr.type('float32'),
    Tindices: attr.type('int32'),
    Taxis: attr.type('int32'),
  };
  const axis = graph.constant([0], [], 'int32');
  const shape = [labels.shape[0]!, width];
  return graph.op('GatherV2', [rows, labels, axis], attrs, { dtype: 'float32', shape });
}
