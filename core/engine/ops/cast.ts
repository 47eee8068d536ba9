/** Cast. */
import { attr } from '../graph.ts';
import type { DType, Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';

/** The same values in another type, rounded to the nearest it has; `x` itself where it has that type. */
export function cast(graph: Graph, x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  const attrs = { SrcT: attr.type(x.dtype), DstT: attr.type(dtype) };
  return graph.op('Cast', [x], attrs, { dtype, shape: x.shape });
}

registerGradient('Cast', (graph, node, dy) => [cast(graph, dy, node.inputs[0]!.dtype)]);
