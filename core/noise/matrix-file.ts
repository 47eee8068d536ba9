/** Reads a transition matrix from a file. */
import { readFile } from 'node:fs/promises';
import { csvRows } from '../csv/read.ts';
import { isNpy, readNpy } from '../data/formats/npy.ts';
import { InputError, named } from '../contract/words/errors.ts';
import type { Matrix } from './noise.ts';

/**
 * The numbers of a `.npy` array or a CSV file, a row a line: true class down, given class across.
 * A first line of names is passed over. That rows fit the classes and sum to 1 is checked where
 * the matrix is used.
 * @throws InputError naming the file and the place where something is no share of 0 to 1
 */
export async function readMatrixFile(path: string): Promise<Matrix> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw named(error, path);
  });
  return isNpy(bytes) ? fromNpy(bytes, path) : fromCsv(bytes.toString('utf8'), path);
}

function fromNpy(bytes: Uint8Array, path: string): Matrix {
  const { shape, kind, values } = readNpy(bytes, path);
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || kind === 'text') {
    throw new InputError('matrix.shape', { where: path, kind, shape });
  }
  return Array.from({ length: rows }, (_, row) => {
    const shares = Array.from(values.slice(row * columns, (row + 1) * columns), Number);
    const wrong = shares.find((share) => !(share >= 0 && share <= 1));
    if (wrong === undefined) return shares;
    throw new InputError('matrix.rowShare', { where: path, row, wrong });
  });
}

function fromCsv(text: string, path: string): Matrix {
  const rows = parseRows(text, path);
  const names = rows[0]?.cells.every((cell) => cell !== '' && Number.isNaN(shareOf(cell))) ? 1 : 0;
  const matrix = rows.slice(names).map(({ cells, line }) =>
    cells.map((cell) => {
      const share = shareOf(cell);
      if (share >= 0 && share <= 1) return share;
      throw new InputError('matrix.lineShare', { where: path, line, cell });
    }),
  );
  if (matrix.length > 0) return matrix;
  throw new InputError('matrix.empty', { where: path });
}

function shareOf(cell: string): number {
  return cell === '' ? NaN : Number(cell);
}

function parseRows(text: string, path: string): { cells: string[]; line: number }[] {
  try {
    return csvRows(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError('matrix.noCsv', { where: path, why: why.replace(/\.$/, '') });
  }
}
