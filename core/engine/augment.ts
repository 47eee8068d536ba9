/** Mirrors and moves pictures at random, in the graph. */
import { attr } from './graph.ts';
import type { Graph, Tensor } from './graph.ts';
import { randomUniform } from './ops/basic.ts';
import * as ops from './ops/index.ts';

/** How far a picture is moved, in pixels. */
const REACH = 4;

/**
 * Mirrors half of the pictures and moves each by up to four pixels, filling with zeros.
 * @param x uint8, batch x height x width x channels
 * @param seed int32, two numbers
 */
export function flipAndCrop(graph: Graph, x: Tensor, seed: Tensor): Tensor {
  const [, height, width] = x.shape as [number, number, number];
  const T = { T: attr.type('float32') };
  const batch = graph.op(
    'StridedSlice',
    [ops.shapeOf(graph, x), graph.ints([0]), graph.ints([1]), graph.ints([1])],
    {
      T: attr.type('int32'),
      Index: attr.type('int32'),
      begin_mask: attr.int(0),
      end_mask: attr.int(0),
      ellipsis_mask: attr.int(0),
      new_axis_mask: attr.int(0),
      shrink_axis_mask: attr.int(0),
    },
    { dtype: 'int32', shape: [1] },
  );
  const shape = graph.op(
    'ConcatV2',
    [batch, graph.ints([3]), graph.constant([0], [], 'int32')],
    { T: attr.type('int32'), N: attr.int(2), Tidx: attr.type('int32') },
    { dtype: 'int32', shape: [2] },
  );
  const chance = randomUniform(graph, shape, seed, [-1, 3]);
  // Whole numbers: 0 or 1 for mirroring, and -4 to 4 for each direction.
  const span = graph.constant([2, 2 * REACH + 1, 2 * REACH + 1], [1, 3], 'float32');
  const whole = graph.op('Floor', [ops.mul(graph, chance, span)], T, chance);
  const draws = ops.sub(graph, whole, graph.constant([0, REACH, REACH], [1, 3], 'float32'));
  // A matrix from the draws to the eight numbers of a projective map: x' = (1 - 2m) x + (w-1) m + dx.
  const linear = [-2, 0, width - 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0];
  const moved = ops.matMul(graph, draws, graph.constant(linear, [3, 8], 'float32'));
  const same = graph.constant([1, 0, 0, 0, 1, 0, 0, 0], [1, 8], 'float32');
  return graph.op(
    'ImageProjectiveTransformV3',
    [x, ops.add(graph, moved, same), graph.ints([height, width]), graph.scalar(0)],
    {
      dtype: attr.type(x.dtype),
      interpolation: attr.string('NEAREST'),
      fill_mode: attr.string('CONSTANT'),
    },
    x,
  );
}
