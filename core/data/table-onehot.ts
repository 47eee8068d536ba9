/** Labels as one column for each class: `label_0`, `label_1`, `label_2`, of which one is 1 in each row. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import type { Column, Table } from './formats/table.ts';
import { textAt } from './formats/table.ts';
import { likelihood, roleNamed } from './table-names.ts';

const NAME = /^(labels?|targets?|class|classes|category|y)(?:[ _.:=]+|-|(?=\d|[A-Z]))(.+)$/i;

/** Columns that are one label. */
export interface OneHot {
  /** The name of the column that they become. */
  name: string;
  /** The columns, with the class that each stands for. */
  classes: { column: string; name: string }[];
  inferred: Phrase;
}

/**
 * Finds such columns, where no other column is called a label.
 * @returns null where there are none
 */
export function oneHotLabels({ columns, rows }: Table): OneHot | null {
  const sure = columns.some(
    ({ name }) => roleNamed(name) === 'given' || (likelihood(name) === 2 && !NAME.test(name)),
  );
  if (sure) return null;
  const groups = new Map<string, { column: Column; name: string }[]>();
  for (const column of columns) {
    const [, prefix, name] = NAME.exec(column.name) ?? [];
    if (!prefix) continue;
    const key = prefix.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), { column, name: name! }]);
  }
  for (const [name, group] of groups) {
    if (
      group.length < 2 ||
      !isOneHot(
        group.map(({ column }) => column),
        rows,
      )
    )
      continue;
    const classes = group.map((each) => ({ column: each.column.name, name: each.name }));
    const all = classes.map(({ column }) => `"${column}"`);
    const listed = all.length > 3 ? `${all[0]} to ${all.at(-1)}` : all.join(', ');
    return { name, classes, inferred: note('oneHotColumns', { names: listed }) };
  }
  return null;
}

const isSet = (column: Column, row: number): boolean | null => {
  const text = textAt(column, row)?.toLowerCase();
  return text === '1' || text === 'true' ? true : text === '0' || text === 'false' ? false : null;
};

function isOneHot(columns: readonly Column[], rows: number): boolean {
  for (let row = 0; row < rows; row++) {
    let ones = 0;
    for (const column of columns) {
      const set = isSet(column, row);
      if (set === null) return false;
      if (set) ones++;
    }
    if (ones !== 1) return false;
  }
  return rows > 0;
}

/** The same table with one column of labels instead; as it is where it has not all of these columns. */
export function withOneLabel(table: Table, { name, classes }: OneHot): Table {
  const columns = classes.map(({ column }) => table.columns.find((own) => own.name === column));
  if (columns.some((column) => !column)) return table;
  const codes = Int32Array.from({ length: table.rows }, (_, row) =>
    columns.findIndex((column) => isSet(column!, row)),
  );
  const label: Column = { name, kind: 'words', codes, words: classes.map((one) => one.name) };
  return { ...table, columns: [...table.columns.filter((own) => !columns.includes(own)), label] };
}
