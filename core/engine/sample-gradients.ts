/**
 * Gradients of each sample of a batch on its own, of one pass back through all of them. The usual
 * gradient of a weight sums over the samples where the weight meets its input; here that sum is left
 * out. It holds for networks in which a sample's output depends on that sample alone.
 */
import { gradientsBetween } from './gradients.ts';
import { attr, sizeOf } from './graph.ts';
import type { Graph, Node, Tensor } from './graph.ts';
import { EPSILON } from './ops/batch-norm.ts';
import * as ops from './ops/index.ts';

/** The gradients of a weight that is a matrix: of each sample the outer product of two vectors. */
export interface OuterGradient {
  kind: 'outer';
  /** What the layer was given: batch x inputs. */
  given: Tensor;
  /** The gradient at its output: batch x outputs. */
  returned: Tensor;
}

/** The gradients of any other weight, by channels of its last axis. */
export interface ChannelGradient {
  kind: 'channels';
  channels: number;
  /** Numbers of the weight for one channel. */
  each: number;
  /**
   * Of `count` channels from a first one on.
   * @returns batch x (each * count)
   */
  of: (from: number, count: number) => Tensor;
}

/** The gradients of one weight, for each sample of a batch. */
export type SampleGradient = OuterGradient | ChannelGradient;

/**
 * Adds the nodes that compute d(sum of a sample's seed * y)/dw for each sample and weight.
 * @param y batch x outputs
 * @param seed in the shape of `y`
 * @param weights their values, each used once, in float32
 * @throws where a weight is used by an operation that has no rule
 */
export function sampleGradients(
  graph: Graph,
  y: Tensor,
  seed: Tensor,
  weights: readonly Tensor[],
): SampleGradient[] {
  const found = gradientsBetween(graph, y, seed, weights);
  return weights.map((weight) => {
    const user = [...found.keys()].find(({ inputs }) =>
      inputs.some(({ node }) => node === weight.node),
    );
    const rule = user && RULES[user.op];
    if (!rule) throw new Error(`${weight.node.name} has no gradient of single samples.`);
    return rule(graph, user, found.get(user)!, weight);
  });
}

type Rule = (graph: Graph, user: Node, dy: Tensor, weight: Tensor) => SampleGradient;

const RULES: Record<string, Rule> = {
  MatMul: (_graph, { inputs }, dy) => ({ kind: 'outer', given: inputs[0]!, returned: dy }),
  BiasAdd: (graph, _user, dy, { shape }) => summed(graph, dy, shape[0]!),
  FusedBatchNormV3(graph, { inputs }, dy, { node, shape }) {
    const [x, scale, , mean, variance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
    if (node !== scale.node) return summed(graph, dy, shape[0]!);
    const raised = ops.add(graph, variance, graph.scalar(EPSILON));
    const inverse = graph.op('Rsqrt', [raised], { T: attr.type('float32') }, variance);
    const normal = ops.mul(graph, ops.sub(graph, x, mean), inverse);
    return summed(graph, ops.mul(graph, dy, normal), shape[0]!);
  },
  /** A filter meets the picture patch by patch: the sum over places of patch times gradient. */
  Conv2D(graph, { inputs, attr: attrs }, dy, { shape }) {
    const [height, width, depth, channels] = shape as [number, number, number, number];
    const each = height * width * depth;
    const places = sizeOf(dy.shape.slice(1, 3));
    const patches = ops.reshape(
      graph,
      graph.op(
        'ExtractImagePatches',
        [inputs[0]!],
        {
          T: attr.type('float32'),
          ksizes: attr.ints([1, height, width, 1]),
          strides: attrs['strides']!,
          rates: attr.ints([1, 1, 1, 1]),
          padding: attrs['padding']!,
        },
        { dtype: 'float32', shape: [...dy.shape.slice(0, 3), each] },
      ),
      [-1, places, each],
    );
    return {
      kind: 'channels',
      channels,
      each,
      of(from, count) {
        const back = ops.reshape(graph, channelsOf(graph, dy, from, count), [-1, places, count]);
        const product = graph.op(
          'BatchMatMulV2',
          [patches, back],
          { T: attr.type('float32'), adj_x: attr.bool(true), adj_y: attr.bool(false) },
          { dtype: 'float32', shape: [dy.shape[0]!, each, count] },
        );
        return ops.reshape(graph, product, [-1, each * count]);
      },
    };
  },
};

/** Of a weight with one number a channel: the sum over the places of a picture, if it is one. */
function summed(graph: Graph, dy: Tensor, channels: number): ChannelGradient {
  const axes = dy.shape.slice(1, -1).map((_, i) => i + 1);
  return {
    kind: 'channels',
    channels,
    each: 1,
    of(from, count) {
      const part = channelsOf(graph, dy, from, count);
      if (axes.length === 0) return part;
      const attrs = {
        T: attr.type('float32'),
        Tidx: attr.type('int32'),
        keep_dims: attr.bool(false),
      };
      const shape = [dy.shape[0]!, count];
      return graph.op('Sum', [part, graph.ints(axes)], attrs, { dtype: 'float32', shape });
    },
  };
}

/** Some channels of the last axis. */
function channelsOf(graph: Graph, x: Tensor, from: number, count: number): Tensor {
  if (from === 0 && count === x.shape.at(-1)) return x;
  const first = x.shape.map((_, axis) => (axis === x.shape.length - 1 ? from : 0));
  const size = x.shape.map((_, axis) => (axis === x.shape.length - 1 ? count : -1));
  const attrs = { T: attr.type(x.dtype), Index: attr.type('int32') };
  return graph.op('Slice', [x, graph.ints(first), graph.ints(size)], attrs, {
    dtype: x.dtype,
    shape: [...x.shape.slice(0, -1), count],
  });
}
