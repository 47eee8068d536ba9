/** Losses: of each sample, and the scores of its classes. */
import type { TrainingConfig } from '../contract/config/schema.ts';
import { attr } from './graph.ts';
import type { Graph, Tensor } from './graph.ts';
import * as ops from './ops/index.ts';

/** What a loss is made of. */
export interface LossSpec {
  training: Pick<TrainingConfig, 'loss' | 'labelSmoothing'>;
  classes: number;
  /** What a network with one output is fitted to, for each class; evenly from -1 to 1 if not given. */
  targets?: readonly number[] | null;
}

/**
 * The loss of each sample.
 * @param output batch x classes, or batch x 1 for a network with one output
 * @param labels int32, batch
 * @param smoothing label smoothing; 0 when judging
 * @returns float32, batch
 */
export function lossesOf(
  graph: Graph,
  spec: LossSpec,
  output: Tensor,
  labels: Tensor,
  smoothing: number,
): Tensor {
  const { training, classes } = spec;
  if (training.loss === 'squared') {
    const target =
      output.shape[1] === 1
        ? targetNumber(graph, labels, targetsOf(spec))
        : oneHot(graph, labels, classes, 1, 0);
    return halfSquare(graph, output, target);
  }
  if (smoothing === 0) return ops.crossEntropy(graph, output, labels);
  const low = smoothing / classes;
  const target = oneHot(graph, labels, classes, 1 - smoothing + low, low);
  return ops.denseCrossEntropy(graph, output, target);
}

/** A score for each class, the highest being the prediction: batch x classes. */
export function scoresOf(
  graph: Graph,
  output: Tensor,
  spec: Pick<LossSpec, 'classes' | 'targets'>,
): Tensor {
  if (output.shape[1] !== 1) return output;
  const row = graph.constant(targetsOf(spec), [1, spec.classes], 'float32');
  const away = ops.square(graph, ops.sub(graph, output, row));
  return graph.op('Neg', [away], { T: attr.type('float32') }, away);
}

/** The chance of each class: the softmax of the scores, batch x classes. */
export function chancesOf(
  graph: Graph,
  output: Tensor,
  spec: Pick<LossSpec, 'classes' | 'targets'>,
): Tensor {
  const scores = scoresOf(graph, output, spec);
  return graph.op('Softmax', [scores], { T: attr.type('float32') }, scores);
}

/** Half the squared distance of output and target (Li et al. 2019, equation 1.2). */
function halfSquare(graph: Graph, output: Tensor, target: Tensor): Tensor {
  const square = ops.square(graph, ops.sub(graph, output, target));
  return ops.mul(graph, ops.sumLast(graph, square), graph.scalar(0.5));
}

function targetsOf({ classes, targets }: Pick<LossSpec, 'classes' | 'targets'>): readonly number[] {
  return targets ?? Array.from({ length: classes }, (_, c) => -1 + (2 * c) / (classes - 1));
}

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

function oneHot(graph: Graph, labels: Tensor, classes: number, on: number, off: number): Tensor {
  const attrs = { T: attr.type('float32'), TI: attr.type('int32'), axis: attr.int(-1) };
  const depth = graph.constant([classes], [], 'int32');
  const shape = [labels.shape[0]!, classes];
  return graph.op('OneHot', [labels, depth, graph.scalar(on), graph.scalar(off)], attrs, {
    dtype: 'float32',
    shape,
  });
}
