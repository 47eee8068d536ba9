/** What the window shows of data, noise and network before anything is trained. */
import type { DataConfig, NetworkConfig, NoiseConfig } from '../config/schema.ts';
import { countClasses, openDataset, sizeOf } from '../data/index.ts';
import type { Dataset, DataSource, LoadControl } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import type { Split } from '../data/split.ts';
import { networkView } from '../models/view.ts';
import { transitions } from '../noise/index.ts';
import type { DataView, NetworkView, NoiseView } from '../protocol/records.ts';
import { scalingOf } from '../training/features.ts';
import type { Scaling } from '../training/features.ts';
import { noisyLabels } from '../training/prepare.ts';

/** Samples in the strip. */
const STRIP = 24;

/** What a data set holds. @throws InputError where it cannot be read */
export async function describeData(source: DataSource, control?: LoadControl): Promise<DataView> {
  const { name, shape, classes, train, test } = await openDataset(source, control);
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
export async function describeNetwork(
  network: NetworkConfig,
  source: DataSource,
): Promise<NetworkView> {
  const { classes, shape } = await openDataset(source);
  return networkView(network, classes.length, shape);
}

/** What noise does to the training part. @throws InputError where there are too few samples */
export async function previewNoise(data: DataConfig, noise: NoiseConfig): Promise<NoiseView> {
  const dataset = await openDataset(data);
  const { split, scaling } = splitOf(dataset, data);
  const places = split.train;
  const labels = noisyLabels({ data, noise }, dataset, { part: 'train', places, scaling });
  const { train, classes, shape } = dataset;
  const given = labels.given;
  // Without known truth, what the noise changes is told against the labels on disk.
  const before = labels.truth ?? Uint8Array.from(places, (place) => train.labels[place]!);
  const size = sizeOf(shape);
  return {
    matrix: transitions(before, given, classes.length),
    wrong: given.reduce((sum, label, i) => sum + (label === before[i] ? 0 : 1), 0),
    total: given.length,
    strip: Array.from(places.subarray(0, STRIP), (place, i) => ({
      index: place,
      given: given[i]!,
      truth: labels.truth ? labels.truth[i]! : null,
      pixels: Buffer.from(train.values.subarray(place * size, (place + 1) * size)).toString(
        'base64',
      ),
    })),
  };
}

let last: { key: string; dataset: Dataset; split: Split; scaling: Scaling } | null = null;

/** The split, kept while only the noise changes: the slider asks many times a second. */
function splitOf(dataset: Dataset, data: DataConfig): { split: Split; scaling: Scaling } {
  const key = JSON.stringify(data);
  if (last?.key !== key || last.dataset !== dataset) {
    const split = splitDataset(dataset, data);
    last = { key, dataset, split, scaling: scalingOf(dataset, split.train) };
  }
  return last;
}
