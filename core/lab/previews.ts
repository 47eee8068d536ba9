/** What the window shows of data, noise and network before anything is trained. */
import type { DataConfig, NetworkConfig, NoiseConfig } from '../config/schema.ts';
import { countClasses, openDataset } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import type { Split } from '../data/split.ts';
import { networkView } from '../models/view.ts';
import { corrupt, transitions } from '../noise/index.ts';
import type { DataView, NetworkView, NoiseView } from '../protocol/records.ts';

/** Samples in the strip. */
const STRIP = 24;

/** What a data set holds. @throws InputError where it cannot be read */
export function describeData(source: string): DataView {
  const { name, shape, classes, train, test } = openDataset(source);
  return {
    name,
    shape: [...shape],
    classes,
    trainAvailable: train.labels.length,
    testAvailable: test?.labels.length ?? 0,
    classCounts: countClasses(train.labels, classes.length),
  };
}

/** The layers of a network on a data set's samples. @throws InputError as `describeData` does */
export function describeNetwork(network: NetworkConfig, source: string): NetworkView {
  const { classes, shape } = openDataset(source);
  return networkView(network, classes.length, shape);
}

/** What noise does to the training part. @throws InputError where there are too few samples */
export function previewNoise(data: DataConfig, noise: NoiseConfig): NoiseView {
  const { train: places } = splitOf(data);
  const { train, classes, shape } = openDataset(data.source);
  const onDisk = Uint8Array.from(places, (place) => train.labels[place]!);
  const given = corrupt(onDisk, classes.length, noise, 'train');
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    matrix: transitions(onDisk, given, classes.length),
    wrong: given.reduce((sum, label, i) => sum + (label === onDisk[i] ? 0 : 1), 0),
    total: given.length,
    strip: Array.from(places.subarray(0, STRIP), (place, i) => ({
      index: place,
      given: given[i]!,
      truth: data.labelsAreTrue ? onDisk[i]! : null,
      pixels: Buffer.from(train.pixels.subarray(place * size, (place + 1) * size)).toString(
        'base64',
      ),
    })),
  };
}

let last: { key: string; split: Split } | null = null;

/** The split, kept while only the noise changes: the slider asks many times a second. */
function splitOf(data: DataConfig): Split {
  const key = JSON.stringify(data);
  if (last?.key !== key) last = { key, split: splitDataset(openDataset(data.source), data) };
  return last.split;
}
