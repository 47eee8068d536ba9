/** Which files of a folder are tables, and which of them are rows to train and to test on. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { note } from '../../contract/words/notes.ts';
import { basename } from 'node:path/posix';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import { partOfPath, partsOf } from '../parts.ts';
import { isLitter } from '../pictures/kinds.ts';
import type { Tree } from '../tree/tree.ts';

const NAME = /\.(csv|tsv|tab|jsonl|ndjson|json|parquet|arff)(\.gz)?$/i;
/** Tables too, where there are none of the plainer names. */
const OTHER = /\.(data|train|test|tra|tes|trn|tst|dat|txt|svm|libsvm)(\.gz)?$/i;
/** Texts beside tables. */
const NOTES =
  /^(readme|license|licence|changelog|citation|notes?|info|index|features?|.*(description|dataset_infos?|dataset_dict|state|schema|metadata))[^/]*\.(txt|json|data)$/i;

/** Which files are rows to train and to test on. */
export interface PartFiles {
  train: string[];
  test: string[];
  inferred: Phrase[];
}

/** The files that are called as tables are. */
export function tableFiles(paths: readonly string[]): string[] {
  const kept = paths.filter((path) => !isLitter(path) && !NOTES.test(basename(path)));
  const tables = kept.filter((path) => NAME.test(path));
  const order = new Intl.Collator('en', { numeric: true });
  return (tables.length > 0 ? tables : kept.filter((path) => OTHER.test(path))).sort(
    (a, b) => order.compare(a, b) || (a < b ? -1 : 1),
  );
}

/** @throws InputError where several files are no parts of one table */
export async function partFiles(tree: Tree, control: LoadControl): Promise<PartFiles> {
  if (tree.kind === 'file') return { train: [...tree.first], test: [], inferred: [] };
  const paths = tableFiles((await tree.list(control)).map(({ path }) => path));
  if (paths.length === 1) return { train: paths, test: [], inferred: [] };
  const known = paths.filter((path) => partOfPath(path) !== null);
  const unknown = paths.filter((path) => !known.includes(path));
  const trains = known.some((path) => partOfPath(path) === 'train');
  if (!trains && unknown.length > 0) return withPlain(tree, unknown, known);
  const parts = partsOf(known, partOfPath)!;
  const of = (part: 'train' | 'test') => known.filter((path) => parts.of(path) === part);
  return {
    train: of('train'),
    test: of('test'),
    inferred: [
      sourcesSaid(of('train'), of('test')),
      ...parts.inferred,
      ...(unknown.length > 0 ? [note('notRead', { names: unknown })] : []),
    ],
  };
}

/** Files that tell no part are trained on, where they are one table. @throws InputError where not */
function withPlain(tree: Tree, plain: readonly string[], known: readonly string[]): PartFiles {
  const stems = new Set(plain.map(stemOf));
  if (stems.size > 1) {
    throw new InputError('table.whichTable', {
      where: tree.path,
      n: plain.length + known.length,
      names: [...plain, ...known],
    });
  }
  const parts = partsOf([...known, 'train'], (name) =>
    name === 'train' ? 'train' : partOfPath(name),
  )!;
  const test = known.filter((path) => parts.of(path) === 'test');
  return { train: [...plain], test, inferred: [sourcesSaid(plain, test), ...parts.inferred] };
}

/** What is left of a path without what numbers the parts of one table. */
const stemOf = (path: string): string =>
  path
    .toLowerCase()
    .replace(/(?<=^|[^a-z])(part|chunk|shard|piece|of|batch)(?=[^a-z]|$)/g, '')
    .replace(/[\d\W_]+/g, '');

const sourcesSaid = (train: readonly string[], test: readonly string[]): Phrase =>
  test.length > 0 ? note('rowsFromBoth', { train, test }) : note('rowsFrom', { train });
