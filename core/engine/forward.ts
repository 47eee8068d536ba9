/** The way of a batch through a network's layers. */
import type { Activation, Layer, PlacedLayer } from '../models/network.ts';
import { attr } from './graph.ts';
import type { DType, Graph, Tensor } from './graph.ts';
import { randomUniform } from './ops/basic.ts';
import * as ops from './ops/index.ts';

/** The type in which hidden layers compute. */
export type Precision = Extract<DType, 'float32' | 'bfloat16'>;

/** One pass of a batch. */
export interface Pass {
  graph: Graph;
  /** The type in which all layers but the last compute. Their weights are float32 and cast to it. */
  precision: Precision;
  /** The value of a weight or moving average, by `layer/part`. */
  value: (name: string) => Tensor;
  /** In training: where random numbers come from, and what becomes of moving averages. */
  training: {
    /** The seed of a new stream of this step: int32, two numbers. */
    seed: () => Tensor;
    /** Takes the new value of a moving average. */
    moved: (name: string, value: Tensor) => void;
  } | null;
}

/**
 * The output of the last layer: float32. That layer computes in float32 in any precision, since it
 * costs next to nothing and a loss is a small difference of its numbers.
 * @param x float32, batch x height x width x channels
 */
export function forward(pass: Pass, layers: readonly PlacedLayer[], x: Tensor): Tensor {
  return through(pass, layers.at(-1)!, lastInput(pass, layers, x));
}

/** What the last layer is fed: float32. */
export function lastInput(pass: Pass, layers: readonly PlacedLayer[], x: Tensor): Tensor {
  const { graph, precision } = pass;
  const hidden = throughAll(pass, layers.slice(0, -1), ops.cast(graph, x, precision));
  return ops.cast(graph, hidden, 'float32');
}

function throughAll(pass: Pass, layers: readonly PlacedLayer[], x: Tensor): Tensor {
  return layers.reduce((input, placed) => through(pass, placed, input), x);
}

function through(pass: Pass, { layer, input, output, body }: PlacedLayer, x: Tensor): Tensor {
  const { graph } = pass;
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return linear(pass, layer, x);
    case 'batchNorm':
      return activated(graph, normalized(pass, layer.name, x), layer.activation);
    case 'maxPool':
      return ops.maxPool(graph, x, layer.size, layer.size);
    case 'averagePool':
      return ops.reshape(graph, ops.avgPool(graph, x, input[0]!, 1), [-1, output[0]!]);
    case 'flatten':
      return ops.reshape(graph, x, [-1, output[0]!]);
    case 'dropout':
      return dropped(pass, layer.rate, x);
    case 'residual': {
      const sum = ops.add(graph, throughAll(pass, body, x), shortcut(graph, x, input, output));
      return ops.relu(graph, sum);
    }
    case 'signs': {
      const sum = pass.training ? ops.signSum : ops.matMul;
      return sum(graph, x, signs(graph, input[0]!));
    }
  }
}

function linear(pass: Pass, layer: Extract<Layer, { kind: 'conv' | 'dense' }>, x: Tensor): Tensor {
  const { graph } = pass;
  const value = (part: string) => ops.cast(graph, pass.value(`${layer.name}/${part}`), x.dtype);
  const kernel = value('kernel');
  const product =
    layer.kind === 'conv'
      ? ops.conv2d(graph, x, kernel, layer.stride ?? 1, layer.padding)
      : ops.matMul(graph, x, kernel);
  const sum = layer.bias === false ? product : ops.biasAdd(graph, product, value('bias'));
  return activated(graph, sum, layer.activation);
}

function activated(graph: Graph, x: Tensor, activation: Activation): Tensor {
  return activation === 'none' ? x : ops[activation](graph, x);
}

function normalized({ graph, value, training }: Pass, name: string, x: Tensor): Tensor {
  const parameters = {
    scale: value(`${name}/scale`),
    offset: value(`${name}/offset`),
    mean: value(`${name}/mean`),
    variance: value(`${name}/variance`),
  };
  if (!training) return ops.normalize(graph, x, parameters);
  const { y, mean, variance } = ops.normalizeBatch(graph, x, parameters);
  training.moved(`${name}/mean`, mean);
  training.moved(`${name}/variance`, variance);
  return y;
}

/** Drops units and scales the others up, so that the mean stays (Srivastava et al. 2014). */
function dropped({ graph, training }: Pass, rate: number, x: Tensor): Tensor {
  if (!training) return x;
  const T = { T: attr.type('float32') };
  const chance = randomUniform(graph, ops.shapeOf(graph, x), training.seed(), x.shape);
  const shifted = graph.op('AddV2', [chance, graph.scalar(1 - rate)], T, chance);
  const kept = ops.cast(graph, graph.op('Floor', [shifted], T, chance), x.dtype);
  const factor = ops.cast(graph, graph.scalar(1 / (1 - rate)), x.dtype);
  return ops.mul(graph, ops.mul(graph, x, kept), factor);
}

/** He et al. 2016, option A: every second place where the picture shrinks, zeros for new channels. */
function shortcut(
  graph: Graph,
  x: Tensor,
  input: readonly number[],
  output: readonly number[],
): Tensor {
  const stride = Math.round(input[0]! / output[0]!);
  const places = stride > 1 ? ops.avgPool(graph, x, 1, stride) : x;
  const added = output[2]! - input[2]!;
  const before = Math.floor(added / 2);
  return added > 0 ? ops.padChannels(graph, places, before, added - before) : places;
}

/** The fixed second layer of the theorems' network: k x 1, half +1/sqrt(k) and half -1/sqrt(k). */
function signs(graph: Graph, units: number): Tensor {
  const size = 1 / Math.sqrt(units);
  const values = Array.from({ length: units }, (_, i) => (i < units / 2 ? size : -size));
  return graph.constant(values, [units, 1], 'float32');
}
