/** Reads and writes safetensors: a JSON header and plain numbers, never code. */
import * as v from 'valibot';
import { jsonOf } from '../disk/sealed.ts';
import type { State } from '../engine/session.ts';
import { InputError } from '../contract/words/errors.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const HeaderSchema = v.record(
  v.string(),
  v.union([
    v.object({
      dtype: v.literal('F32'),
      shape: v.array(whole),
      data_offsets: v.tuple([whole, whole]),
    }),
    v.record(v.string(), v.string()),
  ]),
);

/** The bytes of a file with these tensors. */
export function writeSafetensors(state: State, metadata: Record<string, string>): Buffer {
  let offset = 0;
  const entries = [...state].map(([name, { shape, data }]) => {
    const from = offset;
    offset += data.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [from, offset] }] as const;
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  // Padded with spaces so that the numbers begin at a multiple of 8, as the format asks.
  const header = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const out = Buffer.alloc(8 + header.length + offset);
  out.writeBigUInt64LE(BigInt(header.length), 0);
  out.set(header, 8);
  let at = 8 + header.length;
  for (const { data } of state.values()) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return out;
}

/**
 * The tensors of a file.
 * @param path named in errors
 * @throws InputError where the header does not fit the file
 */
export function readSafetensors(bytes: Buffer, path: string): State {
  const damaged = new InputError('run.noSafetensors', { where: path });
  if (bytes.length < 8) throw damaged;
  const length = Number(bytes.readBigUInt64LE(0));
  if (length > bytes.length - 8) throw damaged;
  const data = bytes.subarray(8 + length);
  const header = v.safeParse(HeaderSchema, jsonOf(bytes.toString('utf8', 8, 8 + length)));
  if (!header.success) throw damaged;
  const state: State = new Map();
  for (const [name, entry] of Object.entries(header.output)) {
    if (name === '__metadata__') continue;
    if (!('data_offsets' in entry) || !Array.isArray(entry.data_offsets)) throw damaged;
    const [from, to] = entry.data_offsets as [number, number];
    const shape = entry.shape as number[];
    const wanted = 4 * shape.reduce((all, size) => all * size, 1);
    if (to < from || to > data.length || to - from !== wanted) throw damaged;
    state.set(name, {
      shape,
      data: new Float32Array(Uint8Array.from(data.subarray(from, to)).buffer),
    });
  }
  return state;
}
