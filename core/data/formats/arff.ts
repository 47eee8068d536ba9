/** Reads ARFF (Weka): a header that declares the attributes, then comma-separated rows. */
import { inLine } from '../../contract/words/place.ts';
import type { Where } from '../../contract/words/place.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { readCsv } from './csv.ts';
import type { Table } from './table.ts';
import { decodeText } from './text.ts';

/** A longer header is none. */
const LONGEST_HEADER = 2 ** 22;
const ATTRIBUTE = /^@attribute\s+(?:'((?:[^'\\]|\\.)+)'|"((?:[^"\\]|\\.)+)"|(\S+))\s+(.+)$/i;

/** Whether a text begins as an ARFF file does: comments, then `@relation`. */
export function isArff(start: string): boolean {
  return /^\s*(?:%[^\n]*\n\s*)*@relation\s/i.test(start);
}

/**
 * Reads its rows. Sparse rows (`{0 1, 3 x}`) and attributes that hold tables are refused.
 * @throws InputError naming the file, the line and the cure
 */
export async function readArff(
  bytes: Uint8Array,
  where: string,
  control: LoadControl,
): Promise<Table> {
  const header = headerOf(bytes, where);
  const rows = Buffer.from(header.rest, 'utf8');
  const table = await readCsv(rows, where, control, {
    delimiter: ',',
    quote: header.rest.includes("'") ? "'" : '"',
    comments: '%',
    names: header.names,
    firstRow: header.lines + 1,
    missing: '?',
  });
  return {
    ...table,
    columns: table.columns.map((column, i) => declared(column, header.kinds[i]!)),
  };
}

interface Header {
  names: string[];
  kinds: string[];
  /** Lines before the data. */
  lines: number;
  /** The text after `@data`. */
  rest: string;
}

function headerOf(bytes: Uint8Array, where: string): Header {
  const text = [...decodeText(bytes).pieces()].join('');
  const data = /^@data[^\n]*(\n|$)/im.exec(text.slice(0, LONGEST_HEADER));
  if (!data) {
    throw new InputError('arff.noData', { where });
  }
  const lines = text.slice(0, data.index).split(/\r?\n/);
  const names: string[] = [];
  const kinds: string[] = [];
  lines.forEach((line, i) => {
    if (!/^\s*@attribute\s/i.test(line)) return;
    const found = ATTRIBUTE.exec(line.trim());
    if (!found) throw new InputError('arff.attribute', { where, line: i + 1 });
    names.push((found[1] ?? found[2] ?? found[3])!.replace(/\\(.)/g, '$1'));
    kinds.push(kindOf(found[4]!, inLine(where, i + 1)));
  });
  if (names.length === 0) throw new InputError('arff.noAttribute', { where });
  const rest = text.slice(data.index + data[0].length);
  if (/^\s*\{/.test(rest)) {
    throw new InputError('arff.sparse', { where });
  }
  return { names, kinds, lines: lines.length, rest };
}

function kindOf(type: string, place: Where): string {
  const word = type.trim().startsWith('{') ? 'nominal' : type.trim().split(/\s/)[0]!.toLowerCase();
  if (['nominal', 'numeric', 'real', 'integer', 'string', 'date'].includes(word)) return word;
  throw new InputError('arff.type', { where: place, type: word.slice(0, 40) });
}

/** A nominal attribute of numbers is a set of names all the same. */
function declared(column: Table['columns'][number], kind: string): Table['columns'][number] {
  if (kind !== 'nominal' || column.kind === 'words') return column;
  const words = [...new Set(column.values.filter((value) => !Number.isNaN(value)))].map(String);
  const places = new Map(words.map((word, i) => [word, i]));
  const codes = Int32Array.from(column.values, (value) => places.get(String(value)) ?? -1);
  return { name: column.name, kind: 'words', codes, words };
}
