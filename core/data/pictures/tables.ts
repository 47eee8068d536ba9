/** Reads the tables and lists beside pictures, and tells what each is for. */
import { note } from '../../contract/words/notes.ts';
import { dirname, basename } from 'node:path/posix';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import type { Table } from '../formats/table.ts';
import { partNamed } from '../parts.ts';
import { readTable } from '../readers/table.ts';
import type { Tree } from '../tree/tree.ts';
import { writtenColumn } from './file-column.ts';
import { classNamesIn } from './class-names.ts';
import type { ClassNames } from './class-names.ts';
import type { Finder } from './finder.ts';
import { labelRows } from './label-table.ts';
import type { TableRows } from './label-table.ts';
import { jsonTable, listTable, numberedParts, numbersInList } from './lists.ts';
import { isList } from './files.ts';

/** What the tables beside pictures tell. */
export interface Tables {
  /** Those that name pictures, by path. */
  named: TableRows[];
  /** Names of classes by number, from a list of them. */
  classNames: ClassNames | null;
  /** Tables that name pictures of which none is there. */
  strange: string[];
  /** Why tables could not be read. */
  failed: InputError[];
  /** Files that tell nothing of pictures. */
  others: string[];
}

/** What tables are looked for in. */
interface Source {
  tree: Tree;
  paths: readonly string[];
  finder: Finder;
  reading: ReadingConfig;
}

/**
 * Reads all files that may tell of pictures.
 * @param partOf the folder that tells a picture's part
 * @throws InputError where one names pictures that are not there
 */
export async function readTables(
  { tree, paths, finder, reading }: Source,
  partOf: (path: string) => string | null,
  control: LoadControl,
): Promise<Tables> {
  const found: Tables = { named: [], classNames: null, strange: [], failed: [], others: [] };
  const wanted = new Set(paths);
  const numbers = new Map<string, string>();
  const splits: { path: string; bytes: Uint8Array }[] = [];
  if (wanted.size === 0) return found;
  const use = async (path: string, bytes: Uint8Array): Promise<void> => {
    const where = `${tree.path}, ${path}`;
    if (partNamed(basename(path)) === 'unlabelled') return void found.others.push(path);
    if (/train.?test.?split/i.test(basename(path))) return void splits.push({ path, bytes });
    const failures = found.failed.length;
    const table = await tableIn(path, bytes, where, finder, control, found);
    if (found.failed.length > failures) return;
    if (isList(path)) {
      for (const [number, picture] of numbersInList(bytes, near(path, finder)))
        numbers.set(number, picture);
    }
    if (!table) {
      const names = classNamesIn(path, bytes);
      // Clothing1M has its names in English and in Chinese.
      if (names && (!found.classNames || /eng/i.test(path))) found.classNames = names;
      else if (names) return;
      else found.others.push(path);
      return;
    }
    control.fields?.(table.columns.map(({ name }) => name));
    const askedHere = table.columns.some(({ name }) => name === reading.files);
    const asked = { ...reading, files: askedHere ? reading.files : '' };
    const rows =
      reading.files && !askedHere ? null : labelRows({ path, where, table }, finder, asked, partOf);
    if (rows) found.named.push(rows);
    else if (writtenColumn(table)) found.strange.push(path);
    else found.others.push(path);
  };
  await tree.visit(
    ({ path }) => wanted.has(path),
    ({ path }, bytes) => use(path, bytes),
    control,
  );
  for (const { path, bytes } of splits) {
    const parts = numberedParts(bytes, numbers);
    if (parts) found.named.push(numberedRows(path, `${tree.path}, ${path}`, parts));
    else found.others.push(path);
  }
  found.named.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}

async function tableIn(
  path: string,
  bytes: Uint8Array,
  where: string,
  finder: Finder,
  control: LoadControl,
  { failed }: Tables,
): Promise<Table | null> {
  const find = near(path, finder);
  if (isList(path)) return listTable(bytes, find);
  try {
    const json = /\.json(\.gz)?$/i.test(path) ? jsonTable(bytes, find) : null;
    // The bytes may be given away.
    const table = json ?? (await readTable(bytes.slice(), where, control));
    const noNames = table.columns.some(({ name }) => find(name) !== 0);
    return noNames ? listTable(bytes, find) : table;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const list = listTable(bytes, find);
    if (!list) failed.push(error);
    return list;
  }
}

/** Finds what a file names. */
const near = (path: string, finder: Finder) => (name: string) =>
  finder.find(name, { folder: dirname(path), ofPart: null });

function numberedRows(
  path: string,
  where: string,
  parts: ReadonlyMap<string, 'train' | 'test'>,
): TableRows {
  return {
    path,
    where,
    rows: [...parts].map(([picture, part]) => ({ path: picture, given: null, truth: null, part })),
    columns: [],
    labels: null,
    truth: null,
    isGuess: false,
    candidates: [],
    inferred: [note('splitFile', { path })],
  };
}
