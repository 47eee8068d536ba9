/** MaxPool and AvgPool, in the layout batch x height x width x channels, without padding. */
import { attr } from '../graph.ts';
import type { Attr, Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { slid } from '../../models/network.ts';
import { shapeOf } from './shape.ts';

function pool(graph: Graph, op: string, x: Tensor, size: number, stride: number): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const attrs: Record<string, Attr> = {
    T: attr.type(x.dtype),
    ksize: attr.ints([1, size, size, 1]),
    strides: attr.ints([1, stride, stride, 1]),
    padding: attr.string('VALID'),
  };
  const side = (length: number) => slid(length, size, stride, 'valid');
  const shape = [batch, side(height), side(width), channels];
  return graph.op(op, [x], attrs, { dtype: x.dtype, shape });
}

/** The largest value of each window of `size` x `size`, moved by `stride`. */
export function maxPool(graph: Graph, x: Tensor, size: number, stride: number): Tensor {
  return pool(graph, 'MaxPool', x, size, stride);
}

/** The mean of each window; with a size of 1 it takes every `stride`-th place. */
export function avgPool(graph: Graph, x: Tensor, size: number, stride: number): Tensor {
  return pool(graph, 'AvgPool', x, size, stride);
}

registerGradient('MaxPool', (graph, node, dy) => {
  const x = node.inputs[0]!;
  const y: Tensor = { node, index: 0, dtype: dy.dtype, shape: dy.shape };
  return [graph.op('MaxPoolGrad', [x, y, dy], node.attr, x)];
});

registerGradient('AvgPool', (graph, node, dy) => {
  const x = node.inputs[0]!;
  return [graph.op('AvgPoolGrad', [shapeOf(graph, x), dy], node.attr, x)];
});
