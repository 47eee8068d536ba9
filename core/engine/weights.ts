/** The variables of a network's layers, and how they begin. */
import type { Layer, PlacedLayer, Start } from '../models/network.ts';
import { attr } from './graph.ts';
import type { Graph, Shape, Tensor, Variable } from './graph.ts';
import { filled } from './ops/basic.ts';

/** A variable of a layer. */
export interface Weight {
  /** `layer/part`, such as `conv1/kernel`. */
  name: string;
  /** Under which its distance is reported. */
  layer: string;
  variable: Variable;
  /** A constant, or random numbers for a layer with so many inputs and outputs a unit. */
  start: { constant: number } | { random: Start; fanIn: number; fanOut: number };
}

/** The variables of a network: those that are trained, and moving averages that are not. */
export interface Weights {
  trained: Weight[];
  moving: Weight[];
}

/**
 * Adds the variables of every layer that has some, those inside blocks too.
 * @param prefix of the variables' names
 */
export function createWeights(graph: Graph, layers: readonly PlacedLayer[], prefix = ''): Weights {
  const found: Weights = { trained: [], moving: [] };
  for (const placed of layers) {
    const { layer, input, body } = placed;
    if (layer.kind === 'conv' || layer.kind === 'dense') {
      found.trained.push(...kernelAndBias(graph, layer, input, prefix));
    } else if (layer.kind === 'batchNorm') {
      const part = (name: string, constant: number): Weight =>
        weightOf(graph, prefix, {
          layer: layer.name,
          part: name,
          shape: [input.at(-1)!],
          start: { constant },
        });
      found.trained.push(part('scale', 1), part('offset', 0));
      found.moving.push(part('mean', 0), part('variance', 1));
    }
    const inside = createWeights(graph, body, prefix);
    found.trained.push(...inside.trained);
    found.moving.push(...inside.moving);
  }
  return found;
}

function kernelAndBias(
  graph: Graph,
  layer: Extract<Layer, { kind: 'conv' | 'dense' }>,
  input: readonly number[],
  prefix: string,
): Weight[] {
  const isConv = layer.kind === 'conv';
  const units = isConv ? layer.filters : layer.units;
  const window = isConv ? layer.kernel ** 2 : 1;
  const channels = isConv ? input[2]! : input.reduce((all, size) => all * size, 1);
  const shape = isConv ? [layer.kernel, layer.kernel, channels, units] : [channels, units];
  const random = layer.start ?? 'glorot';
  const start = { random, fanIn: window * channels, fanOut: window * units };
  const kernel = weightOf(graph, prefix, { layer: layer.name, part: 'kernel', shape, start });
  if (layer.bias === false) return [kernel];
  const zeros = { layer: layer.name, part: 'bias', shape: [units], start: { constant: 0 } };
  return [kernel, weightOf(graph, prefix, zeros)];
}

function weightOf(
  graph: Graph,
  prefix: string,
  { layer, part, shape, start }: Pick<Weight, 'layer' | 'start'> & { part: string; shape: Shape },
): Weight {
  const name = `${layer}/${part}`;
  const variable = graph.variable(prefix + name, 'float32', shape);
  // A normalization moves together with the layer that it normalizes.
  return { name, layer: layer.replace(/\.norm$/, ''), variable, start };
}

/**
 * A weight's value before training. Random ones come from TensorFlow's counter-based generator, so
 * that a seed gives the same on any machine.
 * @param index of the weight; each has a stream of its own
 */
export function startValue(graph: Graph, weight: Weight, seed: number, index: number): Tensor {
  const { start, variable } = weight;
  if ('constant' in start) return filled(graph, variable.shape, start.constant, 'float32');
  const { random, fanIn, fanOut } = start;
  switch (random) {
    // Uniform within +-sqrt(6 / (in + out)) (Glorot, Bengio 2010).
    case 'glorot': {
      const limit = Math.sqrt(6 / (fanIn + fanOut));
      const unit = stateless(graph, 'StatelessRandomUniform', variable.shape, seed, index);
      return scaled(graph, unit, 2 * limit, -limit);
    }
    // Normal with variance 2 / in (He et al. 2015).
    case 'he': {
      const normal = stateless(graph, 'StatelessRandomNormal', variable.shape, seed, index);
      return scaled(graph, normal, Math.sqrt(2 / fanIn), 0);
    }
    case 'gaussian':
      return stateless(graph, 'StatelessRandomNormal', variable.shape, seed, index);
  }
}

function stateless(graph: Graph, op: string, shape: Shape, seed: number, index: number): Tensor {
  const attrs = {
    dtype: attr.type('float32'),
    T: attr.type('int32'),
    Tseed: attr.type('int32'),
  };
  const inputs = [graph.ints(shape), graph.ints([seed, index])];
  return graph.op(op, inputs, attrs, { dtype: 'float32', shape });
}

function scaled(graph: Graph, x: Tensor, factor: number, offset: number): Tensor {
  const T = { T: attr.type('float32') };
  const product = graph.op('Mul', [x, graph.scalar(factor)], T, x);
  return graph.op('AddV2', [product, graph.scalar(offset)], T, x);
}
