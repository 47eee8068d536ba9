/** A log that began anew in the same file: programs that append write a second training below the first. */
import { SIGNALS } from './log.ts';
import type { Columns, LogTable } from './log.ts';

/**
 * The rows of the last training in a table: from where epochs begin again at the first one, all of
 * them rising between, and measure again what was measured. Rows in no order, and columns that are
 * told one after the other, are one training.
 * @returns the table of the last training, and how many there are
 */
export function lastTraining(
  table: LogTable,
  columns: Columns,
): { table: LogTable; trainings: number } {
  const counts = table.values.get((columns.epoch ?? columns.step ?? [])[0] ?? '');
  const starts = counts ? startsOf(table, columns, counts) : [];
  const from = starts.at(-1);
  if (from === undefined) return { table, trainings: 1 };
  const values = new Map([...table.values].map(([name, column]) => [name, column.subarray(from)]));
  return { table: { ...table, rows: table.rows - from, values }, trainings: starts.length + 1 };
}

function startsOf(table: LogTable, columns: Columns, counts: Float64Array): number[] {
  const signals = SIGNALS.flatMap((signal) => columns[signal] ?? []).flatMap(
    (name) => table.values.get(name) ?? [],
  );
  const isTold = (row: number) => signals.some((column) => !Number.isNaN(column[row]));
  const starts: number[] = [];
  let first: number | null = null;
  let last = -Infinity;
  let begun: number | null = null;
  for (let row = 0; row < table.rows; row++) {
    const count = counts[row]!;
    if (Number.isNaN(count) || !isTold(row)) continue;
    first ??= count;
    begun ??= row;
    if (count < last) {
      // Back to somewhere else: a resumed run, or rows in no order.
      if (count !== first || !repeats(signals, counts, begun, row)) return [];
      starts.push(row);
      begun = row;
    }
    last = count;
  }
  return starts;
}

/** Whether a row measures again what was measured at its epoch since some row. */
function repeats(
  signals: readonly Float64Array[],
  counts: Float64Array,
  since: number,
  row: number,
): boolean {
  return signals.some((column) => {
    if (Number.isNaN(column[row])) return false;
    // Rows without an epoch lie between.
    for (let before = since; before < row && !(counts[before]! > counts[row]!); before++) {
      if (counts[before] === counts[row] && !Number.isNaN(column[before])) return true;
    }
    return false;
  });
}
