/** Centred kernel alignment (Cortes, Mohri, Rostamizadeh 2012): how well a kernel agrees with labels. */
import type { Labels } from '../data/labels.ts';

/**
 * One kernel over samples of one over their outputs: the sum over outputs of entries of the same output.
 * @param gram (samples x outputs) squared, the outputs of a sample one after the other
 * @returns samples x samples
 */
export function traceKernel(
  gram: ArrayLike<number>,
  samples: number,
  outputs: number,
): Float64Array {
  const rows = samples * outputs;
  const kernel = new Float64Array(samples * samples);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < samples; j++) {
      for (let o = 0; o < outputs; o++) {
        kernel[i * samples + j]! += gram[(i * outputs + o) * rows + j * outputs + o]!;
      }
    }
  }
  return kernel;
}

/**
 * <HKH, HLH> / (||HKH|| ||HLH||) with L = Y Y^T of labels as one-hot rows Y: 1 where two samples have one
 * label, else 0. For two classes that is y y^T of labels y of -1 and 1. H takes the mean off.
 * @param kernel samples x samples, symmetric
 * @returns -1 to 1, of a kernel (positive semidefinite) 0 to 1; null where all labels or all entries are alike
 */
export function centredAlignment(kernel: ArrayLike<number>, labels: Labels): number | null {
  const size = labels.length;
  const same = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) same[i * size + j] = Number(labels[i] === labels[j]);
  }
  const entries = withLargestOne(kernel);
  const [k, l] = [centred(entries, size), centred(same, size)];
  const norms = Math.sqrt(product(k, k) * product(l, l));
  // What rounding alone leaves of entries that are alike.
  const least = 1e-12 * Math.sqrt(product(entries, entries) * product(same, same));
  return norms > least ? product(k, l) / norms : null;
}

/** Divided by the largest entry, so that products of very small or large entries stay numbers. */
function withLargestOne(kernel: ArrayLike<number>): Float64Array {
  const entries = Float64Array.from(kernel);
  const largest = entries.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0 ? entries.map((value) => value / largest) : entries;
}

/** Rows and columns without their means. */
function centred(kernel: ArrayLike<number>, size: number): Float64Array {
  const means = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) means[i]! += kernel[i * size + j]! / size;
  }
  const mean = means.reduce((sum, value) => sum + value / size, 0);
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return kernel[at]! - means[i]! - means[j]! + mean;
  });
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
