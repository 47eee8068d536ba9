/** What the window shows of data, noise and network before anything is trained. */
import type {
  DataConfig,
  NetworkConfig,
  NoiseConfig,
  TrainingConfig,
} from '../contract/config/schema.ts';
import { openDataset, valuesPerSample } from '../data/index.ts';
import type { Dataset, DataSource, LoadControl } from '../data/index.ts';
import { splitDataset } from '../data/split.ts';
import type { Split } from '../data/split.ts';
import { networkView } from '../models/view.ts';
import type { NetworkView, NoiseView } from '../contract/messages/records.ts';
import { sampleView } from '../run-folder/sample-view.ts';
import { scalingOf } from '../training/features.ts';
import type { Scaling } from '../training/features.ts';
import { noisyLabels } from '../training/labels.ts';
import { checkLoss } from '../training/prepare.ts';

/** Samples in the strip. */
const STRIP = 24;

/**
 * The layers of a network on a data set's samples.
 * @throws InputError as `describeData` does, and where network, samples and loss do not fit
 */
export async function describeNetwork(
  network: NetworkConfig,
  loss: TrainingConfig['loss'],
  source: DataSource,
  control?: LoadControl,
): Promise<NetworkView> {
  checkLoss(network, loss);
  const { classes, shape } = await openDataset(source, control);
  return networkView(network, classes.length, shape);
}

/**
 * What noise does to the training part.
 * @param threads of TensorFlow, which only `difficulty` needs
 * @throws InputError where there are too few samples, or the noise does not fit them
 */
export async function previewNoise(
  data: DataConfig,
  noise: NoiseConfig,
  threads: number,
  control?: LoadControl,
): Promise<NoiseView> {
  const dataset = await openDataset(data, control);
  const { split, scaling } = splitOf(dataset, data);
  const ground = { data, noise, threads, dataset, split, scaling };
  const { given, truth, facts } = await noisyLabels(ground, 'train');
  const { train, shape } = dataset;
  const size = valuesPerSample(shape);
  return {
    ...facts,
    strip: Array.from(split.train.subarray(0, STRIP), (place, i) =>
      sampleView(train.values.subarray(place * size, (place + 1) * size), scaling, {
        index: place,
        given: given[i]!,
        truth: truth ? truth[i]! : null,
      }),
    ),
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
