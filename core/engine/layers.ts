/** Turns a network's layers into graph nodes. */
import type { Layer, PlacedLayer } from '../models/network.ts';
import { attr } from './graph.ts';
import type { Graph, Shape, Tensor, Variable } from './graph.ts';
import { biasAdd, conv2d, matMul, maxPool, relu, reshape } from './ops/index.ts';

/** A trainable variable and the layer it belongs to. */
export interface Weight {
  /** `layer/kernel` or `layer/bias`. */
  name: string;
  layer: string;
  variable: Variable;
  /** Numbers that flow into, and out of, one unit; null for a bias, which starts at zero. */
  fans: { in: number; out: number } | null;
}

/** Adds the variables of every layer that has weights. */
export function createWeights(graph: Graph, layers: readonly PlacedLayer[]): Weight[] {
  return layers.flatMap((placed) => {
    const kernel = kernelShape(placed);
    if (!kernel) return [];
    const { name } = placed.layer as Extract<Layer, { name: string }>;
    const units = kernel.at(-1)!;
    const window = kernel.length === 4 ? kernel[0]! * kernel[1]! : 1;
    const fans = { in: window * kernel.at(-2)!, out: window * units };
    const make = (part: string, shape: Shape, of: Weight['fans']): Weight => ({
      name: `${name}/${part}`,
      layer: name,
      variable: graph.variable(`${name}/${part}`, 'float32', shape),
      fans: of,
    });
    return [make('kernel', kernel, fans), make('bias', [units], null)];
  });
}

function kernelShape({ layer, input }: PlacedLayer): number[] | null {
  if (layer.kind === 'conv') return [layer.kernel, layer.kernel, input[2]!, layer.filters];
  if (layer.kind === 'dense') return [input.reduce((all, size) => all * size, 1), layer.units];
  return null;
}

/**
 * Glorot's uniform start (Glorot, Bengio 2010): within +-sqrt(6 / (in + out)); biases zero.
 * The numbers come from TensorFlow's counter-based generator, so a seed gives the same ones
 * on any machine.
 */
export function initialValue(graph: Graph, weight: Weight, seed: number, index: number): Tensor {
  const { shape } = weight.variable;
  const value = { dtype: 'float32', shape } as const;
  const T = { T: attr.type('float32') };
  if (!weight.fans) {
    const fill = { ...T, index_type: attr.type('int32') };
    return graph.op('Fill', [graph.ints(shape), graph.scalar(0)], fill, value);
  }
  const limit = Math.sqrt(6 / (weight.fans.in + weight.fans.out));
  const unit = graph.op(
    'StatelessRandomUniform',
    [graph.ints(shape), graph.ints([seed, index])],
    { dtype: attr.type('float32'), T: attr.type('int32'), Tseed: attr.type('int32') },
    value,
  );
  const scaled = graph.op('Mul', [unit, graph.scalar(2 * limit)], T, value);
  return graph.op('Sub', [scaled, graph.scalar(limit)], T, value);
}

/**
 * The logits of a batch.
 * @param x batch x height x width x channels
 * @param values the weights' values by name
 */
export function forward(
  graph: Graph,
  layers: readonly PlacedLayer[],
  x: Tensor,
  values: ReadonlyMap<string, Tensor>,
): Tensor {
  return layers.reduce((input, { layer, output }) => {
    switch (layer.kind) {
      case 'maxPool':
        return maxPool(graph, input, layer.size, layer.size);
      case 'flatten':
        return reshape(graph, input, [-1, output[0]!]);
      case 'conv':
      case 'dense': {
        const kernel = values.get(`${layer.name}/kernel`)!;
        const product =
          layer.kind === 'conv'
            ? conv2d(graph, input, kernel, 1, layer.padding)
            : matMul(graph, input, kernel);
        const sum = biasAdd(graph, product, values.get(`${layer.name}/bias`)!);
        return layer.activation === 'relu' ? relu(graph, sum) : sum;
      }
    }
  }, x);
}
