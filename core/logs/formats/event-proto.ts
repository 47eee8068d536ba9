/**
 * The few fields of TensorBoard's protobuf messages that hold scalars, by their published numbers
 * (tensorflow/core/util/event.proto, framework/summary.proto, framework/tensor.proto).
 */
import protobuf from 'protobufjs/light.js';

const root = protobuf.Root.fromJSON({
  nested: {
    Tensor: {
      fields: {
        dtype: { type: 'int32', id: 1 },
        content: { type: 'bytes', id: 4 },
        floats: { rule: 'repeated', type: 'float', id: 5 },
        doubles: { rule: 'repeated', type: 'double', id: 6 },
        ints: { rule: 'repeated', type: 'int32', id: 7 },
        longs: { rule: 'repeated', type: 'int64', id: 10 },
      },
    },
    Value: {
      oneofs: { value: { oneof: ['simpleValue', 'tensor'] } },
      fields: {
        tag: { type: 'string', id: 1 },
        simpleValue: { type: 'float', id: 2 },
        tensor: { type: 'Tensor', id: 8 },
      },
    },
    Summary: { fields: { value: { rule: 'repeated', type: 'Value', id: 1 } } },
    Event: {
      fields: {
        step: { type: 'int64', id: 2 },
        summary: { type: 'Summary', id: 5 },
      },
    },
  },
});
const event = root.lookupType('Event');

interface Tensor {
  dtype?: number;
  content?: Uint8Array;
  floats?: number[];
  doubles?: number[];
  ints?: number[];
  longs?: number[];
}

/** One scalar that was logged. */
export interface Scalar {
  tag: string;
  value: number;
}

/**
 * The scalars of an event, of which most hold one, and its step.
 * @throws Error where the bytes are no event
 */
export function scalarsOf(bytes: Uint8Array): { step: number; scalars: Scalar[] } {
  const decoded = event.toObject(event.decode(bytes), { longs: Number }) as {
    step?: number;
    summary?: { value?: { tag?: string; simpleValue?: number; tensor?: Tensor }[] };
  };
  const scalars = (decoded.summary?.value ?? []).flatMap(({ tag, simpleValue, tensor }) => {
    const value = simpleValue ?? (tensor ? scalarOf(tensor) : null);
    return tag === undefined || value === null ? [] : [{ tag, value }];
  });
  return { step: decoded.step ?? 0, scalars };
}

/** A tensor's one number; null where it holds more, or something else. */
function scalarOf({ dtype, content, floats, doubles, ints, longs }: Tensor): number | null {
  const listed = floats ?? doubles ?? ints ?? longs;
  if (listed?.length) return listed.length === 1 ? listed[0]! : null;
  if (!content?.length) return null;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (dtype === 1 && content.length === 4) return view.getFloat32(0, true);
  if (dtype === 2 && content.length === 8) return view.getFloat64(0, true);
  if (dtype === 3 && content.length === 4) return view.getInt32(0, true);
  if (dtype === 9 && content.length === 8) return Number(view.getBigInt64(0, true));
  return null;
}
