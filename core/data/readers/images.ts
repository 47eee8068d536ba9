/** Reads pictures in class folders, or in a folder with a table of their labels. */
import { dataFormat } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { basename, resolve } from 'node:path';
import type { ReadingConfig } from '../../contract/config/data-schema.ts';
import { encodeLabels } from '../classes.ts';
import type { LoadControl } from '../control.ts';
import { emptyParts, valuesPerSample } from '../dataset.ts';
import type { Dataset, Samples } from '../dataset.ts';
import { cacheKey, readCache, writeCache } from '../pictures/cache.ts';
import { namedClasses } from '../pictures/class-names.ts';
import { emptyClasses } from '../pictures/empty.ts';
import { isTableNamed, leftOut, pictureFiles } from '../pictures/files.ts';
import type { PictureFiles } from '../pictures/files.ts';
import { finderOf } from '../pictures/finder.ts';
import {
  isLitter,
  namedAsPicture,
  PICTURE_HEAD,
  PICTURE_KINDS,
  pictureKind,
} from '../pictures/kinds.ts';
import { labelsOf } from '../pictures/labelled.ts';
import type { PictureLabels } from '../pictures/labelled.ts';
import { layoutOf } from '../pictures/layout.ts';
import type { Labelled } from '../pictures/serve.ts';
import { stackPictures } from '../pictures/stack.ts';
import type { PictureSource } from '../pictures/stack.ts';
import { readTables } from '../pictures/tables.ts';
import type { Tables } from '../pictures/tables.ts';
import type { Reader } from '../reader.ts';
import type { Tree } from '../tree/tree.ts';

/** Files without an ending that are looked into. */
const TRIES = 3;

/** Reads pictures from a folder or an archive; those of a folder are kept decoded in the user's cache. */
export const imagesReader: Reader = {
  id: 'images',
  format: dataFormat('pictureFolders', { kinds: PICTURE_KINDS }),
  uses: ['files', 'labels', 'truth', 'missing', 'imageSize', 'colour'],
  recognizes,
  async read(tree, reading, control) {
    if (tree.kind !== 'folder') return readPictures(tree, reading, control);
    const key = await cacheKey(tree.path, reading, control);
    const kept = key ? await readCache(key) : null;
    if (kept) {
      control.fields?.(kept.fields ?? []);
      return kept;
    }
    const fields: string[] = [];
    const told = (names: readonly string[]) => {
      fields.push(...names);
      control.fields?.(names);
    };
    const dataset = {
      ...(await readPictures(tree, reading, { ...control, fields: told })),
      fields,
    };
    if (key) await writeCache(key, dataset);
    return dataset;
  },
};

async function recognizes(tree: Tree): Promise<boolean> {
  if (tree.kind === 'file') return false;
  const files = tree.first.filter((path) => !isLitter(path));
  const named = files.filter(namedAsPicture);
  // A table may have a plot or two beside it; a data set of pictures has more of them than tables.
  if (named.length > 0) return named.length > files.filter(isTableNamed).length;
  for (const path of files.filter((each) => !/\.[^/]*$/.test(each)).slice(0, TRIES)) {
    if (pictureKind(await tree.head(path, PICTURE_HEAD))) return true;
  }
  return false;
}

async function readPictures(
  tree: Tree,
  reading: ReadingConfig,
  control: LoadControl,
): Promise<Dataset> {
  const files = pictureFiles((await tree.list(control)).map(({ path }) => path));
  const labels = await labelled(tree, files, reading, control);
  const [train, test] = (['train', 'test'] as const).map((part) =>
    labels.labelled.filter((each) => each.part === part),
  ) as [Labelled[], Labelled[]];
  const { codes, classes, inferred } = encoded(tree, train, test, labels);
  const all = [...train, ...test];
  const stack = await stackPictures(sourceOf(tree, all), reading, control);
  const size = valuesPerSample(stack.shape);
  const part = (from: number, to: number, own: Codes) => ({
    values: stack.values.subarray(from * size, to * size),
    ...own,
  });
  return {
    name: basename(resolve(tree.path)).replace(/\.(zip|tar|tgz|tar\.gz)$/i, ''),
    format: dataFormat('pictures'),
    ...emptyParts(),
    inferred: [...labels.inferred, ...inferred, ...stack.inferred],
    shape: stack.shape,
    ids: train.map(({ path }) => path),
    classes,
    train: part(0, train.length, codes[0]!),
    test: test.length > 0 ? part(train.length, all.length, codes[1]!) : null,
  };
}

/** @throws InputError where neither folders nor a table tell labels, or it is not clear which do */
async function labelled(
  tree: Tree,
  files: PictureFiles,
  reading: ReadingConfig,
  control: LoadControl,
): Promise<PictureLabels & { classNames: Tables['classNames'] }> {
  const layout = layoutOf(tree.path, files.pictures);
  const folders = new Map(layout.placed.map(({ path, part }) => [path, part]));
  const tables = await readTables(
    { tree, paths: files.tables, finder: finderOf(files.pictures), reading },
    (path) => folders.get(path) ?? null,
    control,
  );
  tables.others.push(...files.others);
  const labels = labelsOf(tree.path, layout, tables, reading);
  const empty =
    labels.byFolders && tree.kind === 'folder'
      ? await emptyClasses(tree.path, layout.classFolders)
      : [];
  return {
    ...labels,
    inferred: [...labels.inferred, ...leftOut(tables.others.sort(), 'leftFiles'), ...empty],
    classNames: labels.numbers ? tables.classNames : null,
  };
}

/** Class numbers of one part. */
type Codes = Pick<Samples, 'labels' | 'truth'>;

/** Class numbers of both parts; true ones where a table tells them of all pictures of a part. */
function encoded(
  { path }: Tree,
  train: readonly Labelled[],
  test: readonly Labelled[],
  { numbers, classNames }: PictureLabels & { classNames: Tables['classNames'] },
): { codes: Codes[]; classes: string[]; inferred: Phrase[] } {
  const raw = (texts: string[]) => ({ values: numbers ? texts.map(Number) : texts, where: path });
  const parts = [train, test].map((part) => ({
    given: part.map(({ label }) => label),
    truth: part.length > 0 && part.every(({ truth }) => truth !== null),
    true_: part.map(({ truth, label }) => truth ?? label),
  }));
  const lists = parts.flatMap(({ given, truth, true_ }) =>
    given.length === 0 ? [] : truth ? [given, true_] : [given],
  );
  const found = encodeLabels(lists.map(raw));
  const codes = [...found.codes];
  const named = classNames ? namedClasses(found.classes, classNames) : null;
  return {
    codes: parts.map(({ given, truth }) => ({
      labels: given.length > 0 ? codes.shift()! : new Uint8Array(),
      truth: truth ? codes.shift()! : null,
    })),
    classes: named?.classes ?? found.classes,
    inferred: [...found.inferred, ...(named?.inferred ?? [])],
  };
}

function sourceOf(tree: Tree, labelled: readonly Labelled[]): PictureSource {
  const places = new Map<string, number[]>();
  for (const [place, { path }] of labelled.entries()) {
    places.set(path, [...(places.get(path) ?? []), place]);
  }
  return {
    where: tree.path,
    count: labelled.length,
    visit: (use, control) =>
      tree.visit(
        ({ path }) => places.has(path),
        async ({ path }, bytes) => {
          for (const place of places.get(path)!) await use(place, bytes, `${tree.path}, ${path}`);
        },
        control,
      ),
  };
}
