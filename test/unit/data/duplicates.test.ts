import { dataFormat } from '../../../core/contract/words/notes.ts';
import { expect, test } from 'vitest';
import { duplicatesOf, emptyParts } from '../../../core/data/index.ts';
import type { Dataset, SampleShape } from '../../../core/data/index.ts';
import { randomOf } from '../../../core/random.ts';

function dataset(values: Dataset['train']['values'], labels: number[], size: number): Dataset {
  const shape: SampleShape = [1, 1, size];
  const train = { values, labels: Uint8Array.from(labels), truth: null };
  const rest = { classes: ['a', 'b', 'c'], test: null, ...emptyParts() };
  return { name: 'made', format: dataFormat('table'), shape, train, ...rest };
}

/** By comparing every sample with every earlier one. */
function slowly(rows: number[][], labels: number[]) {
  const first = rows.map((row) => rows.findIndex((other) => other.join() === row.join()));
  const again = first.map((place, i) => [place, i] as const).filter(([place, i]) => place !== i);
  const disagreeing = again.filter(([place, i]) => labels[place] !== labels[i]).length;
  return { exact: again.length, disagreeing };
}

test('counts repeated samples as comparing all pairs does, of bytes and of floats', async () => {
  const { below: next } = randomOf(5, 'test');
  const rows = Array.from({ length: 400 }, () => Array.from({ length: 3 }, () => next(4)));
  const labels = rows.map(() => next(3));
  const expected = slowly(rows, labels);
  expect(expected.disagreeing).toBeGreaterThan(50);
  for (const kind of [Uint8Array, Float32Array]) {
    const made = dataset(kind.from(rows.flat()), labels, 3);
    expect(await duplicatesOf(made)).toEqual(expected);
  }
});

test('samples whose hashes collide are told apart, and their repeats found behind each other', async () => {
  // Searched for: two different samples of one 32-bit FNV-1a hash.
  const [a, b] = collision();
  const values = Uint8Array.from([...a, ...b, ...a, ...b, ...a]);
  const result = await duplicatesOf(dataset(values, [0, 0, 0, 1, 2], 5));
  expect(result).toEqual({ exact: 3, disagreeing: 2 });
});

function collision(): [number[], number[]] {
  const seen = new Map<number, number[]>();
  const { below: next } = randomOf(11, 'test');
  for (;;) {
    const text = Array.from({ length: 5 }, () => next(256));
    const hash = text.reduce((h, byte) => Math.imul(h ^ byte, 0x01000193), 0x811c9dc5 | 0);
    const other = seen.get(hash);
    if (other && other.join() !== text.join()) return [other, text];
    seen.set(hash, text);
  }
}
