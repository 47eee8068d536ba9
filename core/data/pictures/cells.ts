/** Cells of tables as texts. */
import type { Column } from '../formats/table.ts';

/** A cell as text; null where it is missing. */
export function textAt(column: Column, row: number): string | null {
  if (column.kind === 'words') return column.words[column.codes[row]!] ?? null;
  return Number.isNaN(column.values[row]!) ? null : String(column.values[row]!);
}
