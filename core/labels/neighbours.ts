/** The nearest samples in a network's features, exactly, by blocked matrix products. */
import type { TensorFlow } from '../engine/tensorflow.ts';
import { groupColumns, topProducts } from './top.ts';

/** Vectors one after the other, all of one length. */
export interface FeaturePoints {
  values: Float32Array;
  /** Numbers of one vector. */
  size: number;
}

/** The nearest of each sample, nearest first. */
export interface Neighbours {
  /** How many of each sample. */
  count: number;
  /** Places among those that were searched: samples x count. */
  places: Int32Array;
  /** Cosine of the angle to each, -1 to 1: samples x count. */
  likeness: Float32Array;
}

/** Every so many of some points, for a search that would take too long among all. */
export function everyNth({ values, size }: FeaturePoints, step: number): FeaturePoints {
  if (step === 1) return { values, size };
  const count = Math.ceil(values.length / size / step);
  const out = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    out.set(values.subarray(i * step * size, (i * step + 1) * size), i * size);
  }
  return { values: out, size };
}

/** Numbers of one block of the product: 16 MB. */
const BLOCK = 4e6;

/**
 * The nearest by the angle between the vectors, from their mean: what all samples share tells none apart.
 * @param of whose neighbours are wanted
 * @param among where they are searched
 * @param own the place of each sample among those searched, which is never its own neighbour; -1 for none
 * @param count how many are wanted; fewer where there are not so many
 * @param progress called with the share that is done
 */
export async function nearest(
  tf: TensorFlow,
  of: FeaturePoints,
  among: FeaturePoints,
  own: Int32Array | null,
  count: number,
  progress: (share: number) => void | Promise<void> = () => undefined,
): Promise<Neighbours> {
  const samples = of.values.length / of.size;
  const searched = among.values.length / among.size;
  const kept = Math.min(count, own ? searched - 1 : searched);
  const places = new Int32Array(samples * kept);
  const likeness = new Float32Array(samples * kept);
  if (kept < 1) return { count: 0, places, likeness };
  const centre = centreOf(among);
  const asked = Math.min(searched, kept + (own ? 1 : 0));
  const columns = groupColumns(tf, unitVectors(among, centre), among.size, asked);
  const step = Math.max(1, Math.floor(BLOCK / searched));
  try {
    for (let at = 0; at < samples; at += step) {
      const rows = Math.min(step, samples - at);
      const block = {
        values: of.values.subarray(at * of.size, (at + rows) * of.size),
        size: of.size,
      };
      const units = tf.tensor2d(unitVectors(block, centre), [rows, of.size]);
      const found = topProducts(tf, units, columns, asked);
      units.dispose();
      for (let i = 0; i < rows; i++) {
        const self = own ? own[at + i]! : -1;
        let to = (at + i) * kept;
        const end = to + kept;
        for (let j = 0; j < found.count && to < end; j++) {
          const place = found.columns[i * found.count + j]!;
          if (place === self) continue;
          places[to] = place;
          likeness[to++] = found.values[i * found.count + j]!;
        }
      }
      await progress((at + rows) / samples);
    }
  } finally {
    columns.main.dispose();
    columns.rest?.dispose();
  }
  return { count: kept, places, likeness };
}

/** The mean vector. */
function centreOf({ values, size }: FeaturePoints): Float64Array {
  const centre = new Float64Array(size);
  for (let at = 0; at < values.length; at += size) {
    for (let j = 0; j < size; j++) centre[j]! += values[at + j]!;
  }
  return centre.map((sum) => (sum * size) / values.length);
}

/** Vectors from the centre, of length 1; one that has no length stays so. */
function unitVectors({ values, size }: FeaturePoints, centre: Float64Array): Float32Array {
  const units = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += size) {
    let square = 0;
    for (let j = 0; j < size; j++) square += (values[at + j]! - centre[j]!) ** 2;
    const length = Math.sqrt(square) || 1;
    for (let j = 0; j < size; j++) units[at + j] = (values[at + j]! - centre[j]!) / length;
  }
  return units;
}
