/** Reads JSON Lines (an object a line), and a JSON file that is one list of such objects. */
import { inLine, inField } from '../../contract/words/place.ts';
import type { Where } from '../../contract/words/place.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { doing } from '../../contract/words/notes.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { ListBuilder } from './list-column.ts';
import { ColumnBuilder, readColumns } from './table.ts';
import type { Table } from './table.ts';
import { decodeText } from './text.ts';

/** A line of more characters is no row of a table. */
const LONGEST_LINE = 2 ** 24;

/**
 * Reads rows whose fields are numbers, texts, true, false, null, or lists of as many numbers each.
 * @throws InputError naming the file, the line and the cure
 */
export function readJsonRows(
  bytes: Uint8Array,
  where: string,
  control: LoadControl,
): Promise<Table> {
  const text = decodeText(bytes);
  return readColumns(async (asWords) => {
    const rows = new JsonRows(where, asWords);
    for (const [row, number] of rowsOf(text.pieces(), where)) {
      if (number % 20_000 === 0) {
        control.signal?.throwIfAborted();
        control.progress?.(null, doing('row', { n: number }));
        await new Promise(setImmediate);
      }
      rows.take(row, number);
    }
    const builders = rows.builders();
    return { builders, inferred: [...(text.inferred ? [text.inferred] : []), ...rows.said()] };
  });
}

/** Each row with the number of its line (or its place in the list, from 1). */
function* rowsOf(pieces: Iterable<string>, where: string): Generator<[unknown, number]> {
  let number = 0;
  let isList = false;
  let whole = '';
  for (const line of linesOf(pieces, where, () => isList)) {
    number++;
    if (number === 1) isList = line.trimStart().startsWith('[');
    if (isList) whole += `${line}\n`;
    else if (line.trim() !== '') yield [parsed(line, inLine(where, number)), number];
  }
  if (!isList) return;
  const list = parsed(whole, where);
  if (!Array.isArray(list)) return;
  for (let i = 0; i < list.length; i++) yield [list[i], i + 1];
}

function* linesOf(
  pieces: Iterable<string>,
  where: string,
  mayBeLong: () => boolean,
): Generator<string> {
  let rest = '';
  for (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    yield* lines;
    const list = mayBeLong() || rest.trimStart().startsWith('[');
    if (rest.length > LONGEST_LINE && !list) {
      throw new InputError('json.longLine', { where });
    }
  }
  if (rest !== '') yield rest;
}

function parsed(text: string, place: Where): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('json.invalid', { where: place });
  }
}

/** Takes rows; a field that some rows lack is missing there. */
class JsonRows {
  private readonly columns = new Map<string, ColumnBuilder | ListBuilder>();
  private rows = 0;

  constructor(
    private readonly where: string,
    private readonly asWords: ReadonlySet<string>,
  ) {}

  take(row: unknown, number: number): void {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new InputError('json.noObject', { where: this.where, number });
    }
    for (const [name, value] of Object.entries(row)) {
      const column = this.columnOf(name, value);
      this.fill(column);
      if (column instanceof ListBuilder) column.add(value);
      else column.addValue(scalar(value, () => inField(this.where, number, name)));
    }
    this.rows++;
  }

  builders(): ColumnBuilder[] {
    const all = [...this.columns.values()];
    if (this.rows === 0) throw new InputError('json.noRows', { where: this.where });
    for (const column of all) this.fill(column);
    return all.flatMap((one) => (one instanceof ListBuilder ? one.builders() : [one]));
  }

  said(): Phrase[] {
    return [...this.columns.values()].flatMap((one) =>
      one instanceof ListBuilder ? [one.said()] : [],
    );
  }

  private columnOf(name: string, value: unknown): ColumnBuilder | ListBuilder {
    const known = this.columns.get(name);
    // A column of nulls so far may turn out to be one of lists.
    if (known && !(Array.isArray(value) && known instanceof ColumnBuilder && known.isEmpty)) {
      return known;
    }
    const column = Array.isArray(value)
      ? new ListBuilder(name, this.where)
      : new ColumnBuilder(name, { where: this.where, firstRow: 1 }, this.asWords.has(name));
    this.columns.set(name, column);
    return column;
  }

  /** Brings a column up to the rows before this one. */
  private fill(column: ColumnBuilder | ListBuilder): void {
    while (column.length < this.rows) {
      if (column instanceof ListBuilder) column.add(null);
      else column.addValue(null);
    }
  }
}

function scalar(value: unknown, place: () => Where): number | string | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  throw new InputError('json.nested', { where: place() });
}
