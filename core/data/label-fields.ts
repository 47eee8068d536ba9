/** Reads a file of labels into its columns or arrays, by their names. */
import type { Phrase } from '../contract/words/phrase.ts';
import { note } from '../contract/words/notes.ts';
import { InputError } from '../contract/words/errors.ts';
import type { LoadControl } from './control.ts';
import type { NdArray } from './formats/arrays.ts';
import { isNpy, npyPickle, readNpy } from './formats/npy.ts';
import { isPickle, readPickle } from './formats/pickle.ts';
import { asArray } from './formats/pickle-names.ts';
import { Pending } from './formats/pickle-values.ts';
import type { Value } from './formats/pickle-values.ts';
import type { Column } from './formats/table.ts';
import { isText, decodeText } from './formats/text.ts';
import { isOldTorch, isTorch, readTorch } from './formats/torch.ts';
import { readTable } from './readers/table.ts';
import type { Tree } from './tree/tree.ts';

/** Columns or arrays by their names; an array alone has none. */
export interface Fields {
  arrays: Map<string, NdArray>;
  /** What was guessed, a sentence each. */
  inferred: Phrase[];
}

/** The first bytes tell all kinds apart. */
const HEAD = 16;

/** @throws InputError where it cannot be read, or holds no arrays */
export async function readFields(tree: Tree, control: LoadControl): Promise<Fields> {
  const { path } = tree;
  if (isTorch(tree)) return ofPickle(await readTorch(tree, control), path);
  const found: Fields = { arrays: new Map(), inferred: [] };
  const add = ({ arrays, inferred }: Fields) => {
    arrays.forEach((array, name) => found.arrays.set(name, array));
    found.inferred.push(...inferred);
  };
  await tree.visit(
    ({ path: inner }) => tree.kind === 'file' || /\.npy$/i.test(inner),
    async ({ path: inner }, bytes) => {
      if (tree.kind === 'file') add(await ofFile(bytes, path, control));
      else found.arrays.set(inner.replace(/\.npy$/i, ''), readNpy(bytes, `${path}, ${inner}`));
    },
    control,
  );
  if (found.arrays.size > 0) return found;
  throw new InputError('labelsFile.none', { where: path });
}

async function ofFile(bytes: Uint8Array, path: string, control: LoadControl): Promise<Fields> {
  const head = bytes.subarray(0, HEAD);
  if (isNpy(head)) {
    const pickle = npyPickle(bytes, path);
    return pickle ? ofPickle(readPickle(pickle, path), path) : one(readNpy(bytes, path));
  }
  if (isOldTorch(head)) {
    throw new InputError('torch.old', { where: path });
  }
  if (isPickle(head)) return ofPickle(readPickle(bytes, path), path);
  const start = isText(head) ? [...decodeText(head).pieces()].join('').trimStart() : '';
  if (/^[[{]/.test(start)) {
    const found = ofJson(bytes, path);
    if (found) return found;
    if (start.startsWith('[')) throw new InputError('labelsFile.badJson', { where: path });
  }
  if (bytes.length === 0) return { arrays: new Map(), inferred: [] };
  const { columns, inferred } = await readTable(bytes, path, control);
  return {
    arrays: new Map(columns.map((column) => [column.name, arrayOf(column)])),
    inferred: inferred.map((said) => note('labelsFile', { said })),
  };
}

const one = (array: NdArray): Fields => ({ arrays: new Map([['', array]]), inferred: [] });

function none(path: string): never {
  throw new InputError('labelsFile.noList', { where: path });
}

/** The arrays of a dict, or one array alone. */
function ofPickle(value: Value, path: string): Fields {
  const inner = value instanceof Pending && value.objects?.length === 1 ? value.objects[0]! : value;
  const arrays = new Map<string, NdArray>();
  const entries = inner instanceof Map ? [...inner] : [['', inner] as const];
  for (const [name, item] of entries) {
    const array = asArray(item);
    if (array) arrays.set(String(name), array);
  }
  if (arrays.size > 0) return { arrays, inferred: [] };
  throw new InputError('labelsFile.noArrays', { where: path });
}

/** Lists and objects of labels; null where it is not one JSON value, but a line each. */
function ofJson(bytes: Uint8Array, path: string): Fields | null {
  let value: unknown;
  try {
    value = JSON.parse([...decodeText(bytes).pieces()].join(''));
  } catch {
    return null;
  }
  if (Array.isArray(value)) return ofList(value as unknown[], path);
  if (typeof value !== 'object' || value === null) return none(path);
  const entries = Object.entries(value);
  if (entries.every(([, each]) => Array.isArray(each))) {
    const arrays = new Map(
      entries.map(([name, list]) => [name, ofJsonList(list as unknown[], path)]),
    );
    return { arrays, inferred: [] };
  }
  const labels = ofJsonList(
    entries.map(([, each]) => each),
    path,
  );
  const names = textArray(entries.map(([name]) => name));
  return {
    arrays: new Map([
      ['file', names],
      ['label', labels],
    ]),
    inferred: [],
  };
}

function ofList(list: unknown[], path: string): Fields {
  const isRow = (item: unknown): item is Record<string, unknown> =>
    typeof item === 'object' && item !== null && !Array.isArray(item);
  if (!list.every(isRow)) return one(ofJsonList(list, path));
  const names = [...new Set(list.flatMap((row) => Object.keys(row)))];
  const arrays = names.map(
    (name) =>
      [
        name,
        ofJsonList(
          list.map((row) => row[name]),
          path,
        ),
      ] as const,
  );
  return { arrays: new Map(arrays), inferred: [] };
}

function ofJsonList(list: unknown[], path: string): NdArray {
  const width = Array.isArray(list[0]) ? list[0].length : 0;
  if (width > 0 && list.every((row) => Array.isArray(row) && row.length === width)) {
    const flat = ofJsonList((list as unknown[][]).flat(), path);
    return { ...flat, shape: [list.length, width] };
  }
  const plain = list.map((item) => (typeof item === 'boolean' ? Number(item) : (item ?? null)));
  if (plain.every((item) => item === null || typeof item === 'number')) {
    const values = Float64Array.from(plain, (item) => item ?? NaN);
    return { shape: [list.length], kind: 'int', values };
  }
  if (
    !plain.every((item) => item === null || typeof item === 'string' || typeof item === 'number')
  ) {
    return none(path);
  }
  return textArray(plain.map((item) => String(item ?? '')));
}

const textArray = (values: string[]): NdArray => ({ shape: [values.length], kind: 'text', values });

function arrayOf(column: Column): NdArray {
  if (column.kind === 'numbers') {
    return { shape: [column.values.length], kind: 'int', values: column.values };
  }
  return textArray(Array.from(column.codes, (code) => column.words[code] ?? ''));
}
