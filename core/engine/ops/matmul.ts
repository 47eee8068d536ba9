/** MatMul. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

/** The matrix product of `a` and `b`, either of them transposed first where asked. */
export function matMul(
  graph: Graph,
  a: Tensor,
  b: Tensor,
  transposeA = false,
  transposeB = false,
): Tensor {
  const attrs = {
    T: attr.type(a.dtype),
    transpose_a: attr.bool(transposeA),
    transpose_b: attr.bool(transposeB),
  };
  const shape = [a.shape[transposeA ? 1 : 0]!, b.shape[transposeB ? 0 : 1]!];
  return graph.op('MatMul', [a, b], attrs, { dtype: a.dtype, shape });
}

const isTrue = (value: unknown): boolean => (value as { b: boolean }).b;

// With C = op(A) op(B): dA = dC op(B)^T and dB = op(A)^T dC, each transposed back.
registerGradient('MatMul', (graph, node, dy, [needA, needB]) => {
  const [a, b] = node.inputs as [Tensor, Tensor];
  const ta = isTrue(node.attr['transpose_a']);
  const tb = isTrue(node.attr['transpose_b']);
  const da = () => (ta ? matMul(graph, b, dy, tb, true) : matMul(graph, dy, b, false, !tb));
  const db = () => (tb ? matMul(graph, dy, a, true, ta) : matMul(graph, a, dy, !ta, false));
  return [needA ? da() : null, needB ? db() : null];
});
