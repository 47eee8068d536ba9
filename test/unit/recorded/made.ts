/** Records as a training would write them, made by hand and apart from the recorder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { toNpy } from '../../../core/run-folder/npz.ts';
import type { NpyArray } from '../../../core/run-folder/npz.ts';

/** An array of a record; texts are names. */
export type MadeArray = NpyArray | readonly string[] | { values: NpyArray; shape: number[] };

/** What `record.json` says, where a test wants it otherwise. */
export function writeHead(record: string, head: object = {}): void {
  mkdirSync(record, { recursive: true });
  const whole = {
    ...{ format: 'label-noise-lab-record', version: 1, token: 'a-token-of-its-own' },
    ...{ name: 'A record', framework: 'By hand', classes: ['a', 'b', 'c'], during: false },
    ...{ epochs: null, workers: 1, created: '2026-11-29T12:00:00.000Z', ended: null, ...head },
  };
  writeFileSync(join(record, 'record.json'), JSON.stringify(whole));
}

/** Writes one `.npz` of a record, such as `dynamics/epoch-0001`. */
export function writeArrays(record: string, name: string, arrays: Record<string, MadeArray>): void {
  const path = join(record, `${name}.npz`);
  mkdirSync(dirname(path), { recursive: true });
  const files = Object.entries(arrays).map(([key, array]) => [`${key}.npy`, npyOf(array)]);
  writeFileSync(path, zipSync(Object.fromEntries(files) as Record<string, Uint8Array>));
}

/** Writes `metrics.jsonl` anew. */
export function writeRows(record: string, epochs: readonly number[], more: object = {}): void {
  const lines = epochs.map((epoch) => `${JSON.stringify({ epoch, seconds: 1, ...more })}\n`);
  writeFileSync(join(record, 'metrics.jsonl'), lines.join(''));
}

function npyOf(array: MadeArray): Uint8Array {
  if (Array.isArray(array)) return textNpy(array as string[]);
  if ('shape' in array) return toNpy(array.values, array.shape);
  return toNpy(array as NpyArray);
}

/** NumPy's `<U`, four bytes a character. */
function textNpy(texts: readonly string[]): Uint8Array {
  const width = Math.max(1, ...texts.map((text) => text.length));
  const words = new Uint32Array(texts.length * width);
  texts.forEach((text, i) =>
    words.set(
      Array.from(text, (c) => c.codePointAt(0)!),
      i * width,
    ),
  );
  const bytes = Buffer.from(toNpy(words));
  const header = bytes.subarray(0, 128).toString('latin1');
  const shape = `'shape': (${texts.length * width},)`;
  const told = header
    .replace(`'<u4'`, `'<U${width}'`)
    .replace(shape, `'shape': (${texts.length},)`);
  const text = told.trimEnd().padEnd(127) + '\n';
  return Buffer.concat([Buffer.from(text, 'latin1'), bytes.subarray(128)]);
}

export const u1 = (...values: number[]): Uint8Array => Uint8Array.from(values);
export const u4 = (...values: number[]): Uint32Array => Uint32Array.from(values);
export const f4 = (...values: number[]): Float32Array => Float32Array.from(values);

/** Six training samples and two of the hold-out, by number. */
export function begin(record: string, head: object = {}): void {
  writeHead(record, head);
  writeArrays(record, 'samples', {
    ...{ train_id: u4(10, 11, 12, 13, 14, 15), train_given: u1(0, 1, 2, 0, 1, 2) },
    ...{ holdout_id: u4(3, 4), holdout_given: u1(1, 2) },
  });
}

/** What an epoch calls each of them. */
export function writeEpoch(
  record: string,
  epoch: number,
  predicted: readonly number[],
  held: readonly number[] = [1, 2],
): void {
  writeArrays(record, `dynamics/epoch-${String(epoch).padStart(4, '0')}`, {
    ...{ predicted: u1(...predicted), loss: f4(...predicted.map(() => 0.5)) },
    ...{ holdout_predicted: u1(...held), holdout_loss: f4(...held.map(() => 1)) },
  });
}
