/** Noise draws only classes that training samples have: of others there is nothing to learn. */
import type { Corruption, Matrix, NoiseInput } from './noise.ts';
import { rowsOf, stays } from './noise.ts';

/** The same kind among the classes that are seen; as it is where all of them are. */
export function amongSeen(kind: Corruption): Corruption {
  return {
    corrupt(input) {
      const { seen } = input;
      if (isWhole(input)) return kind.corrupt(input);
      return kind.corrupt(narrowed(input)).map((label) => seen[label]!);
    },
    asked(input) {
      if (isWhole(input)) return kind.asked(input);
      const matrix = kind.asked(narrowed(input));
      return matrix && widened(matrix, input);
    },
  };
}

const isWhole = ({ seen, classes }: NoiseInput): boolean => seen.length === classes.length;

/** The input with the classes that are seen alone, numbered anew. */
function narrowed(input: NoiseInput): NoiseInput {
  const { seen, classes, labels, noise, probabilities } = input;
  const place = new Map(seen.map((label, i) => [label, i]));
  const placed = (all: readonly number[]) => all.flatMap((label) => place.get(label) ?? []);
  return {
    ...input,
    seen: seen.map((_, i) => i),
    classes: seen.map((label) => classes[label]!),
    labels: labels.map((label) => place.get(label)!),
    noise: {
      ...noise,
      // Of a class that nobody has, no label can change.
      class: place.get(noise.class) ?? seen.length,
      rates: noise.rates.filter((_, label) => place.has(label)),
      groups: noise.groups.map(placed),
    },
    probabilities: probabilities && narrowedProbabilities(probabilities, seen, classes.length),
  };
}

function narrowedProbabilities(
  probabilities: Float32Array,
  seen: readonly number[],
  classes: number,
): Float32Array {
  const out = new Float32Array((probabilities.length / classes) * seen.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = probabilities[Math.floor(i / seen.length) * classes + seen[i % seen.length]!]!;
  }
  return out;
}

function widened(matrix: Matrix, { seen, classes: { length } }: NoiseInput): Matrix {
  const place = new Map(seen.map((label, i) => [label, i]));
  return rowsOf(length, (label) => {
    const own = place.get(label);
    if (own === undefined) return stays(length, label);
    const row = new Array<number>(length).fill(0);
    matrix[own]!.forEach((share, i) => (row[seen[i]!] = share));
    return row;
  });
}
