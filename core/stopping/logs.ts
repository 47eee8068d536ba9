/** Reads per-epoch logs: this product's `metrics.jsonl`, and CSV with any of its columns. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { InputError } from '../errors.ts';
import type { StoppingSignals } from './signals.ts';

// Test columns and true labels are not here, so they cannot be read.
const COLUMNS = [
  'trainLoss',
  'trainAccuracy',
  'holdoutAccuracy',
  'holdoutLoss',
  'relativeDistance',
  'predictionChanges',
] as const satisfies readonly (keyof StoppingSignals)[];

/**
 * The signals in a log, in the order of epochs.
 * @throws InputError naming the file, the line and the cure
 */
export function readLog(path: string): StoppingSignals[] {
  const text = readFileSync(path, 'utf8');
  const rows = text.trimStart().startsWith('{') ? fromJsonLines(text, path) : fromCsv(text, path);
  if (rows.length === 0) throw new InputError(`${path} has no epochs in it.`);
  if (!COLUMNS.some((column) => rows.some((row) => row[column] !== null))) {
    throw new InputError(
      `${path} has none of the columns ${COLUMNS.join(', ')}; name them so in its header.`,
    );
  }
  return rows.sort((a, b) => a.epoch - b.epoch);
}

function fromJsonLines(text: string, path: string): StoppingSignals[] {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [rowOf(JSON.parse(line) as Record<string, unknown>, `${path}, line ${i + 1}`)];
    } catch (error) {
      // A kill may cut the last line short; anywhere else it is damage.
      if (error instanceof SyntaxError && i === lines.length - 1) return [];
      if (error instanceof SyntaxError) {
        throw new InputError(`${path}, line ${i + 1} is not JSON; mend or remove that line.`);
      }
      throw error;
    }
  });
}

function fromCsv(text: string, path: string): StoppingSignals[] {
  let records: Record<string, string>[];
  try {
    records = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${path} is not a CSV table with a header (${why}).`);
  }
  return records.map((record, i) => rowOf(record, `${path}, row ${i + 1}`));
}

function rowOf(record: Record<string, unknown>, where: string): StoppingSignals {
  const epoch = number(record['epoch'], 'epoch', where);
  if (epoch === null || !Number.isInteger(epoch) || epoch < 0) {
    throw new InputError(`${where}: epoch is ${String(record['epoch'])}; give 0, 1, 2 and so on.`);
  }
  const values = COLUMNS.map((column) => [column, number(record[column], column, where)]);
  return { epoch, ...Object.fromEntries(values) } as StoppingSignals;
}

function number(value: unknown, column: string, where: string): number | null {
  if (value === undefined || value === null || value === '') return null;
  const found = Number(value);
  if (Number.isFinite(found)) return found;
  throw new InputError(`${where}: ${column} is ${String(value)}; it must be a number, or empty.`);
}
