/** The numbers of the chosen samples, and how they are scaled before a network sees them. */
import type { Dataset } from '../data/index.ts';
import { valuesPerSample } from '../data/index.ts';

/**
 * Values become (value - mean) / deviation: one pair for all pixels of pictures, or a pair for
 * each column of a table. Both come from the training samples alone.
 */
export interface Scaling {
  mean: Float32Array;
  deviation: Float32Array;
}

/** The scaling that a run uses, from its training samples. */
export function scalingOf(dataset: Dataset, places: Uint32Array): Scaling {
  const { values } = dataset.train;
  // The theorems speak of samples on the unit sphere, where standardizing would not leave them.
  if (dataset.clusters) return pairs([0], [1]);
  const size = valuesPerSample(dataset.shape);
  return values instanceof Uint8Array
    ? pixelScaling(values, places, size)
    : columnScaling(values, places, size);
}

/** Over all pixels, exact through the counts of the 256 bytes. */
function pixelScaling(pixels: Uint8Array, places: Uint32Array, size: number): Scaling {
  const counts = new Float64Array(256);
  for (const place of places) {
    for (let at = place * size; at < (place + 1) * size; at++) counts[pixels[at]!]!++;
  }
  const total = places.length * size;
  const moment = (f: (value: number) => number) =>
    counts.reduce((sum, count, value) => sum + count * f(value), 0) / total;
  const mean = moment((value) => value);
  return pairs([mean], [moment((value) => (value - mean) ** 2)]);
}

function columnScaling(values: Float32Array, places: Uint32Array, size: number): Scaling {
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (const place of places) {
    for (let j = 0; j < size; j++) mean[j]! += values[place * size + j]! / places.length;
  }
  for (const place of places) {
    for (let j = 0; j < size; j++) {
      square[j]! += (values[place * size + j]! - mean[j]!) ** 2 / places.length;
    }
  }
  return pairs(mean, square);
}

/** What has no spread cannot be divided by it. */
function pairs(mean: ArrayLike<number>, variance: ArrayLike<number>): Scaling {
  const deviation = Float32Array.from(variance, (value) => Math.sqrt(value) || 1);
  return { mean: Float32Array.from(mean), deviation };
}

/** The values of some samples, one after the other. */
export function gatherValues<A extends Uint8Array | Float32Array>(
  values: A,
  places: Uint32Array,
  size: number,
): A {
  const out = new (values.constructor as new (length: number) => A)(places.length * size);
  places.forEach((place, i) => {
    out.set(values.subarray(place * size, (place + 1) * size), i * size);
  });
  return out;
}

/** The values of some samples, scaled: samples x size. */
export function scaled(
  values: Uint8Array | Float32Array,
  places: Uint32Array,
  size: number,
  { mean, deviation }: Scaling,
): Float32Array {
  const out = new Float32Array(places.length * size);
  const pairsOf = mean.length;
  places.forEach((place, i) => {
    for (let j = 0; j < size; j++) {
      const k = j % pairsOf;
      out[i * size + j] = (values[place * size + j]! - mean[k]!) / deviation[k]!;
    }
  });
  return out;
}

/**
 * A sample as a picture: pixels as they are; of a row, each column as a shade, from black at three
 * deviations below its mean to white at three above.
 * @param values one sample
 */
export function shadesOf(
  values: Uint8Array | Float32Array,
  { mean, deviation }: Scaling,
): Uint8Array {
  if (values instanceof Uint8Array) return values;
  return Uint8Array.from(values, (value, j) => {
    const k = j % mean.length;
    const score = (value - mean[k]!) / deviation[k]!;
    return Math.round(255 * Math.min(1, Math.max(0, (score + 3) / 6)));
  });
}
