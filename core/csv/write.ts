/** Separated values that the lab writes: commas, one line feed a line, numbers as exact as they are. */
import Papa from 'papaparse';

/** A cell; nothing is written for null and undefined. */
export type CsvCell = string | number | null | undefined;

/** A table as CSV, its last line ended too. @param rows as many cells each as there are columns */
export function csvOf(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const table = { fields: [...columns], data: rows.map((row) => [...row]) };
  return `${Papa.unparse(table, { newline: '\n' })}\n`;
}
