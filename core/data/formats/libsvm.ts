/** Reads LIBSVM's sparse rows: a label, then `place:value` for every value that is not 0. */
import { note } from '../../contract/words/notes.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { Column, Table } from './table.ts';
import { decodeText } from './text.ts';

const ROW = /^\s*[+-]?\d+(?:\.0*)?(?:\s+\d+:[-+.\deE]+)+\s*(?:#.*)?$/;
/** Values that are held, zeros too; more would not fit into memory. */
const MOST_VALUES = 100e6;
/** Places of a row; a larger one is a mistake, or more than a network takes. */
const MOST_PLACES = 100_000;

/** Whether a text begins as such a file does. */
export function isLibsvm(start: string): boolean {
  const [first = ''] = start.split(/\r?\n/);
  return ROW.test(first);
}

/**
 * Reads its rows: the labels, and a column for each place up to the largest.
 * @throws InputError naming the file, the line and the cure
 */
export function readLibsvm(bytes: Uint8Array, where: string): Table {
  const labels: number[] = [];
  const cells: { row: number; place: number; value: number }[] = [];
  let most = 0;
  const lines = [...decodeText(bytes).pieces()].join('').split(/\r?\n/);
  for (const [at, line] of lines.entries()) {
    const [label, ...pairs] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!label) continue;
    for (const pair of pairs) {
      const [place, value] = pair.split(':').map(Number);
      if (
        !Number.isInteger(place) ||
        !Number.isFinite(value) ||
        place! > MOST_PLACES ||
        place! < 0
      ) {
        throw new InputError('libsvm.pair', {
          where,
          at: at + 1,
          pair: pair.slice(0, 40),
          most: MOST_PLACES,
        });
      }
      cells.push({ row: labels.length, place: place!, value: value! });
      most = Math.max(most, place!);
    }
    if (!Number.isFinite(+label)) {
      throw new InputError('libsvm.label', { where, at: at + 1, label: label.slice(0, 40) });
    }
    labels.push(+label);
  }
  const rows = labels.length;
  if (rows * (most + 1) > MOST_VALUES) {
    throw new InputError('libsvm.tooLarge', { where, rows, most });
  }
  const columns = Array.from({ length: most + 1 }, () => new Float64Array(rows));
  for (const { row, place, value } of cells) columns[place]![row] = value;
  const named = columns.map((values, i): Column => ({
    name: `place ${i}`,
    kind: 'numbers',
    values,
  }));
  // Places are counted from 1 for the most part.
  const used = cells.some(({ place }) => place === 0) ? named : named.slice(1);
  const label: Column = { name: 'label', kind: 'numbers', values: Float64Array.from(labels) };
  return {
    rows,
    columns: [label, ...used],
    inferred: [note('sparse')],
    sparse: true,
  };
}

/** Sparse tables with the same places: those that only others have are 0. */
export function alignSparse(tables: readonly Table[]): Table[] {
  if (!tables.every(({ sparse }) => sparse)) return [...tables];
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  return tables.map((table) => {
    const own = new Set(table.columns.map(({ name }) => name));
    const more = names
      .filter((name) => !own.has(name))
      .map((name): Column => ({ name, kind: 'numbers', values: new Float64Array(table.rows) }));
    return { ...table, columns: [...table.columns, ...more] };
  });
}
