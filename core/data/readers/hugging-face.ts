/** Reads folders of Hugging Face `datasets`: Parquet shards of pictures and their labels. */
import { inRow } from '../../contract/words/place.ts';
import type { Where } from '../../contract/words/place.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { dataFormat, note } from '../../contract/words/notes.ts';
import { basename, resolve } from 'node:path';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { InputError } from '../../contract/words/errors.ts';
import { encodeLabels } from '../classes.ts';
import type { LoadControl } from '../control.ts';
import { MOST_CLASSES, emptyParts, valuesPerSample } from '../dataset.ts';
import type { Dataset } from '../dataset.ts';
import { namesFromParquet, namesFromReadme } from '../formats/hugging-face.ts';
import type { NamesOfColumn } from '../formats/hugging-face.ts';
import { partOfPath, partsOf } from '../parts.ts';
import { hasPictures, isParquet, readPictureRows } from '../parquet/index.ts';
import type { PictureRows } from '../parquet/index.ts';
import { stackPictures } from '../pictures/stack.ts';
import type { Reader } from '../reader.ts';
import type { Tree } from '../tree/tree.ts';

const SHARD = /\.parquet$/i;
/** Bytes enough to tell a Parquet file by; its columns are told at its end. */
const HEAD = 4;

/** Rows of shards; those of a shard are counted from 1. */
interface Rows {
  /** `name`: of the picture's file; null where none is told. */
  pictures: { bytes: Uint8Array; name: string | null; shard: string; row: number }[];
  labels: Label[];
  truth: Label[] | null;
}

/** Null where a row has none. */
type Label = string | number | null;

/** Reads Parquet with a column of pictures (`{bytes, path}`); tables without one go on to the next reader. */
export const huggingFaceReader: Reader = {
  id: 'hugging-face',
  format: dataFormat('huggingFaceFolder'),
  uses: ['labels', 'truth', 'imageSize', 'colour'],
  async recognizes(tree) {
    const path = tree.first.find((each) => SHARD.test(each)) ?? tree.first[0];
    if (path === undefined || !isParquet(await tree.head(path, HEAD))) return false;
    let found = false;
    await tree.visit(
      (entry) => entry.path === path,
      async (_, bytes) => {
        found = await hasPictures(bytes, placeOf(tree, path), {});
      },
      {},
    );
    return found;
  },
  async read(tree, reading, control) {
    const { train, test, names, inferred } = await shardsOf(tree, reading, control);
    const parts = test.labels.length > 0 ? [train, test] : [train];
    const raw = (values: Label[]) => ({ values: values as string[], where: tree.path });
    const codes = encodeLabels([
      // A test part is scored by its true labels, where it has them.
      ...parts.map((part) => raw(part === test ? (test.truth ?? test.labels) : part.labels)),
      ...(train.truth ? [raw(train.truth)] : []),
    ]);
    const pictures = parts.flatMap((part) => part.pictures);
    const source = {
      where: tree.path,
      count: pictures.length,
      visit: async (
        use: (place: number, bytes: Uint8Array, where: Where) => Promise<void>,
        { signal }: LoadControl,
      ) => {
        for (const [place, picture] of pictures.entries()) {
          signal?.throwIfAborted();
          await use(place, picture.bytes, placeIn(picture));
        }
      },
    };
    const { shape, values, inferred: sized } = await stackPictures(source, reading, control);
    const ids = idsOf(train);
    const middle = train.labels.length * valuesPerSample(shape);
    return {
      name: basename(resolve(tree.path)).replace(/\.(parquet|zip|tar|tgz|tar\.gz)$/i, ''),
      format: dataFormat('huggingFace'),
      ...emptyParts(),
      inferred: [...inferred, ...codes.inferred, ...sized],
      shape,
      ...(ids ? { ids } : {}),
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

/** The names of files, where all pictures have one of their own. */
function idsOf({ pictures }: Rows): string[] | null {
  const names = pictures.flatMap(({ name }) => name ?? []);
  return new Set(names).size === pictures.length ? names : null;
}

const placeIn = ({ shard, row }: Rows['pictures'][number]): Phrase => inRow(shard, row);

const placeOf = (tree: Tree, path: string): string =>
  tree.kind === 'file' ? tree.path : `${tree.path}, ${path}`;

async function shardsOf(
  tree: Tree,
  reading: ReadingConfig,
  control: LoadControl,
): Promise<{ train: Rows; test: Rows; names: readonly string[] | null; inferred: Phrase[] }> {
  const { paths, partOf, inferred } = await servedShards(tree, control);
  const train: Rows = { pictures: [], labels: [], truth: null };
  const test: Rows = { pictures: [], labels: [], truth: null };
  const known: NamesOfColumn[] = [];
  const columns = { labels: '', truth: null as string | null };
  await tree.visit(
    ({ path }) => paths.has(path) || basename(path) === 'README.md',
    async ({ path }, bytes) => {
      if (!paths.has(path)) {
        known.push(namesFromReadme(Buffer.from(bytes).toString()));
        return;
      }
      const where = placeOf(tree, path);
      const lenient = partOf(path) === 'test';
      const asked = { labels: reading.labels, truth: reading.truth, lenient };
      const shard = await readPictureRows(bytes, where, asked, control, (rows) =>
        addRows(lenient ? test : train, rows, where),
      );
      known.push(namesFromParquet(shard.notes));
      if (!lenient) Object.assign(columns, { labels: shard.labels, truth: shard.truth });
    },
    control,
  );
  if (train.labels.length === 0) {
    throw new InputError('huggingFace.noTraining', { where: tree.path });
  }
  const names = known.map((of) => of(columns.labels)).find((list) => list !== null) ?? null;
  const said = [...inferred];
  if (!reading.labels) said.push(note('labelsIn', { name: columns.labels }));
  if (columns.truth && !reading.truth) said.push(note('trueIn', { name: columns.truth }));
  const tested = scored(test, said);
  if (names) for (const part of [train, tested]) checkLabels(part, names);
  return {
    train,
    test: tested,
    names: names && names.length <= MOST_CLASSES ? names : null,
    inferred: said,
  };
}

/**
 * The test part with labels to be scored by: the true ones where it has them. Without any it is left out.
 * @param said takes a sentence for what was guessed
 * @throws InputError where only some rows have a label
 */
function scored(test: Rows, said: Phrase[]): Rows {
  const none = ({ labels }: { labels: Label[] }) =>
    labels.every((label) => label === null || label === -1);
  if (test.truth && none({ labels: test.truth })) test.truth = null;
  if (test.labels.length === 0) return test;
  if (!test.truth && none(test)) {
    said.push(note('testWithout'));
    return { pictures: [], labels: [], truth: null };
  }
  const labels = test.truth ?? test.labels;
  const at = labels.indexOf(null);
  if (at >= 0) {
    throw new InputError('table.noLabel', { where: placeIn(test.pictures[at]!) });
  }
  if (test.truth) said.push(note('testScoredTrue'));
  return { ...test, labels };
}

/** Which shards are of which part, by words in their paths. */
async function servedShards(tree: Tree, control: LoadControl) {
  const all = (await tree.list(control)).map(({ path }) => path);
  const shards = tree.kind === 'file' ? all : all.filter((path) => SHARD.test(path));
  // Shards that tell no part are for training.
  const parts = partsOf(shards, (path) => partOfPath(path) ?? 'train');
  const used = shards.filter((path) => parts?.of(path));
  return {
    paths: new Set(used),
    partOf: (path: string) => parts?.of(path) ?? null,
    inferred: parts?.inferred ?? [],
  };
}

function addRows(to: Rows, rows: PictureRows, where: string): void {
  const { bytes, lengths, names, labels, truth } = rows;
  const before = to.pictures.at(-1);
  let row = before?.shard === where ? before.row : 0;
  let at = 0;
  for (const [i, length] of lengths.entries()) {
    const name = names[i]!;
    to.pictures.push({ bytes: bytes.subarray(at, at + length), name, shard: where, row: ++row });
    at += length;
    to.labels.push(labels[i]!);
    if (truth) (to.truth ??= []).push(truth[i]!);
  }
}

/** @throws InputError where a label is not the number of one of the classes that the data set names */
function checkLabels({ labels, pictures }: Rows, names: readonly string[]): void {
  const at = labels.findIndex((label) => typeof label === 'number' && !names[label]);
  if (at < 0) return;
  const last = names.length - 1;
  throw new InputError('huggingFace.labelRange', {
    where: placeIn(pictures[at]!),
    label: labels[at] ?? '',
    last,
    first: names[0],
    end: names[last],
  });
}
