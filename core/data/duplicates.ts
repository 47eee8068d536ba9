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

const found = new WeakMap<Dataset, Promise<Duplicates>>();

/** Counts the training samples that repeat an earlier one; asked again, it remembers. */
export function duplicatesOf(dataset: Dataset): Promise<Duplicates> {
  const known = found.get(dataset);
  if (known) return known;
  const counting = countDuplicates(dataset);
  found.set(dataset, counting);
  return counting;
}

async function countDuplicates({ train, shape }: Dataset): Promise<Duplicates> {
  const { values, labels } = train;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const size = valuesPerSample(shape) * values.BYTES_PER_ELEMENT;
  // The newest distinct sample of a hash, and before each distinct sample the one it collided with.
  const newest = new Map<number, number>();
  const before = new Int32Array(labels.length).fill(-1);
  const result = { exact: 0, disagreeing: 0 };
  let since = performance.now();
  for (let i = 0; i < labels.length; i++) {
    if (i % STRIDE === 0 && performance.now() - since > BREATH) {
      await setImmediate();
      since = performance.now();
    }
    const hash = hashOf(bytes, i * size, size);
    let same = newest.get(hash) ?? -1;
    while (same >= 0 && !equal(bytes, same * size, i * size, size)) same = before[same]!;
    if (same >= 0) {
      result.exact++;
      if (labels[same] !== labels[i]) result.disagreeing++;
    } else {
      before[i] = newest.get(hash) ?? -1;
      newest.set(hash, i);
    }
  }
  return result;
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
