/** Writes a graph and its signatures as a SavedModel, without Python. */
import { join } from 'node:path';
import { writeWhole } from '../disk/write.ts';
import { shapeMessage, tensorName } from './graph.ts';
import type { Graph, Tensor } from './graph.ts';
import { DATA_TYPES, encodeSavedModel } from './proto.ts';

/** What one call feeds and fetches, by name. */
export interface Signature {
  inputs: Record<string, Tensor>;
  outputs: Record<string, Tensor>;
}

// The GraphDef version that TensorFlow 2.9 to 2.21 write and read.
const PRODUCER = 987;

function info(tensors: Record<string, Tensor>): object {
  const entries = Object.entries(tensors).map(([key, tensor]) => [
    key,
    {
      name: tensorName(tensor),
      dtype: DATA_TYPES[tensor.dtype],
      tensorShape: shapeMessage(tensor.shape),
    },
  ]);
  return Object.fromEntries(entries) as object;
}

/**
 * Writes `saved_model.pb` into a folder, which must be there.
 * @param graph the graph
 * @param signatures the calls, by name; all share the graph's variables
 */
export function writeSavedModel(
  folder: string,
  graph: Graph,
  signatures: Record<string, Signature>,
): void {
  const calls = Object.entries(signatures).map(([name, { inputs, outputs }]) => [
    name,
    {
      inputs: info(inputs),
      outputs: info(outputs),
      methodName: 'tensorflow/serving/predict',
    },
  ]);
  const bytes = encodeSavedModel({
    schemaVersion: 1,
    metaGraphs: [
      {
        metaInfo: { tags: ['serve'], tensorflowVersion: '2.9.1' },
        graph: {
          node: graph.nodes.map(({ name, op, input, attr }) => ({ name, op, input, attr })),
          versions: { producer: PRODUCER },
        },
        signature: Object.fromEntries(calls) as object,
      },
    ],
  });
  writeWhole(join(folder, 'saved_model.pb'), bytes, false);
}
