/** Reads tables: CSV, TSV, JSON Lines, Parquet, ARFF, LIBSVM; one file, or a folder with parts. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { dataFormat, note } from '../../contract/words/notes.ts';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { isArff, readArff } from '../formats/arff.ts';
import { readCsv } from '../formats/csv.ts';
import { isSpaced } from '../formats/csv-spaces.ts';
import { alignSparse, isLibsvm, readLibsvm } from '../formats/libsvm.ts';
import { readJsonRows } from '../formats/json-rows.ts';
import { namesFromParquet } from '../formats/hugging-face.ts';
import type { NamesOfColumn } from '../formats/hugging-face.ts';
import type { Column, Table } from '../formats/table.ts';
import { isParquet, readParquet } from '../parquet/index.ts';
import { isText, decodeText } from '../formats/text.ts';
import type { Reader } from '../reader.ts';
import { joinTables } from '../table-join.ts';
import { tableDataset } from '../table-dataset.ts';
import { whyNoFeature } from '../table-leaks.ts';
import type { TablePart } from '../table-part.ts';
import { oneHotLabels, withOneLabel } from '../table-onehot.ts';
import { splitColumn, splitRows } from '../table-split.ts';
import type { Tree } from '../tree/tree.ts';
import { partFiles, tableFiles } from './table-files.ts';

const HEAD = 4096;

/** Whatever is laid out in rows and columns. */
export const tableReader: Reader = {
  id: 'table',
  format: dataFormat('table'),
  uses: ['labels', 'truth', 'missing'],
  async recognizes(tree) {
    if (tree.kind === 'file') return looksLikeTable(await tree.head(tree.first[0]!, HEAD));
    const named = tableFiles(tree.first)[0];
    return named !== undefined && looksLikeTable(await tree.head(named, HEAD));
  },
  async read(tree, reading, control) {
    const files = await partFiles(tree, control);
    const known: NamesOfColumn[] = [];
    const [whole, tested] = await Promise.all([
      readPart(tree, files.train, control, known),
      files.test.length > 0 ? readPart(tree, files.test, control, known) : null,
    ]);
    control.fields?.(whole.table.columns.map(({ name }) => name));
    const { train, test, inferred } = splitParts(whole, tested, reading);
    const found = tableDataset(
      tree.path,
      tableReader.format,
      train,
      test,
      reading,
      (column) => known.map((of) => of(column)).find((names) => names !== null) ?? null,
    );
    return { ...found, inferred: [...files.inferred, ...inferred, ...found.inferred] };
  },
};

/** The parts of a table by its own column of them, and its one-hot labels as one column. */
function splitParts(
  whole: TablePart,
  tested: TablePart | null,
  reading: ReadingConfig,
): { train: TablePart; test: TablePart | null; inferred: Phrase[] } {
  const inferred: Phrase[] = [];
  let [train, test] = [whole, tested];
  if (test) {
    const [a, b] = alignSparse([train.table, test.table]);
    [train, test] = [
      { ...train, table: a! },
      { ...test, table: b! },
    ];
  }
  const hot = oneHotLabels(whole.table);
  if (hot && ['', hot.name].includes(reading.labels)) {
    inferred.push(hot.inferred);
    const one = (part: TablePart) => ({ ...part, table: withOneLabel(part.table, hot) });
    [train, test] = [one(train), test && one(test)];
  }
  const split = splitColumn(train.table);
  if (!split || [reading.labels, reading.truth].includes(split.column)) {
    return { train, test, inferred };
  }
  if (test) {
    inferred.push(note('filesAreParts', { column: split.column }));
    const plain = (part: TablePart) => ({
      ...part,
      table: splitRows(part.table, { ...split, of: null }, part.where).train,
    });
    return { train: plain(train), test: plain(test), inferred };
  }
  // What numbers the rows of all parts does not number those of one.
  const counting = split.of
    ? train.table.columns.filter((own) => mayCount(own, train, reading))
    : [];
  for (const { name } of counting) {
    inferred.push(note('leftCounts', { column: name }));
  }
  const columns = train.table.columns.filter((own) => !counting.includes(own));
  const rows = splitRows({ ...train.table, columns }, split, train.where);
  return {
    train: {
      where: train.where,
      table: rows.train,
      ...(split.of ? { places: { at: rows.places, of: train.table.rows } } : {}),
    },
    test: rows.test && { where: train.where, table: rows.test },
    inferred: [...inferred, ...split.inferred],
  };
}

/** Whether a column numbers the rows of a table, and is not asked for. */
const mayCount = (
  column: Column,
  { table }: TablePart,
  { labels, truth }: ReadingConfig,
): boolean =>
  ![labels, truth].includes(column.name) && whyNoFeature(column, table.rows)?.byValues === true;

function looksLikeTable(head: Uint8Array): boolean {
  if (isParquet(head)) return true;
  if (!isText(head)) return false;
  const start = [...decodeText(head).pieces()].join('');
  if (isArff(start) || isLibsvm(start) || isSpaced(start) || /^\s*[[{]/.test(start)) return true;
  // Separated values: the first line has a separator, or is a name over a column.
  const [first = '', second = ''] = start.split(/\r?\n/);
  return /[,;\t|]/.test(first) || (first.length < 200 && second !== '' && second.length < 200);
}

/** @param known gains the names of classes that Parquet files tell */
async function readPart(
  tree: Tree,
  paths: readonly string[],
  control: LoadControl,
  known: NamesOfColumn[],
): Promise<TablePart> {
  const tables = new Map<string, TablePart>();
  const place = (path: string) => (tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`);
  await tree.visit(
    ({ path }) => paths.includes(path),
    async ({ path }, bytes) => {
      const where = place(path);
      if (isParquet(bytes)) {
        const { table, notes } = await readParquet(bytes, where, control);
        known.push(namesFromParquet(notes));
        tables.set(path, { table, where });
      } else tables.set(path, { table: await readTable(bytes, where, control), where });
    },
    control,
  );
  const found = paths.map((path) => tables.get(path)!);
  const aligned = alignSparse(found.map(({ table }) => table));
  return joinTables(found.map((part, i) => ({ ...part, table: aligned[i]! })));
}

/**
 * Reads one table, of whichever format its bytes are.
 * @param bytes may be given away
 * @throws InputError naming the file, the place and the cure
 */
export async function readTable(
  bytes: Uint8Array,
  where: string,
  control: LoadControl,
): Promise<Table> {
  if (bytes.length === 0) throw new InputError('table.empty', { where });
  if (isParquet(bytes)) return (await readParquet(bytes, where, control)).table;
  const head = bytes.subarray(0, HEAD);
  if (!isText(head)) {
    throw new InputError('table.noText', { where });
  }
  const start = [...decodeText(head).pieces()].join('');
  if (isArff(start)) return readArff(bytes, where, control);
  if (isLibsvm(start)) return readLibsvm(bytes, where);
  if (/^\s*(\{|\[\s*(\{|$))/.test(start)) return readJsonRows(bytes, where, control);
  return readCsv(bytes, where, control);
}
