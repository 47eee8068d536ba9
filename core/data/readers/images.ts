/** Reads pictures in class folders, or in a folder with a table of their labels. */
import { basename, resolve } from 'node:path';
import type { ReadingConfig } from '../../config/data-schema.ts';
import { encodeLabels } from '../classes.ts';
import type { LoadControl } from '../control.ts';
import { plain, sizeOf } from '../dataset.ts';
import type { Dataset } from '../dataset.ts';
import { cacheKey, readCache, writeCache } from '../pictures/cache.ts';
import { refuseEmptyClasses } from '../pictures/empty.ts';
import {
  isLitter,
  namedAsPicture,
  PICTURE_HEAD,
  PICTURE_KINDS,
  pictureKind,
} from '../pictures/kinds.ts';
import { byTables, namesFiles } from '../pictures/label-table.ts';
import type { LabelTable } from '../pictures/label-table.ts';
import { byFolders, isTableNamed, pictureFiles, refuseUnlabelled } from '../pictures/layout.ts';
import type { Folders, Labelled } from '../pictures/layout.ts';
import { stackPictures } from '../pictures/stack.ts';
import type { PictureSource } from '../pictures/stack.ts';
import type { Reader } from '../reader.ts';
import type { Tree } from '../tree/tree.ts';
import { readTable } from './table.ts';

/** Files without an ending that are looked into. */
const TRIES = 3;

/** Reads pictures from a folder or an archive; those of a folder are kept decoded in the user's cache. */
export const imagesReader: Reader = {
  format: `pictures in class folders or with a CSV of labels (${PICTURE_KINDS})`,
  uses: ['labels', 'truth', 'imageSize', 'colour'],
  recognizes,
  async read(tree, reading, control) {
    if (tree.kind !== 'folder') return readPictures(tree, reading, control);
    const key = await cacheKey(tree.path, reading, control);
    const kept = key ? await readCache(key) : null;
    if (kept) return kept;
    const dataset = await readPictures(tree, reading, control);
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
  const paths = (await tree.list(control)).map(({ path }) => path);
  const files = pictureFiles(paths);
  const folders = await labelsOf(tree, files.pictures, paths, reading, control);
  const [train, test] = (['train', 'test'] as const).map((part) =>
    folders.labelled.filter((each) => each.part === part),
  ) as [Labelled[], Labelled[]];
  const labelled = [...train, ...test];
  // Where all is called test, it is what there is to train on.
  const trained = train.length || labelled.length;
  const { codes, classes, inferred } = encoded(tree, { ...folders, labelled });
  const {
    shape,
    values,
    inferred: sized,
  } = await stackPictures(sourceOf(tree, labelled), reading, control);
  const size = sizeOf(shape);
  const [labels, truth = null] = codes;
  const part = (from: number, to: number) => ({
    values: values.subarray(from * size, to * size),
    labels: labels!.subarray(from, to),
    truth: truth?.subarray(from, to) ?? null,
  });
  return {
    name: basename(resolve(tree.path)).replace(/\.(zip|tar|tgz|tar\.gz)$/i, ''),
    format: 'pictures',
    ...plain(),
    inferred: [...folders.inferred, ...files.inferred, ...inferred, ...sized],
    shape,
    classes,
    train: part(0, trained),
    test: trained < labelled.length ? part(trained, labelled.length) : null,
  };
}

/** @throws InputError where neither folders nor a table tell labels */
async function labelsOf(
  tree: Tree,
  pictures: readonly string[],
  paths: readonly string[],
  reading: ReadingConfig,
  control: LoadControl,
): Promise<Folders> {
  const folders = byFolders(pictures);
  if (folders) {
    if (tree.kind === 'folder') await refuseEmptyClasses(tree.path, folders.labelled);
    return folders;
  }
  const tables: LabelTable[] = [];
  const named = new Set(paths.filter(isTableNamed));
  if (named.size > 0) {
    await tree.visit(
      ({ path }) => named.has(path),
      async ({ path }, bytes) => {
        const where = `${tree.path}, ${path}`;
        const table = await readTable(bytes, where, control);
        if (namesFiles(table)) tables.push({ path, where, table });
      },
      control,
    );
  }
  return tables.length > 0
    ? byTables(tables, pictures, reading)
    : refuseUnlabelled(tree.path, pictures);
}

/** Class numbers of all pictures; true ones where a table tells them. */
function encoded({ path }: Tree, { labelled, numbers }: Folders) {
  const raw = (texts: string[]) => ({ values: numbers ? texts.map(Number) : texts, where: path });
  const given = raw(labelled.map(({ label }) => label));
  const told = labelled.some(({ truth }) => truth !== null);
  return encodeLabels(
    told ? [given, raw(labelled.map(({ truth, label }) => truth ?? label))] : [given],
  );
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
