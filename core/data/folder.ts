/** Reads a folder of MNIST-style IDX files. */
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../errors.ts';
import { plain } from './dataset.ts';
import type { Dataset, Samples } from './dataset.ts';
import { readIdx } from './idx.ts';

/** Samples with the height and width they were read with. */
interface Part extends Samples {
  height: number;
  width: number;
}

/**
 * Reads `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`, and the pair that begins with
 * `t10k-` where it is there; each may end in `.gz`, or be written `train-images.idx3-ubyte`.
 * @throws InputError naming the file, the place and the cure
 */
export function readIdxFolder(folder: string, name = basename(resolve(folder))): Dataset {
  if (!existsSync(folder)) {
    throw new InputError(`${folder} does not exist; give a folder of IDX files, or "mnist".`);
  }
  if (!statSync(folder).isDirectory()) {
    throw new InputError(`${folder} is a file; give the folder that holds the IDX files.`);
  }
  const train = readPart(folder, 'train');
  if (!train) {
    throw new InputError(
      `${folder} has no train-images-idx3-ubyte (or .gz); put MNIST-style IDX files there.`,
    );
  }
  const test = readPart(folder, 't10k');
  if (test && (test.height !== train.height || test.width !== train.width)) {
    throw new InputError(
      `${folder}: test images are ${test.height} x ${test.width} and training images ` +
        `${train.height} x ${train.width}; they must be alike.`,
    );
  }
  const count = Math.max(largest(train.labels), test ? largest(test.labels) : 0) + 1;
  if (count < 2) throw new InputError(`${folder}: all labels are 0; two classes are needed.`);
  return {
    name,
    format: 'MNIST-style IDX',
    ...plain(),
    shape: [train.height, train.width, 1],
    classes: Array.from({ length: count }, (_, i) => String(i)),
    train,
    test,
  };
}

function readPart(folder: string, part: 'train' | 't10k'): Part | null {
  const images = find(folder, part, 'images', 3);
  if (!images) return null;
  const labels = find(folder, part, 'labels', 1);
  if (!labels) {
    throw new InputError(`${folder} has ${basename(images)} and no ${part}-labels-idx1-ubyte.`);
  }
  const pictures = readIdx(images, 3);
  const classes = readIdx(labels, 1);
  const [samples, height, width] = pictures.sizes as [number, number, number];
  if (samples !== classes.sizes[0]) {
    throw new InputError(
      `${labels} has ${classes.sizes[0]} labels for the ${samples} images of ${basename(images)}; ` +
        'they must be as many.',
    );
  }
  return { values: pictures.data, labels: classes.data, truth: null, height, width };
}

function find(folder: string, part: string, what: string, axes: number): string | null {
  const names = [`${part}-${what}-idx${axes}-ubyte`, `${part}-${what}.idx${axes}-ubyte`];
  const paths = names.flatMap((name) => [join(folder, name), join(folder, `${name}.gz`)]);
  return paths.find((path) => existsSync(path)) ?? null;
}

function largest(values: Uint8Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
