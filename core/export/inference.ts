/** The graph of a trained model: pixels in, logits and classes out, weights as constants. */
import { forward } from '../engine/forward.ts';
import { attr, Graph, shapeMessage } from '../engine/graph.ts';
import type { Tensor } from '../engine/graph.ts';
import { scoresOf } from '../engine/losses/index.ts';
import * as ops from '../engine/ops/basic.ts';
import { mul, sub } from '../engine/ops/index.ts';
import { DATA_TYPES } from '../engine/proto.ts';
import type { Signature } from '../engine/saved-model.ts';
import { InputError } from '../contract/words/errors.ts';
import type { TrainedModel } from './model.ts';

/** A graph with its only call. */
export interface InferenceGraph {
  graph: Graph;
  /** `images` (batch x height x width x channels) to `logits` (float32) and `classes` (int32, batch). */
  signature: Signature;
}

/**
 * Builds the graph by the same code that training evaluates with.
 * @param bytesAs the type in which pictures are fed, whose values are 0 to 255; tables are float32
 * @throws InputError where the weights are not those of the network
 */
export function inferenceGraph(model: TrainedModel, bytesAs: 'uint8' | 'int32'): InferenceGraph {
  const graph = new Graph();
  const images = graph.placeholder('images', model.bytes ? bytesAs : 'float32', [
    -1,
    ...model.shape,
  ]);
  const x = scaledInput(graph, model, images);
  const value = (name: string) => weight(graph, model, name);
  const output = forward({ graph, precision: 'float32', value, training: null }, model.layers, x);
  const spec = { classes: model.classes.length, targets: model.targets };
  const best = ops.argMax(graph, scoresOf(graph, output, spec));
  const logits = named(graph, 'logits', output);
  const classes = named(graph, 'classes', best);
  return { graph, signature: { inputs: { images }, outputs: { logits, classes } } };
}

/** Pictures have one pair for all pixels; a table has one a column. */
function scaledInput(graph: Graph, { bytes, mean, deviation }: TrainedModel, x: Tensor): Tensor {
  if (bytes) return ops.standardized(graph, ops.cast(graph, x, 'float32'), mean[0]!, deviation[0]!);
  const row = (values: Float32Array) =>
    graph.constant([...values], [1, 1, 1, values.length], 'float32');
  const factors = deviation.map((value) => 1 / value);
  return mul(graph, sub(graph, x, row(mean)), row(factors));
}

function named(graph: Graph, name: string, x: Tensor): Tensor {
  return graph.op('Identity', [x], { T: attr.type(x.dtype) }, x, { name });
}

/** A weight as a constant, without going through a list of numbers: there may be millions. */
function weight(graph: Graph, { weights, epoch }: TrainedModel, name: string): Tensor {
  const found = weights.get(name);
  if (!found) {
    throw new InputError('export.otherNetwork', { epoch, name });
  }
  const { shape, data } = found;
  const tensor = {
    dtype: DATA_TYPES.float32,
    tensorShape: shapeMessage(shape),
    tensorContent: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  };
  const attrs = { dtype: attr.type('float32'), value: { tensor } };
  return graph.op('Const', [], attrs, { dtype: 'float32', shape }, { name });
}
