/** Which column of a table names pictures: told by its values. */
import { dirname } from 'node:path/posix';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { Column, Table } from '../formats/table.ts';
import { columnNamed } from '../table-roles.ts';
import { textAt } from '../formats/table.ts';
import type { Finder } from './finder.ts';
import { namedAsPicture } from './kinds.ts';

/** Usual names of such columns, in small letters and without what stands between words. */
const USUAL =
  /^(picture|(image|img|photo|pic|picture)?(file|filename|filepath|path|name|id)s?|image|images|img|photo|idcode|key|uri|url|local|localpath)$/;
/** Rows looked at before a column is looked through. */
const LOOK = 200;

/** A table, as far as its pictures are looked for. */
interface Source {
  path: string;
  where: string;
  table: Table;
}

/** How well a column names pictures. */
interface Naming {
  column: Column;
  /** Different pictures that it names. */
  pictures: Set<string>;
  /** Rows that name a picture. */
  hits: number;
  isUsual: boolean;
  /** Its first value is written as pictures are called, ending and all. */
  isWritten: boolean;
}

/**
 * The column that names the most pictures; the one asked for where one is.
 * @returns null where none names any
 * @throws InputError where the one asked for names none, or two name different pictures as well
 */
export function filesColumn(
  source: Source,
  finder: Finder,
  { files: asked }: ReadingConfig,
): Column | null {
  const { table, where } = source;
  if (asked) {
    const column = columnNamed(table, asked, where);
    if (naming(source, column, finder).hits > 0) return column;
    throw new InputError('pictures.filesColumn', {
      where,
      column: asked,
      field: { path: 'data.reading.files' },
    });
  }
  const found = table.columns
    .filter((column) => mayName(source, column, finder))
    .map((column) => naming(source, column, finder))
    .filter((one) => names(one, table.rows))
    .sort(
      (a, b) =>
        b.pictures.size - a.pictures.size ||
        Number(b.isWritten) - Number(a.isWritten) ||
        Number(b.isUsual) - Number(a.isUsual),
    );
  const [best, next] = found;
  const written = writtenColumn(table);
  // Where file names are written and none is there, an id that happens to fit is no cure.
  if (!best || (written && !found.some(({ column }) => column === written))) return null;
  const equal =
    next &&
    next.pictures.size === best.pictures.size &&
    next.isWritten === best.isWritten &&
    next.isUsual === best.isUsual;
  if (equal && !areAlike(source, best.column, next.column, finder)) {
    throw new InputError('pictures.twoFileColumns', {
      where,
      column: best.column.name,
      other: next.column.name,
      field: { path: 'data.reading.files' },
    });
  }
  return best.column;
}

/** Whether a column without a match is one of file names all the same. */
export function writtenColumn({ columns, rows }: Table): Column | null {
  return (
    columns.find(
      (column) =>
        column.kind === 'words' &&
        column.words.length > rows / 2 &&
        column.words.slice(0, LOOK).every((word) => namedAsPicture(word)),
    ) ?? null
  );
}

const lookUp = (source: Source, column: Column, finder: Finder, row: number) =>
  finder.find(textAt(column, row) ?? '', { folder: dirname(source.path), ofPart: null });

function mayName(source: Source, column: Column, finder: Finder): boolean {
  if (
    column.kind === 'numbers' &&
    column.values.some((value) => value % 1 !== 0 && value === value)
  )
    return false;
  const step = Math.max(1, Math.floor(source.table.rows / LOOK));
  for (let row = 0; row < source.table.rows; row += step) {
    if (lookUp(source, column, finder, row) !== 0) return true;
  }
  return false;
}

function naming(source: Source, column: Column, finder: Finder): Naming {
  const pictures = new Set<string>();
  let hits = 0;
  for (let row = 0; row < source.table.rows; row++) {
    const found = lookUp(source, column, finder, row);
    if (found === 0) continue;
    hits++;
    // Several pictures of one name count as one: the folders or the part tell them apart later.
    pictures.add(typeof found === 'string' ? found : (textAt(column, row) ?? ''));
  }
  const [word = ''] = column.kind === 'words' ? column.words : [];
  return {
    column,
    pictures,
    hits,
    isUsual: USUAL.test(column.name.toLowerCase().replace(/[^a-z]/g, '')),
    isWritten: namedAsPicture(word),
  };
}

/** A column of classes 0 to 9 also "names" pictures called 0.png to 9.png, but few of them. */
function names({ pictures, hits, isUsual, isWritten }: Naming, rows: number): boolean {
  if (hits === 0) return false;
  if (isWritten) return true;
  const many = 2 * hits >= rows && 2 * pictures.size > hits;
  return isUsual ? many || 2 * pictures.size > hits : many;
}

function areAlike(source: Source, a: Column, b: Column, finder: Finder): boolean {
  for (let row = 0; row < source.table.rows; row++) {
    if (lookUp(source, a, finder, row) !== lookUp(source, b, finder, row)) return false;
  }
  return true;
}
