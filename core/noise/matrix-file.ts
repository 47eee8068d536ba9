/** Reads a transition matrix from a file. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { InputError } from '../errors.ts';
import type { Matrix } from './noise.ts';

/**
 * The numbers of a CSV file, a row a line: true class down, given class across. A first line of
 * names is passed over. That rows fit the classes and sum to 1 is checked where it is used.
 * @throws InputError naming the file and the line where something is no share of 0 to 1
 */
export async function readMatrixFile(path: string): Promise<Matrix> {
  const rows = parseRows(await readFile(path, 'utf8'), path);
  const names = rows[0]?.cells.every((cell) => cell !== '' && Number.isNaN(shareOf(cell))) ? 1 : 0;
  const matrix = rows.slice(names).map(({ cells, line }) =>
    cells.map((cell) => {
      const share = shareOf(cell);
      if (share >= 0 && share <= 1) return share;
      throw new InputError(
        `${path}, line ${line}: "${cell}" is no share; give numbers from 0 to 1.`,
      );
    }),
  );
  if (matrix.length > 0) return matrix;
  throw new InputError(`${path} holds no numbers; give a line of shares for each class.`);
}

function shareOf(cell: string): number {
  return cell === '' ? NaN : Number(cell);
}

function parseRows(text: string, path: string): { cells: string[]; line: number }[] {
  try {
    const found = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: [',', ';', '\t'],
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return found.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${path} is no CSV file (${why.replace(/\.$/, '')}); write it again.`);
  }
}
