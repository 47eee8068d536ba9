/** What stands before the rows of a table: comments, a separator as spreadsheets write it. */
import { textPieces } from './source.ts';
import type { LogFile } from './source.ts';

/** A table's lines, without what is none of it. */
export interface Prefaced {
  /** The beginning of the table. */
  head: string;
  /** What a line before it says parts the cells. */
  delimiter: string | null;
  /** A line of names that stands in a comment, as NumPy writes it. */
  header: string | null;
}

const COMMENT = /^\s*(#|%(?!\s*\|))/;
const SEPARATOR = /^\ufeff?sep=(.)\s*$/i;

/** Looks at the beginning of a table. @param text the beginning of the file */
export function prefaceOf(text: string): Prefaced {
  const lines = text.split('\n');
  let delimiter: string | null = null;
  let comment: string | null = null;
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    const separator = SEPARATOR.exec(line);
    if (separator) delimiter = separator[1]!;
    else if (COMMENT.test(line)) comment = line.replace(COMMENT, '').trim();
    else if (line.trim() !== '') break;
  }
  const isNamed = comment !== null && isNumbers(lines[at] ?? '') && /[a-z]/i.test(comment);
  const header = isNamed ? comment : null;
  const rest = lines.slice(at).filter((line) => !COMMENT.test(line));
  return { head: [...(header === null ? [] : [header]), ...rest].join('\n'), delimiter, header };
}

const isNumbers = (line: string): boolean => {
  const cells = line.split(/[\s,;\t|]+/).filter(Boolean);
  return cells.length > 1 && cells.every((cell) => /^[-+\d.eE%:/]+$|^-?(nan|inf)$/i.test(cell));
};

/** The lines of a table in pieces, comments left out. */
export async function* tablePieces(
  file: LogFile,
  growing: boolean,
  { header }: Prefaced,
): AsyncGenerator<string> {
  if (header !== null) yield `${header}\n`;
  let rest = '';
  for await (const piece of textPieces(file, growing)) {
    const text = rest + piece;
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    if (end > 0) yield withoutComments(text.slice(0, end));
  }
  if (rest !== '') yield withoutComments(rest);
}

function withoutComments(text: string): string {
  if (!/^\s*[#%]|^\ufeff?sep=/im.test(text)) return text;
  return text
    .split('\n')
    .filter((line) => !COMMENT.test(line) && !SEPARATOR.test(line))
    .join('\n');
}
