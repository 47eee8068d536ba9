/** TensorFlow.js's graph model: opens in a browser with `tf.loadGraphModel`. */
import { join } from 'node:path';
import type { Attr, Node, Tensor } from '../engine/graph.ts';
import { attr, shapeMessage, tensorName } from '../engine/graph.ts';
import { DATA_TYPES } from '../engine/proto.ts';
import type { DType } from '../engine/proto.ts';
import { writeWhole } from '../disk/write.ts';
import { version } from '../../package.json';
import { inferenceGraph } from './inference.ts';
import type { ExportFormat } from './format.ts';
import type { TrainedModel } from './model.ts';

/** Protobuf's names of the data types, which its JSON form has instead of numbers. */
const NAMES: Record<DType, string> = {
  float32: 'DT_FLOAT',
  float64: 'DT_DOUBLE',
  int32: 'DT_INT32',
  uint8: 'DT_UINT8',
  int64: 'DT_INT64',
  bool: 'DT_BOOL',
  bfloat16: 'DT_BFLOAT16',
};

/** Attributes that TensorFlow fills in by itself and TensorFlow.js does not. */
const DEFAULTS: Record<string, Record<string, Attr>> = {
  Conv2D: { dilations: attr.ints([1, 1, 1, 1]) },
};

/** A constant's value, as the graph has it. */
interface ConstantValue {
  dtype: number;
  tensorShape: { dim: { size: number }[] };
  tensorContent: Buffer;
}

/**
 * Writes `model.json` (the graph, and which bytes are which constant) and `weights.bin`. Pictures are
 * int32, which is what `tf.browser.fromPixels` gives; TensorFlow.js has no uint8.
 */
function write(model: TrainedModel, folder: string): void {
  const { graph, signature } = inferenceGraph(model, 'int32');
  const constants = graph.nodes.filter((node) => node.op === 'Const');
  const topology = {
    node: graph.nodes.map(nodeJson),
    library: {},
    versions: { producer: 987, minConsumer: 12 },
  };
  const manifest = [{ paths: ['weights.bin'], weights: constants.map(weightJson) }];
  const bytes = Buffer.concat(constants.map((node) => valueOf(node).tensorContent));
  writeWhole(join(folder, 'weights.bin'), bytes);
  const content = {
    format: 'graph-model',
    generatedBy: `label-noise-lab ${version}`,
    convertedBy: null,
    signature: { inputs: infoJson(signature.inputs), outputs: infoJson(signature.outputs) },
    // With these `predict` gives its outputs by name.
    userDefinedMetadata: { structuredOutputKeys: Object.keys(signature.outputs) },
    modelTopology: topology,
    weightsManifest: manifest,
  };
  writeWhole(join(folder, 'model.json'), JSON.stringify(content));
}

function nodeJson(node: Node): object {
  const attrs = Object.entries({ ...DEFAULTS[node.op], ...node.attr }).map(([name, value]) => [
    name,
    attrJson(value),
  ]);
  return {
    name: node.name,
    op: node.op,
    input: node.input,
    attr: Object.fromEntries(attrs) as object,
  };
}

/** Protobuf's JSON form: 64-bit numbers as text, bytes as base64. Values of constants are in the weights. */
function attrJson(value: Attr): object {
  if ('s' in value) return { s: value.s.toString('base64') };
  if ('i' in value) return { i: String(value.i) };
  if ('type' in value) return { type: NAMES[typeOf(value.type)] };
  if ('list' in value) return { list: { i: (value.list.i ?? []).map(String) } };
  if ('shape' in value) return { shape: sizesAsText(value.shape) };
  if ('tensor' in value) {
    const { dtype, tensorShape } = value.tensor as ConstantValue;
    return { tensor: { dtype: NAMES[typeOf(dtype)], tensorShape: sizesAsText(tensorShape) } };
  }
  return value;
}

function weightJson(node: Node): object {
  const { dtype, tensorShape } = valueOf(node);
  return { name: node.name, shape: tensorShape.dim.map(({ size }) => size), dtype: typeOf(dtype) };
}

function infoJson(tensors: Record<string, Tensor>): object {
  const entries = Object.entries(tensors).map(([key, tensor]) => {
    const tensorShape = sizesAsText(shapeMessage(tensor.shape));
    return [key, { name: tensorName(tensor), dtype: NAMES[tensor.dtype], tensorShape }];
  });
  return Object.fromEntries(entries) as object;
}

function sizesAsText(shape: object): object {
  const { dim } = shape as ConstantValue['tensorShape'];
  return { dim: dim.map(({ size }) => ({ size: String(size) })) };
}

function typeOf(number: number): DType {
  return (Object.keys(DATA_TYPES) as DType[]).find((name) => DATA_TYPES[name] === number)!;
}

function valueOf(node: Node): ConstantValue {
  return (node.attr['value'] as { tensor: ConstantValue }).tensor;
}

const use = `A TensorFlow.js graph model. In a browser, with the folder on a web server:

  const model = await tf.loadGraphModel("this-folder/model.json");
  const images = tf.browser.fromPixels(canvas, CHANNELS).expandDims(0);
  const { logits, classes } = model.predict(images);

images is int32.`;

/** A graph model of TensorFlow.js. */
export const tfjs: ExportFormat = { id: 'tfjs', write, use };
