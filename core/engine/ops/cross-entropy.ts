/** Softmax cross-entropy against class numbers. */
import { attr } from '../graph.ts';
import type { Graph, Node, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

const OP = 'SparseSoftmaxCrossEntropyWithLogits';

/**
 * -log softmax(logits)[label] of each sample.
 * @param logits batch x classes
 * @param labels int32, batch
 * @returns float32, batch
 */
export function softmaxCrossEntropy(graph: Graph, logits: Tensor, labels: Tensor): Tensor {
  const attrs = { T: attr.type('float32'), Tlabels: attr.type('int32') };
  const shape = [logits.shape[0]!];
  return graph.op(OP, [logits, labels], attrs, { dtype: 'float32', shape });
}

registerGradient(OP, (graph, node, dy) => [perSample(graph, node, dy), null]);

/** The kernels have the gradient by the logits ready as output 1; each sample's is scaled by its dy. */
export function perSample(graph: Graph, node: Node, dy: Tensor): Tensor {
  const logits = node.inputs[0]!;
  const ready: Tensor = { node, index: 1, dtype: 'float32', shape: logits.shape };
  const column = graph.op(
    'ExpandDims',
    [dy, graph.constant([1], [], 'int32')],
    { T: attr.type('float32'), Tdim: attr.type('int32') },
    { dtype: 'float32', shape: [dy.shape[0]!, 1] },
  );
  return graph.op('Mul', [column, ready], { T: attr.type('float32') }, logits);
}
