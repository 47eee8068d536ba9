/**
 * The few of TensorFlow's protobuf messages that a SavedModel needs, by their published field
 * numbers (tensorflow/core/protobuf/{saved_model,meta_graph}.proto, core/framework/*.proto).
 */
import protobuf from 'protobufjs/light.js';

/** TensorFlow's `DataType` enumeration, as far as it is used here. */
export const DATA_TYPES = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int64: 9,
  bool: 10,
  bfloat16: 14,
} as const;
export type DType = keyof typeof DATA_TYPES;

type Fields = Record<string, { type: string; id: number; rule?: 'repeated'; keyType?: string }>;
const message = (fields: Fields, oneofs?: Record<string, { oneof: string[] }>) =>
  oneofs ? { fields, oneofs } : { fields };

const root = protobuf.Root.fromJSON({
  nested: {
    Dim: message({ size: { type: 'int64', id: 1 } }),
    TensorShape: message({
      dim: { rule: 'repeated', type: 'Dim', id: 2 },
      unknownRank: { type: 'bool', id: 3 },
    }),
    Tensor: message({
      dtype: { type: 'int32', id: 1 },
      tensorShape: { type: 'TensorShape', id: 2 },
      tensorContent: { type: 'bytes', id: 4 },
    }),
    List: message({
      i: { rule: 'repeated', type: 'int64', id: 3 },
      type: { rule: 'repeated', type: 'int32', id: 6 },
    }),
    AttrValue: message(
      {
        list: { type: 'List', id: 1 },
        s: { type: 'bytes', id: 2 },
        i: { type: 'int64', id: 3 },
        f: { type: 'float', id: 4 },
        b: { type: 'bool', id: 5 },
        type: { type: 'int32', id: 6 },
        shape: { type: 'TensorShape', id: 7 },
        tensor: { type: 'Tensor', id: 8 },
      },
      { value: { oneof: ['list', 's', 'i', 'f', 'b', 'type', 'shape', 'tensor'] } },
    ),
    Node: message({
      name: { type: 'string', id: 1 },
      op: { type: 'string', id: 2 },
      input: { rule: 'repeated', type: 'string', id: 3 },
      attr: { keyType: 'string', type: 'AttrValue', id: 5 },
    }),
    Versions: message({ producer: { type: 'int32', id: 1 } }),
    Graph: message({
      node: { rule: 'repeated', type: 'Node', id: 1 },
      versions: { type: 'Versions', id: 4 },
    }),
    TensorInfo: message({
      name: { type: 'string', id: 1 },
      dtype: { type: 'int32', id: 2 },
      tensorShape: { type: 'TensorShape', id: 3 },
    }),
    Signature: message({
      inputs: { keyType: 'string', type: 'TensorInfo', id: 1 },
      outputs: { keyType: 'string', type: 'TensorInfo', id: 2 },
      methodName: { type: 'string', id: 3 },
    }),
    MetaInfo: message({
      tags: { rule: 'repeated', type: 'string', id: 4 },
      tensorflowVersion: { type: 'string', id: 5 },
    }),
    MetaGraph: message({
      metaInfo: { type: 'MetaInfo', id: 1 },
      graph: { type: 'Graph', id: 2 },
      signature: { keyType: 'string', type: 'Signature', id: 5 },
    }),
    SavedModel: message({
      schemaVersion: { type: 'int64', id: 1 },
      metaGraphs: { rule: 'repeated', type: 'MetaGraph', id: 2 },
    }),
  },
});

// `Root.fromJSON` knows a map field by its `keyType`.
const savedModel = root.lookupType('SavedModel');

/** Encodes a SavedModel message (plain object in the shape above) to bytes. */
export function encodeSavedModel(model: object): Uint8Array {
  return savedModel.encode(savedModel.fromObject(model)).finish();
}
