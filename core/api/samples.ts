/** Pages of a data set's samples, for looking through them. */
import { openDataset, valuesPerSample } from '../data/index.ts';
import type { Dataset, DataSource, LoadControl, Samples } from '../data/index.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Params, Result } from '../contract/messages/messages.ts';
import { sampleView } from '../run-folder/sample-view.ts';
import { scalingOf } from '../training/features.ts';
import type { Scaling } from '../training/features.ts';

/** Which samples of a data set are asked for. */
export type SamplePage = Omit<Params<'data.samples'>, 'data'>;

/**
 * Samples from the `from`th on, of one class where one is named, and how many there are of them.
 * @throws InputError where the data cannot be read or have no such part
 */
export async function samplePage(
  source: DataSource,
  page: SamplePage,
  control?: LoadControl,
): Promise<Result<'data.samples'>> {
  const dataset = await openDataset(source, control);
  const samples = dataset[page.part];
  if (!samples) {
    throw new InputError('data.noTestPart', { where: source.source });
  }
  const { places, total } = placesOf(samples, page);
  const size = valuesPerSample(dataset.shape);
  const scaling = wholeScaling(dataset);
  return {
    total,
    samples: places.map((place) =>
      sampleView(samples.values.subarray(place * size, (place + 1) * size), scaling, {
        index: place,
        given: samples.labels[place]!,
        truth: samples.truth ? samples.truth[place]! : null,
      }),
    ),
  };
}

function placesOf({ labels }: Samples, { from, count, ofClass }: SamplePage) {
  const places: number[] = [];
  let total = 0;
  for (let place = 0; place < labels.length; place++) {
    if (ofClass !== null && labels[place] !== ofClass) continue;
    if (total >= from && places.length < count) places.push(place);
    total++;
  }
  return { places, total };
}

const scalings = new WeakMap<Dataset, Scaling>();

/** By all training samples, since no split is at hand; pictures are drawn unscaled. */
function wholeScaling(dataset: Dataset): Scaling {
  const known = scalings.get(dataset);
  if (known) return known;
  const many = dataset.train.values instanceof Uint8Array ? 1 : dataset.train.labels.length;
  const scaling = scalingOf(
    dataset,
    Uint32Array.from({ length: many }, (_, i) => i),
  );
  scalings.set(dataset, scaling);
  return scaling;
}
