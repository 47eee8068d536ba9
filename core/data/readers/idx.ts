/** Reads MNIST-style IDX files: MNIST, Fashion-MNIST, KMNIST, EMNIST. */
import type { Phrase } from '../../contract/words/phrase.ts';
import { dataFormat, note } from '../../contract/words/notes.ts';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../contract/words/errors.ts';
import { encodeLabels } from '../classes.ts';
import type { RawLabels } from '../classes.ts';
import type { LoadControl } from '../control.ts';
import { emptyParts } from '../dataset.ts';
import type { Dataset, SampleShape } from '../dataset.ts';
import { isIdx, readIdx } from '../formats/idx.ts';
import type { NdArray } from '../formats/arrays.ts';
import type { Reader } from '../reader.ts';
import { openTree } from '../tree/open.ts';
import type { Tree } from '../tree/tree.ts';

/** The usual names: what set, which part, images or labels. */
const NAME = /^(?:(.+)[-_])?(train|t10k|test)[-_](images|labels)[.-]idx[13][-.]ubyte(\.gz)?$/i;

/** The word on disk for each part. */
interface Name {
  set: string;
  part: 'train' | 'test';
  what: 'images' | 'labels';
}

/** The bytes of a set, by part and by what they are. */
type Files = Map<string, { where: string; bytes: Uint8Array }>;

interface Part {
  images: NdArray;
  labels: RawLabels;
  where: string;
}

/** Reads a tree with such files, or one file of images with its labels beside it. */
export const idxReader: Reader = {
  id: 'idx',
  format: dataFormat('idx'),
  uses: [],
  recognizes: async (tree) =>
    tree.first.some((path) => nameOf(path)) ||
    (tree.kind === 'file' && isSingle(await tree.head(tree.first[0]!, 4))),
  read: async (tree, _reading, control) => {
    const files =
      tree.kind === 'file' ? await filesBeside(tree, control) : await filesIn(tree, control);
    return datasetOf(tree, files);
  },
};

const isSingle = (head: Uint8Array): boolean => isIdx(head, 3) || isIdx(head, 1);

function nameOf(path: string): Name | null {
  const found = NAME.exec(basename(path));
  if (!found) return null;
  return {
    set: `${dirname(path)}/${found[1] ?? ''}`.toLowerCase(),
    part: found[2]!.toLowerCase() === 'train' ? 'train' : 'test',
    what: found[3]!.toLowerCase() as Name['what'],
  };
}

const keyOf = ({ part, what }: Pick<Name, 'part' | 'what'>): string => `${part} ${what}`;

/** @throws InputError where the tree holds several sets */
async function filesIn(tree: Tree, control: LoadControl): Promise<Files> {
  const named = (await tree.list(control)).flatMap((entry) => {
    const name = nameOf(entry.path);
    return name ? [{ ...name, path: entry.path }] : [];
  });
  const sets = [...new Set(named.map(({ set }) => set))];
  if (sets.length > 1) {
    const names = sets.map((set) => set.replace(/^\.\//, '') || '(no name)');
    throw new InputError('idx.several', { where: tree.path, n: sets.length, names });
  }
  const paths = new Map<string, string>();
  // Where a file is there plain and gzipped, either will do.
  for (const name of named) if (!paths.has(keyOf(name))) paths.set(keyOf(name), name.path);
  const wanted = new Map([...paths].map(([key, path]) => [path, key]));
  const files: Files = new Map();
  await tree.visit(
    ({ path }) => wanted.has(path),
    ({ path }, bytes) => {
      files.set(wanted.get(path)!, { where: `${tree.path}, ${path}`, bytes });
    },
    control,
  );
  return files;
}

/** A file of images, its labels, and the other part, all in one folder. */
async function filesBeside({ path }: Tree, control: LoadControl): Promise<Files> {
  const name = basename(path);
  if (!/images/i.test(name)) {
    throw new InputError('idx.notImages', { where: path });
  }
  const usual = nameOf(name);
  const parts = usual ? ['train', 't10k', 'test'] : [null];
  const files: Files = new Map();
  for (const part of parts) {
    for (const what of ['images', 'labels'] as const) {
      const file = siblings(path, part, what).find((other) => existsSync(other));
      if (!file) continue;
      const tree = await openTree(file, control);
      const key = keyOf({ part: part === null || part === 'train' ? 'train' : 'test', what });
      await tree.visit(
        () => true,
        (_, bytes) => void files.set(key, { where: file, bytes }),
        control,
      );
    }
  }
  return files;
}

/** What the file of a part may be called, plain and gzipped. */
function siblings(path: string, part: string | null, what: 'images' | 'labels'): string[] {
  let name = basename(path).replace(/\.gz$/i, '');
  if (part) name = name.replace(/(train|t10k|test)(?=[-_]images)/i, part);
  if (what === 'labels') name = name.replace(/images/i, 'labels').replace(/idx3/i, 'idx1');
  return [name, `${name}.gz`].map((file) => join(dirname(path), file));
}

function datasetOf(tree: Tree, files: Files): Dataset {
  const emnist = [tree.path, ...tree.first].some((path) => /emnist/i.test(basename(path)));
  const inferred: Phrase[] = [];
  let [train, test] = [partOf(tree, files, 'train'), partOf(tree, files, 'test')];
  if (!train && test) {
    [train, test] = [test, null];
    inferred.push(note('onlyTest'));
  }
  if (!train) {
    throw new InputError('idx.noTraining', { where: tree.path });
  }
  checkAlike(tree, train, test);
  const parts = test ? [train, test] : [train];
  const encoded = encodeLabels(parts.map(({ labels }) => labels));
  if (emnist) inferred.push(note('emnist'));
  const [, height, width] = train.images.shape as [number, number, number];
  const samples = (part: Part, i: number) => ({
    values: upright(part.images, emnist),
    labels: encoded.codes[i]!,
    truth: null,
  });
  return {
    name: basename(resolve(tree.path)),
    format: idxReader.format,
    ...emptyParts(),
    inferred: [...inferred, ...encoded.inferred],
    shape: (emnist ? [width, height, 1] : [height, width, 1]) satisfies SampleShape,
    classes: emnist ? letters(encoded.classes) : encoded.classes,
    train: samples(train, 0),
    test: test ? samples(test, 1) : null,
  };
}

function partOf(tree: Tree, files: Files, part: Name['part']): Part | null {
  const pictures = files.get(keyOf({ part, what: 'images' }));
  const classes = files.get(keyOf({ part, what: 'labels' }));
  if (!pictures && !classes) return null;
  if (!pictures || !classes) {
    const [has, lacks] = pictures ? [pictures, 'labels'] : [classes!, 'images'];
    throw new InputError('idx.fileMissing', {
      where: has.where,
      part,
      lacks,
      path: dirname(tree.path),
    });
  }
  const images = readIdx(pictures.bytes, 3, pictures.where);
  const labels = readIdx(classes.bytes, 1, classes.where);
  if (images.shape[0] !== labels.shape[0]) {
    throw new InputError('idx.counts', {
      where: classes.where,
      labels: labels.shape[0],
      images: images.shape[0],
      file: basename(pictures.where),
    });
  }
  const values = labels.values as ArrayLike<number>;
  return { images, labels: { values, where: classes.where }, where: pictures.where };
}

function checkAlike(tree: Tree, train: Part, test: Part | null): void {
  const [a, b] = [train, test ?? train].map(({ images }) => images.shape.slice(1).join(' x '));
  if (a === b) return;
  throw new InputError('idx.sizes', { where: tree.path, test: b, training: a });
}

/** Bytes stay bytes; other types become float32. Pictures on their side are turned. */
function upright({ shape, values, kind }: NdArray, turn: boolean): Uint8Array | Float32Array {
  const bytes = kind === 'int' && values instanceof Uint8Array;
  const flat = bytes ? values : Float32Array.from(values as ArrayLike<number>);
  if (!turn) return flat;
  const [count, height, width] = shape as [number, number, number];
  const turned = bytes ? new Uint8Array(flat.length) : new Float32Array(flat.length);
  const size = height * width;
  for (let sample = 0; sample < count; sample++) {
    const from = sample * size;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        turned[from + column * height + row] = flat[from + row * width + column]!;
      }
    }
  }
  return turned;
}

/** EMNIST's letters are 1 to 26; its other sets keep their numbers. */
function letters(classes: string[]): string[] {
  if (classes.length !== 26 || classes[0] !== '1') return classes;
  return classes.map((_, i) => String.fromCharCode('a'.charCodeAt(0) + i));
}
