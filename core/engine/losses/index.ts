/** Losses: of each sample, and the scores of its classes. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import * as ops from '../ops/index.ts';
import { hardBootstrap, softBootstrap } from './bootstrap.ts';
import { crossEntropy } from './cross-entropy.ts';
import { earlyLearning } from './early-learning.ts';
import { forwardCorrection } from './forward-correction.ts';
import { generalizedCrossEntropy } from './generalized-cross-entropy.ts';
import { lossTargets } from './loss.ts';
import type { LossKind, LossSpec } from './loss.ts';
import { squared } from './squared.ts';
import { symmetricCrossEntropy } from './symmetric-cross-entropy.ts';

export { EVALUATING } from './loss.ts';
export type { LossPass, LossSpec } from './loss.ts';

/** Every loss, in the order in which they are offered. */
export const LOSSES = listed<LossKind>('training.loss', [
  crossEntropy,
  squared,
  generalizedCrossEntropy,
  symmetricCrossEntropy,
  softBootstrap,
  hardBootstrap,
  forwardCorrection,
  earlyLearning,
]);

/** The loss of each sample, as `LossKind.losses` tells. @throws InputError where there is none of that name */
export const lossesOf: LossKind['losses'] = (graph, spec, output, labels, pass) =>
  LOSSES.of(spec.training.loss).losses(graph, spec, output, labels, pass);

/** The share that an average of chances keeps at each step; 0 where the loss keeps none. */
export const memoryOf = (training: LossSpec['training']): number =>
  LOSSES.of(training.loss).memory?.(training) ?? 0;

/** A score for each class, the highest being the prediction: batch x classes. */
export function scoresOf(
  graph: Graph,
  output: Tensor,
  spec: Pick<LossSpec, 'classes' | 'targets'>,
): Tensor {
  if (output.shape[1] !== 1) return output;
  const row = graph.constant(lossTargets(spec), [1, spec.classes], 'float32');
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
