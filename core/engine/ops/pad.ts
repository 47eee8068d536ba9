/** Adds channels of zeros, as the shortcuts of a residual network do. */
import { attr } from '../graph.ts';
import type { Graph, Tensor } from '../graph.ts';
import { registerGradient } from '../gradients.ts';
import { shapeOf } from './shape.ts';

/** The same picture with `before` zero channels before its own and `after` after them. */
export function padChannels(graph: Graph, x: Tensor, before: number, after: number): Tensor {
  const paddings = graph.constant([0, 0, 0, 0, 0, 0, before, after], [4, 2], 'int32');
  const attrs = { T: attr.type(x.dtype), Tpaddings: attr.type('int32') };
  const shape = [...x.shape.slice(0, 3), x.shape[3]! + before + after];
  return graph.op('Pad', [x, paddings], attrs, { dtype: x.dtype, shape });
}

registerGradient('Pad', (graph, node, dy) => {
  const [x, paddings] = node.inputs as [Tensor, Tensor];
  // The first column of the paddings says where the picture begins.
  const first = graph.op(
    'Slice',
    [paddings, graph.ints([0, 0]), graph.ints([4, 1])],
    { T: attr.type('int32'), Index: attr.type('int32') },
    { dtype: 'int32', shape: [4, 1] },
  );
  const begin = graph.op(
    'Reshape',
    [first, graph.ints([4])],
    { T: attr.type('int32'), Tshape: attr.type('int32') },
    { dtype: 'int32', shape: [4] },
  );
  const attrs = { T: attr.type(dy.dtype), Index: attr.type('int32') };
  return [graph.op('Slice', [dy, begin, shapeOf(graph, x)], attrs, x), null];
});
