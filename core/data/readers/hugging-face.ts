/** Reads folders of Hugging Face `datasets`: Parquet shards of pictures and their labels. */
import { basename, resolve } from 'node:path';
import { parquetRead } from 'hyparquet';
import type { FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { ReadingConfig } from '../../config/data-schema.ts';
import { InputError } from '../../errors.ts';
import { encodeLabels } from '../classes.ts';
import type { LoadControl } from '../control.ts';
import { MOST_CLASSES, plain, sizeOf } from '../dataset.ts';
import type { Dataset } from '../dataset.ts';
import { namesFromParquet, namesFromReadme } from '../formats/hugging-face.ts';
import type { ClassNames } from '../formats/hugging-face.ts';
import { bufferOf, isParquet, parquetHeader } from '../formats/parquet.ts';
import { leftOut } from '../pictures/layout.ts';
import { stackPictures } from '../pictures/stack.ts';
import type { Reader } from '../reader.ts';
import { GIVEN, LABEL, TRUTH } from '../table-roles.ts';
import type { Tree } from '../tree/tree.ts';

const SHARD = /\.parquet$/i;
/** Bytes enough to tell a Parquet file by; its columns are told at its end. */
const HEAD = 4;

/** Rows of shards. */
interface Rows {
  pictures: { bytes: Uint8Array; where: string }[];
  labels: (string | number)[];
  truth: (string | number)[] | null;
}

/** Reads Parquet with a column of pictures (`{bytes, path}`); tables without one go on to the next reader. */
export const huggingFaceReader: Reader = {
  format: 'Hugging Face datasets folder of pictures (Parquet)',
  async recognizes(tree) {
    const path = tree.first.find((each) => SHARD.test(each)) ?? tree.first[0];
    if (path === undefined || !isParquet(await tree.head(path, HEAD))) return false;
    let found = false;
    await tree.visit(
      (entry) => entry.path === path,
      (_, bytes) => {
        found = pictureColumn(parquetHeader(bytes, placeOf(tree, path))) !== null;
      },
      {},
    );
    return found;
  },
  async read(tree, reading, control) {
    const { train, test, names, inferred } = await shardsOf(tree, reading, control);
    const parts = test.labels.length > 0 ? [train, test] : [train];
    const raw = (values: (string | number)[]) => ({ values: values as string[], where: tree.path });
    const codes = encodeLabels([
      ...parts.map(({ labels }) => raw(labels)),
      ...(train.truth ? [raw(train.truth)] : []),
    ]);
    const pictures = parts.flatMap((part) => part.pictures);
    const source = {
      where: tree.path,
      count: pictures.length,
      visit: async (
        use: (place: number, bytes: Uint8Array, where: string) => Promise<void>,
        { signal }: LoadControl,
      ) => {
        for (const [place, { bytes, where }] of pictures.entries()) {
          signal?.throwIfAborted();
          await use(place, bytes, where);
        }
      },
    };
    const { shape, values, inferred: sized } = await stackPictures(source, reading, control);
    const middle = train.labels.length * sizeOf(shape);
    return {
      name: basename(resolve(tree.path)).replace(/\.(parquet|zip|tar|tgz|tar\.gz)$/i, ''),
      format: 'Hugging Face datasets',
      ...plain(),
      inferred: [...inferred, ...codes.inferred, ...sized],
      shape,
      classes: codes.classes.map((name) => names?.[Number(name)] ?? name),
      train: {
        values: values.subarray(0, middle),
        labels: codes.codes[0]!,
        truth: train.truth ? codes.codes.at(-1)! : null,
      },
      test:
        parts.length > 1
          ? { values: values.subarray(middle), labels: codes.codes[1]!, truth: null }
          : null,
    } satisfies Dataset;
  },
};

const placeOf = (tree: Tree, path: string): string =>
  tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`;

/** The column whose children are `bytes` and `path`; null where there is none. */
function pictureColumn({ schema }: FileMetaData): string | null {
  const at = schema.findIndex(
    ({ num_children: children }, i) =>
      i > 0 &&
      children === 2 &&
      [schema[i + 1]?.name, schema[i + 2]?.name].sort().join() === 'bytes,path',
  );
  return schema[at]?.name ?? null;
}

async function shardsOf(
  tree: Tree,
  reading: ReadingConfig,
  control: LoadControl,
): Promise<{ train: Rows; test: Rows; names: readonly string[] | null; inferred: string[] }> {
  const { paths, partOf, inferred } = await partsOf(tree, control);
  const train: Rows = { pictures: [], labels: [], truth: null };
  const test: Rows = { pictures: [], labels: [], truth: null };
  const known: ClassNames[] = [];
  let column = '';
  await tree.visit(
    ({ path }) => paths.has(path) || basename(path) === 'README.md',
    async ({ path }, bytes) => {
      if (!paths.has(path)) {
        known.push(namesFromReadme(Buffer.from(bytes).toString()));
        return;
      }
      const where = placeOf(tree, path);
      const metadata = parquetHeader(bytes, where);
      known.push(namesFromParquet(metadata));
      column = await addRows(partOf(path) === 'test' ? test : train, bytes, metadata, {
        where,
        reading,
      });
    },
    control,
  );
  if (train.labels.length === 0) {
    throw new InputError(`${tree.path} has no rows to train on; choose another data set.`);
  }
  const names = known.map((of) => of(column)).find((list) => list !== null) ?? null;
  return {
    train,
    test,
    names: names && names.length <= MOST_CLASSES ? names : null,
    inferred: [...inferred, ...(reading.labels ? [] : [`Labels are in column "${column}".`])],
  };
}

/** Which shards are of which part, by words in their paths; all are for training where none says so. */
async function partsOf(tree: Tree, control: LoadControl) {
  const all = (await tree.list(control)).map(({ path }) => path);
  const shards = tree.kind === 'file' ? all : all.filter((path) => SHARD.test(path));
  const has = (path: string, word: RegExp) => path.split(/[^A-Za-z]+/).some((w) => word.test(w));
  const tests = shards.filter((path) => has(path, /^(test|testing)$/i));
  const valid = shards.filter((path) => has(path, /^(val|valid|validation)$/i));
  const train = shards.filter((path) => !tests.includes(path) && !valid.includes(path));
  const instead = tests.length === 0 && valid.length > 0;
  const tested = new Set(instead ? valid : tests);
  // A lone part, whatever it is called, is there to train on.
  const used = train.length > 0 ? [...train, ...tested] : shards;
  return {
    paths: new Set(used),
    partOf: (path: string) => (train.length > 0 && tested.has(path) ? 'test' : 'train'),
    inferred: [
      ...(instead && train.length > 0 ? ['The validation shards are used as the test part.'] : []),
      ...leftOut(
        shards.filter((path) => !used.includes(path)),
        'shards',
      ),
    ],
  };
}

/**
 * Adds a shard's rows.
 * @returns the column of its labels
 */
async function addRows(
  to: Rows,
  bytes: Uint8Array,
  metadata: FileMetaData,
  { where, reading }: { where: string; reading: ReadingConfig },
): Promise<string> {
  const pictures = pictureColumn(metadata);
  const columns = metadata.schema.map(({ name }) => name);
  const usual = (names: readonly string[]) =>
    names.map((name) => columns.find((each) => each.toLowerCase() === name)).find(Boolean);
  const labels = reading.labels || usual([...GIVEN, 'fine_label', ...LABEL]);
  const truth = reading.truth || usual(TRUTH);
  if (!pictures || !labels || !columns.includes(labels)) {
    throw new InputError(
      `${where} has no column ${pictures ? `"${labels ?? 'label'}"` : 'of pictures'}; name the column of labels with data.reading.labels.`,
    );
  }
  const rows = await rowsOf(bytes, metadata, where, [pictures, labels, ...(truth ? [truth] : [])]);
  for (const [i, row] of rows.entries()) {
    const place = `${where}, row ${i + 1}`;
    const picture = (row[pictures] as { bytes?: unknown } | null)?.bytes;
    if (!(picture instanceof Uint8Array)) {
      throw new InputError(`${place} holds no bytes of a picture; write the data set with them.`);
    }
    to.pictures.push({ bytes: picture, where: place });
    to.labels.push(labelOf(row[labels], place));
    if (truth) (to.truth ??= []).push(labelOf(row[truth], place));
  }
  return labels;
}

function labelOf(value: unknown, place: string): string | number {
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw new InputError(`${place} has no label; fill it in or take out the row.`);
}

async function rowsOf(
  bytes: Uint8Array,
  metadata: FileMetaData,
  where: string,
  columns: string[],
): Promise<Record<string, unknown>[]> {
  let rows: Record<string, unknown>[] = [];
  try {
    await parquetRead({
      file: bufferOf(bytes),
      metadata,
      columns,
      compressors,
      utf8: false,
      rowFormat: 'object',
      onComplete: (found) => void (rows = found),
    });
  } catch {
    throw new InputError(`${where} is a damaged or cut Parquet file; write or copy it again.`);
  }
  return rows;
}
