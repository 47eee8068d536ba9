/** MaxPool, in the layout batch x height x width x channels. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { slid } from './conv2d.ts';

/** The largest value of each window of `size` x `size`, moved by `stride`, without padding. */
export function maxPool(graph: Graph, x: Tensor, size: number, stride: number): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const attrs = {
    T: attr.type('float32'),
    ksize: attr.ints([1, size, size, 1]),
    strides: attr.ints([1, stride, stride, 1]),
    padding: attr.string('VALID'),
  };
  const shape = [
    batch,
    slid(height, size, stride, 'valid'),
    slid(width, size, stride, 'valid'),
    channels,
  ];
  return graph.op('MaxPool', [x], attrs, { dtype: 'float32', shape });
}

registerGradient('MaxPool', (graph, node, dy) => {
  const x = node.inputs[0]!;
  const y: Tensor = { node, index: 0, dtype: dy.dtype, shape: dy.shape };
  return [graph.op('MaxPoolGrad', [x, y, dy], node.attr, x)];
});
