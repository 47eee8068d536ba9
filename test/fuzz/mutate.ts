/** Damages files at random, as disks, networks and enemies do. */
import type { Random } from '../../core/random.ts';

/** Numbers that lengths and counts in headers go wrong with. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** One way to damage bytes. */
type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const at = (bytes: Uint8Array, random: Random): number => random.below(bytes.length + 1);

const DAMAGES: readonly Damage[] = [
  // Some bytes are others.
  (bytes, random) => {
    const out = Uint8Array.from(bytes);
    for (let n = random.below(8); n >= 0; n--) out[random.below(out.length)] = random.below(256);
    return out;
  },
  // One bit is another.
  (bytes, random) => {
    const out = Uint8Array.from(bytes);
    out[random.below(out.length)]! ^= 1 << random.below(8);
    return out;
  },
  // A number is one that breaks sums, in either byte order.
  (bytes, random) => {
    if (bytes.length < 4) return bytes;
    const out = Uint8Array.from(bytes);
    const view = new DataView(out.buffer);
    view.setUint32(
      random.below(out.length - 3),
      EDGES[random.below(EDGES.length)]!,
      random.real() < 0.5,
    );
    return out;
  },
  // It is cut short.
  (bytes, random) => bytes.subarray(0, at(bytes, random)),
  // A stretch is missing.
  (bytes, random) => {
    const [a, b] = [at(bytes, random), at(bytes, random)].sort((x, y) => x - y) as [number, number];
    return join(bytes.subarray(0, a), bytes.subarray(b));
  },
  // A stretch is there twice.
  (bytes, random) => {
    const [a, b] = [at(bytes, random), at(bytes, random)].sort((x, y) => x - y) as [number, number];
    return join(bytes.subarray(0, b), bytes.subarray(a));
  },
  // Something is put in between.
  (bytes, random) => {
    const place = at(bytes, random);
    const stretch = Uint8Array.from({ length: 1 + random.below(64) }, () => random.below(256));
    return join(bytes.subarray(0, place), stretch, bytes.subarray(place));
  },
];

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** A copy that is damaged once to three times; the same random numbers do the same damage. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let out = bytes;
  for (let n = 1 + random.below(3); n > 0 && out.length > 0; n--) {
    out = DAMAGES[random.below(DAMAGES.length)]!(out, random);
  }
  return out;
}
