/** Fits the powers of the sources and the noise matrix to samples that were never trained on. */
import { pick } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import { labelLikelihoods, logarithms, meanOf, pooled, pooledLogarithms } from './model.ts';
import type { LabelSource } from './model.ts';
import { withUnitRows } from './votes.ts';
import type { NoiseMatrix } from './unmix.ts';

/** What was fitted. */
export interface Fit {
  /** One for each source. */
  powers: number[];
  matrix: NoiseMatrix;
  /** Mean log likelihood of the labels that it was fitted to. */
  likelihood: number;
}

/** Labelled samples to fit to. */
export interface FitData {
  given: Labels;
  sources: readonly LabelSource[];
}

/** The matrix that is known before, and how many labels a class it is worth. */
export interface Before {
  matrix: NoiseMatrix;
  strength: number;
}

const POWERS = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3];
const ROUNDS = 20;
const SWEEPS = 3;
/** Parts of a cross-validation. */
const PARTS = 5;

/** The matrix that makes the given labels likeliest, by EM. */
export function fittedMatrix(
  given: Labels,
  chances: Float32Array,
  before: Before,
  classes: number,
): NoiseMatrix {
  const prior = before.matrix.map((value) => value * before.strength);
  let { matrix } = before;
  for (let round = 0; round < ROUNDS; round++) {
    matrix = refitted(given, chances, matrix, prior, classes);
  }
  return matrix;
}

/** `noiseMatrix` of what `trueClassPosterior` believes, in one pass and no memory: most time goes here. */
function refitted(
  given: Labels,
  chances: Float32Array,
  matrix: NoiseMatrix,
  prior: Float64Array,
  classes: number,
): NoiseMatrix {
  const next = prior.slice();
  const believed = new Float32Array(classes);
  for (let i = 0; i < given.length; i++) {
    const at = i * classes;
    const label = given[i]!;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      sum += believed[c] = chances[at + c]! * matrix[c * classes + label]!;
    }
    for (let c = 0; c < classes; c++) {
      next[c * classes + label]! += sum > 0 ? Math.fround(believed[c]! / sum) : chances[at + c]!;
    }
  }
  return withUnitRows(next, classes);
}

/** The likeliest powers, found one after the other, and the matrix. */
export function fitPowers({ given, sources }: FitData, before: Before, classes: number): Fit {
  const data = { given, logs: sources.map(logarithms) };
  let best = fitWith(data, before, classes, new Array<number>(sources.length).fill(1));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const { powers: old } = best;
    for (const source of old.keys()) {
      for (const power of POWERS) {
        const powers = best.powers.with(source, power);
        if (power === old[source] || powers.every((value) => value === 0)) continue;
        const found = fitWith(data, before, classes, powers);
        if (found.likelihood > best.likelihood) best = found;
      }
    }
    if (best.powers === old) break;
  }
  return best;
}

function fitWith(
  { given, logs }: { given: Labels; logs: readonly Float64Array[] },
  before: Before,
  classes: number,
  powers: number[],
): Fit {
  const chances = pooledLogarithms(logs, powers, classes);
  const matrix = fittedMatrix(given, chances, before, classes);
  return { powers, matrix, likelihood: meanOf(labelLikelihoods(given, chances, matrix, classes)) };
}

/** The log likelihood of each given label. */
export function likelihoods(
  { given, sources }: FitData,
  { powers, matrix }: Pick<Fit, 'powers' | 'matrix'>,
  classes: number,
): Float64Array {
  return labelLikelihoods(given, pooled(sources, powers, classes), matrix, classes);
}

/**
 * The same of labels that were not fitted to, by cross-validation. Its parts hang on what is believed of
 * the samples, so that neither their order nor the names of classes do anything.
 */
export function heldOutLikelihoods(data: FitData, before: Before, classes: number): Float64Array {
  const agreement = Float32Array.from(data.given, (g, i) => data.sources[0]![i * classes + g]!);
  const ranked = Uint32Array.from(data.given.keys()).sort((a, b) => agreement[a]! - agreement[b]!);
  const out = new Float64Array(data.given.length);
  for (let part = 0; part < Math.min(PARTS, ranked.length); part++) {
    const tested = ranked.filter((_, rank) => rank % PARTS === part);
    const rest = chosen(data, classes, tested);
    const learned = chosen(
      data,
      classes,
      ranked.filter((_, rank) => rank % PARTS !== part),
    );
    const found = likelihoods(rest, fitPowers(learned, before, classes), classes);
    tested.forEach((place, i) => (out[place] = found[i]!));
  }
  return out;
}

function chosen({ given, sources }: FitData, classes: number, places: Uint32Array): FitData {
  const rows = (source: LabelSource) => {
    const out = new Float32Array(places.length * classes);
    places.forEach((from, to) =>
      out.set(source.subarray(from * classes, (from + 1) * classes), to * classes),
    );
    return out;
  };
  return { given: pick(given, places), sources: sources.map(rows) };
}
