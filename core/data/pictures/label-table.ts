/** What one table tells of pictures: which row names which, with what labels and part. */
import { note } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { dirname } from 'node:path/posix';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { Column, Table } from '../formats/table.ts';
import { partNamed } from '../parts.ts';
import { filesColumn } from './file-column.ts';
import type { Finder } from './finder.ts';
import { labelColumns } from './label-columns.ts';
import type { LabelColumns } from './label-columns.ts';
import { textAt } from '../formats/table.ts';
import { isListed } from './lists.ts';
import { splitOfPictures } from './split-column.ts';

/** A table and where it lies in the tree. */
export interface LabelTable {
  path: string;
  /** What errors name. */
  where: string;
  table: Table;
}

/** A row that names a picture. */
export interface LabelRow {
  path: string;
  given: string | null;
  truth: string | null;
  /** The words that tell its part; null where none do. */
  part: string | null;
}

/** What a table tells. */
export interface TableRows {
  path: string;
  where: string;
  rows: LabelRow[];
  /** Names of all its columns. */
  columns: string[];
  /** Name of the column of labels; null where it has none. */
  labels: string | null;
  /** Name of the column of true labels besides; null where it has none. */
  truth: string | null;
  /** Whether the column of labels was the only one left, not one called so. */
  isGuess: boolean;
  /** Columns of which each could be the labels; empty where that is clear. */
  candidates: string[];
  inferred: Phrase[];
}

/**
 * Reads the rows of a table that names pictures.
 * @param partOf the folder that tells a picture's part
 * @returns null where none of its columns names any
 * @throws InputError where a picture or a label is missing
 */
export function labelRows(
  from: LabelTable,
  finder: Finder,
  reading: ReadingConfig,
  partOf: (path: string) => string | null,
): TableRows | null {
  const { path, where, table } = from;
  const files = filesColumn(from, finder, reading);
  if (!files) return null;
  const rest = { ...table, columns: table.columns.filter((column) => column !== files) };
  const split = splitOfPictures(rest, where);
  const others = { ...rest, columns: rest.columns.filter((column) => column !== split?.column) };
  const columns = chosen(others, reading);
  const own = partNamed(path.split('/').at(-1)!) === null ? null : path;
  const take = new Taking(from, finder, reading);
  const rows: LabelRow[] = [];
  for (let row = 0; row < table.rows; row++) {
    const part = split ? split.of(row) : own;
    const ofPart = (each: string) => {
      const folder = partOf(each);
      return part !== null && folder !== null && partNamed(folder) === partNamed(part);
    };
    const picture = take.picture(files, row, ofPart);
    if (picture === null) continue;
    const given = columns.labels && take.label(columns.labels, row);
    if (columns.labels && given === null) continue;
    rows.push({
      path: picture,
      given,
      truth: columns.truth && take.label(columns.truth, row),
      part,
    });
  }
  return {
    path,
    where,
    rows,
    columns: table.columns.map(({ name }) => name),
    labels: columns.labels?.name ?? null,
    truth: columns.truth?.name ?? null,
    isGuess: columns.isGuess,
    candidates: columns.candidates,
    inferred: [
      ...table.inferred,
      ...(isListed(table) || reading.files ? [] : [note('filesColumn', { column: files.name })]),
      ...(isListed(table) ? [] : columns.inferred),
      ...(split?.inferred ?? []),
      ...take.said(),
    ],
  };
}

/** The columns of labels, as asked for or by name and values. */
function chosen(table: Table, { labels, truth }: ReadingConfig): LabelColumns {
  const named = (name: string) => table.columns.find((column) => column.name === name) ?? null;
  const [asked, askedTruth] = [named(labels), named(truth)];
  if (labels === '' || asked) return labelColumns(table, asked, askedTruth);
  // Another table has it.
  return { labels: null, truth: askedTruth, isGuess: false, candidates: [], inferred: [] };
}

/** Takes cells and collects what is missing. */
class Taking {
  private readonly gone: { row: number; name: string }[] = [];
  private unlabelled = 0;
  private elsewhere = 0;

  constructor(
    private readonly from: LabelTable,
    private readonly finder: Finder,
    private readonly reading: ReadingConfig,
  ) {}

  picture(files: Column, row: number, ofPart: (path: string) => boolean): string | null {
    const name = textAt(files, row) ?? '';
    const found = this.finder.find(name, { folder: dirname(this.from.path), ofPart });
    if (typeof found === 'string') {
      if (this.finder.isElsewhere(name, found)) this.elsewhere++;
      return found;
    }
    if (found > 1) {
      throw new InputError('pictures.sameName', {
        where: this.from.where,
        row: row + 1,
        name: short(name),
        found,
      });
    }
    this.gone.push({ row: row + 1, name: short(name) });
    return null;
  }

  label(column: Column, row: number): string | null {
    const text = textAt(column, row);
    if (text !== null) return text;
    if (this.reading.missing !== 'drop') {
      throw new InputError('pictures.noValue', {
        where: this.from.where,
        row: row + 1,
        column: column.name,
        field: { path: 'data.reading.missing' },
      });
    }
    this.unlabelled++;
    return null;
  }

  /** @throws InputError where pictures are missing, unless such rows are to be left out */
  said(): Phrase[] {
    const { gone, unlabelled, elsewhere, from } = this;
    const [first] = gone;
    if (first && this.reading.missing !== 'drop') {
      throw new InputError(gone.length > 1 ? 'pictures.severalNotThere' : 'pictures.notThere', {
        where: from.where,
        row: first.row,
        name: first.name,
        n: gone.length,
        rows: from.table.rows,
        others: gone.slice(1).map(({ name }) => `"${name}"`),
        field: { path: 'data.reading.missing' },
      });
    }
    const table = from.path;
    const names = gone.slice(0, 6).map(({ name }) => `"${name}"`);
    return [
      ...(first ? [note('rowsGone', { table, n: gone.length, names })] : []),
      ...(unlabelled > 0 ? [note('rowsWithoutLabel', { table, n: unlabelled })] : []),
      ...(elsewhere > 0 ? [note('foundElsewhere', { table, n: elsewhere })] : []),
    ];
  }
}

const short = (name: string): string => name.slice(0, 120);
