/** Batch normalization (Ioffe, Szegedy 2015), fused, batch x height x width x channels. */
import { attr } from '../graph.ts';
import type { Attr, DType, Graph, Node, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

const OP = 'FusedBatchNormV3';
/** How much of the moving statistics the newest batch makes. */
export const NEWEST = 0.1;
/** What the variance is raised by. */
export const EPSILON = 1e-5;

/** Values may be bfloat16; parameters and statistics are float32 always. */
const attrsOf = (dtype: DType, training: boolean): Record<string, Attr> => ({
  T: attr.type(dtype),
  U: attr.type('float32'),
  epsilon: attr.float(EPSILON),
  is_training: attr.bool(training),
  ...(training ? { exponential_avg_factor: attr.float(NEWEST) } : {}),
});

/** Per-channel parameters of a normalization. */
export interface NormParameters {
  scale: Tensor;
  offset: Tensor;
  /** Moving averages over batches. */
  mean: Tensor;
  variance: Tensor;
}

/** Normalizes with the moving averages, as after training. */
export function normalize(graph: Graph, x: Tensor, p: NormParameters): Tensor {
  return graph.op(OP, [x, p.scale, p.offset, p.mean, p.variance], attrsOf(x.dtype, false), x);
}

/**
 * Normalizes with the batch's own mean and variance.
 * @returns the result, and the moving averages with this batch in them
 */
export function normalizeBatch(
  graph: Graph,
  x: Tensor,
  p: NormParameters,
): { y: Tensor; mean: Tensor; variance: Tensor } {
  const y = graph.op(OP, [x, p.scale, p.offset, p.mean, p.variance], attrsOf(x.dtype, true), x);
  return { y, mean: outputOf(y.node, 1, p.mean), variance: outputOf(y.node, 2, p.variance) };
}

const outputOf = (node: Node, index: number, like: Tensor): Tensor => ({ ...like, node, index });

registerGradient(OP, (graph, node, dy) => {
  const [x, scale, , mean, variance] = node.inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
  const training = (node.attr['is_training'] as { b: boolean }).b;
  const kept = (index: number) => outputOf(node, index, scale);
  // Outputs 3 to 5 hold what the kernel kept of the batch for this; averages do not depend on it.
  const statistics = training ? [kept(3), kept(4)] : [mean, variance];
  const attrs = { ...attrsOf(x.dtype, training) };
  delete attrs['exponential_avg_factor'];
  const inputs = [dy, x, scale, ...statistics, kept(5)];
  const grad = graph.node('FusedBatchNormGradV3', inputs, attrs);
  const part = (index: number, like: Tensor) => outputOf(grad, index, like);
  return [part(0, x), part(1, scale), part(2, scale), null, null];
});
