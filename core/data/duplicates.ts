/** Finds samples that occur more than once, byte for byte. */
import { setImmediate } from 'node:timers/promises';
import { valuesPerSample } from './dataset.ts';
import type { Dataset } from './dataset.ts';

/** Training samples that repeat an earlier one. */
export interface Duplicates {
  /** Samples whose values equal those of an earlier one. */
  exact: number;
  /** Those of them whose label is not that of the first such sample. */
  disagreeing: number;
}

/** Milliseconds of work before other messages are let through: the same process may train. */
const BREATH = 20;
/** Samples between two looks at the clock. */
const STRIDE = 256;

const found = new WeakMap<Dataset, Promise<Int32Array>>();

/** The place of the first training sample that equals each one, its own where none does; remembered. */
export function firstsOf(dataset: Dataset): Promise<Int32Array> {
  const known = found.get(dataset);
  if (known) return known;
  const looking = findFirsts(dataset);
  found.set(dataset, looking);
  return looking;
}

/** Counts the training samples that repeat an earlier one. */
export async function duplicatesOf(dataset: Dataset): Promise<Duplicates> {
  const { labels } = dataset.train;
  const result = { exact: 0, disagreeing: 0 };
  (await firstsOf(dataset)).forEach((first, i) => {
    if (first === i) return;
    result.exact++;
    if (labels[first] !== labels[i]) result.disagreeing++;
  });
  return result;
}

async function findFirsts({ train, shape }: Dataset): Promise<Int32Array> {
  const { values, labels } = train;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const size = valuesPerSample(shape) * values.BYTES_PER_ELEMENT;
  // The newest distinct sample of a hash, and before each distinct sample the one it collided with.
  const newest = new Map<number, number>();
  const before = new Int32Array(labels.length).fill(-1);
  const firsts = new Int32Array(labels.length);
  let since = performance.now();
  for (let i = 0; i < labels.length; i++) {
    if (i % STRIDE === 0 && performance.now() - since > BREATH) {
      await setImmediate();
      since = performance.now();
    }
    const hash = hashOf(bytes, i * size, size);
    let same = newest.get(hash) ?? -1;
    while (same >= 0 && !equal(bytes, same * size, i * size, size)) same = before[same]!;
    firsts[i] = same >= 0 ? same : i;
    if (same < 0) {
      before[i] = newest.get(hash) ?? -1;
      newest.set(hash, i);
    }
  }
  return firsts;
}

/** FNV-1a over 32 bits. It only sorts out candidates: equality is checked byte by byte. */
function hashOf(bytes: Uint8Array, from: number, size: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = from; at < from + size; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}

function equal(bytes: Uint8Array, a: number, b: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
