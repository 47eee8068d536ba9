/** Reads tables: CSV, TSV, JSON Lines, Parquet, ARFF; one file, or a folder with parts. */
import { basename } from 'node:path';
import { InputError } from '../../errors.ts';
import type { LoadControl } from '../control.ts';
import { isArff, readArff } from '../formats/arff.ts';
import { readCsv } from '../formats/csv.ts';
import { readJsonRows } from '../formats/json-rows.ts';
import { namesFromParquet } from '../formats/hugging-face.ts';
import type { ClassNames } from '../formats/hugging-face.ts';
import type { Table } from '../formats/table.ts';
import { isParquet, readParquet } from '../parquet/index.ts';
import { isText, textOf } from '../formats/text.ts';
import type { Reader } from '../reader.ts';
import { joinTables } from '../table-join.ts';
import { tableDataset } from '../table-dataset.ts';
import type { TablePart } from '../table-dataset.ts';
import type { Tree } from '../tree/tree.ts';

const HEAD = 4096;
const NAME = /\.(csv|tsv|tab|jsonl|ndjson|json|parquet|arff)(\.gz)?$/i;

/** Whatever is laid out in rows and columns. */
export const tableReader: Reader = {
  format: 'table (CSV, TSV, JSON Lines, Parquet, ARFF)',
  async recognizes(tree) {
    if (tree.kind === 'file') return looksLikeTable(await tree.head(tree.first[0]!, HEAD));
    const named = tree.first.find((path) => NAME.test(path));
    return named !== undefined && looksLikeTable(await tree.head(named, HEAD));
  },
  async read(tree, reading, control) {
    const files = await partsOf(tree, control);
    const known: ClassNames[] = [];
    const [train, test] = await Promise.all([
      readPart(tree, files.train, control, known),
      files.test.length > 0 ? readPart(tree, files.test, control, known) : null,
    ]);
    const found = tableDataset(
      tree.path,
      tableReader.format,
      train,
      test,
      reading,
      (column) => known.map((of) => of(column)).find((names) => names !== null) ?? null,
    );
    return { ...found, inferred: [...files.inferred, ...found.inferred] };
  },
};

function looksLikeTable(head: Uint8Array): boolean {
  if (isParquet(head)) return true;
  if (!isText(head)) return false;
  const start = [...textOf(head).pieces()].join('');
  if (isArff(start) || /^\s*[[{]/.test(start)) return true;
  // Separated values: the first line has a separator, or is a name over a column.
  const [first = '', second = ''] = start.split(/\r?\n/);
  return /[,;\t|]/.test(first) || (first.length < 200 && second !== '' && second.length < 200);
}

/** Which files are rows to train and to test on. */
interface Files {
  train: string[];
  test: string[];
  inferred: string[];
}

/** @throws InputError where several files are no parts of one table */
async function partsOf(tree: Tree, control: LoadControl): Promise<Files> {
  if (tree.kind === 'file') return { train: [...tree.first], test: [], inferred: [] };
  const paths = (await tree.list(control))
    .map(({ path }) => path)
    .filter((path) => NAME.test(path))
    .sort();
  const of = (word: RegExp) => paths.filter((path) => word.test(basename(path)));
  const train = of(/(^|[-_.])(train|training)([-_.\d]|$)/i);
  const test = of(/(^|[-_.])(test|testing)([-_.\d]|$)/i);
  if (train.length === 0 && paths.length === 1) return { train: paths, test: [], inferred: [] };
  if (train.length === 0) {
    const names = paths.slice(0, 4).join(', ');
    throw new InputError(
      `${tree.path} holds ${paths.length} tables (${names}${paths.length > 4 ? ' and more' : ''}) and none is ` +
        'called "train"; give the one to use.',
    );
  }
  const left = paths.filter((path) => !train.includes(path) && !test.includes(path));
  const inferred = [
    `Rows to train on come from ${train.join(', ')}${test.length > 0 ? `, those to test on from ${test.join(', ')}` : ''}.`,
  ];
  if (left.length > 0)
    inferred.push(`Not read: ${left.slice(0, 6).join(', ')}${left.length > 6 ? ' and more' : ''}.`);
  return { train, test, inferred };
}

/** @param known gains the names of classes that Parquet files tell */
async function readPart(
  tree: Tree,
  paths: readonly string[],
  control: LoadControl,
  known: ClassNames[],
): Promise<TablePart> {
  const tables: TablePart[] = [];
  const place = (path: string) => (tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`);
  await tree.visit(
    ({ path }) => paths.includes(path),
    async ({ path }, bytes) => {
      const where = place(path);
      if (isParquet(bytes)) {
        const { table, notes } = await readParquet(bytes, where, control);
        known.push(namesFromParquet(notes));
        tables.push({ table, where });
      } else tables.push({ table: await readTable(bytes, where, control), where });
    },
    control,
  );
  return joinTables(tables);
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
  if (bytes.length === 0) throw new InputError(`${where} is empty; choose another file.`);
  if (isParquet(bytes)) return (await readParquet(bytes, where, control)).table;
  const head = bytes.subarray(0, HEAD);
  if (!isText(head)) {
    throw new InputError(`${where} is neither text nor Parquet; choose a table.`);
  }
  const start = [...textOf(head).pieces()].join('');
  if (isArff(start)) return readArff(bytes, where, control);
  if (/^\s*(\{|\[\s*(\{|$))/.test(start)) return readJsonRows(bytes, where, control);
  return readCsv(bytes, where, control);
}
