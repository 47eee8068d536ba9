import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMatrixFile } from '../../../core/noise/matrix-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-matrix-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const path = join(folder, 'matrix.csv');
  writeFileSync(path, text);
  return path;
}

test.each([
  ['plain', '0.9,0.1\n0.2,0.8\n'],
  ['with names, a mark and other line ends', '\uFEFFcat,dog\r\n0.9, 0.1\r\n0.2,0.8\r\n\r\n'],
  ['with semicolons', '0.9;0.1\n0.2;8e-1'],
])('reads a matrix %s', async (_, text) => {
  expect(await readMatrixFile(written(text))).toEqual([
    [0.9, 0.1],
    [0.2, 0.8],
  ]);
});

/** An array as `numpy.save` writes it. */
function saved(descr: string, shape: string, values: Float64Array): string {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const header = `${text.padEnd(117)}\n`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  const path = join(folder, 'matrix.npy');
  writeFileSync(path, Buffer.concat([start, Buffer.from(header), Buffer.from(values.buffer)]));
  return path;
}

test('reads a NumPy array, and refuses one that is no matrix of shares', async () => {
  const good = saved('<f8', '(2, 2)', Float64Array.of(0.9, 0.1, 0.2, 0.8));
  expect(await readMatrixFile(good)).toEqual([
    [0.9, 0.1],
    [0.2, 0.8],
  ]);
  const flat = readMatrixFile(saved('<f8', '(2,)', Float64Array.of(0.9, 0.1)));
  await expect(flat).rejects.toThrow(/float values of shape \(2\); give a matrix of numbers\.$/);
  const high = readMatrixFile(saved('<f8', '(1, 2)', Float64Array.of(0.9, 1.1)));
  await expect(high).rejects.toThrow(/matrix\.npy, row 0: 1\.1 is not a share; give numbers/);
});

test.each([
  ['0.9,0.1\n0.2,x\n', /matrix\.csv, line 2: "x" is not a share; give numbers from 0 to 1\.$/],
  ['a,b\n0.9,0.1\n0.2,1.8\n', /line 3: "1\.8" is not a share/],
  ['1,\n0,1', /line 1: "" is not a share/],
  ['', /holds no numbers; give a line/],
  ['"1,0', /is not a valid CSV file \(.*\); write it again\.$/],
])('%j is refused in one sentence', async (text, message) => {
  await expect(readMatrixFile(written(text))).rejects.toThrow(message);
});
