/** Softmax cross-entropy against a distribution over the classes. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { perSample } from './cross-entropy.ts';

const OP = 'SoftmaxCrossEntropyWithLogits';

/**
 * -sum(target * log softmax(logits)) of each sample.
 * @param logits batch x classes
 * @param target batch x classes, each row a distribution
 * @returns float32, batch
 */
export function denseCrossEntropy(graph: Graph, logits: Tensor, target: Tensor): Tensor {
  const shape = [logits.shape[0]!];
  const attrs = { T: attr.type('float32') };
  return graph.op(OP, [logits, target], attrs, { dtype: 'float32', shape });
}

registerGradient(OP, (graph, node, dy) => [perSample(graph, node, dy), null]);
