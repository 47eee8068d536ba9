/** Conv2D, in the layout batch x height x width x channels. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { slid } from '../../models/network.ts';
import { shapeOf } from './shape.ts';

/**
 * Two-dimensional convolution (cross-correlation, as everywhere in this field).
 * @param x batch x height x width x channels
 * @param filter height x width x channels in x channels out
 */
export function conv2d(
  graph: Graph,
  x: Tensor,
  filter: Tensor,
  stride: number,
  padding: 'same' | 'valid',
): Tensor {
  const [batch, height, width] = x.shape as [number, number, number];
  const [kernelHeight, kernelWidth, , filters] = filter.shape as [number, number, number, number];
  const attrs = {
    T: attr.type(x.dtype),
    strides: attr.ints([1, stride, stride, 1]),
    padding: attr.string(padding.toUpperCase()),
  };
  const shape = [
    batch,
    slid(height, kernelHeight, stride, padding),
    slid(width, kernelWidth, stride, padding),
    filters,
  ];
  return graph.op('Conv2D', [x, filter], attrs, { dtype: x.dtype, shape });
}

registerGradient('Conv2D', (graph, node, dy, [needX, needFilter]) => {
  const [x, filter] = node.inputs as [Tensor, Tensor];
  const dx = () => graph.op('Conv2DBackpropInput', [shapeOf(graph, x), filter, dy], node.attr, x);
  const dFilter = () =>
    graph.op('Conv2DBackpropFilter', [x, graph.ints(filter.shape), dy], node.attr, filter);
  return [needX ? dx() : null, needFilter ? dFilter() : null];
});
