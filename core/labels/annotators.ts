/**
 * Labels of several annotators as one more source (after Dawid and Skene 1979): how each mistakes one class
 * for another is told by what the run believes, and then what they say tells more of each sample.
 */
import { meanOf } from './model.ts';
import type { LabelSource } from './model.ts';
import { TINY } from './unmix.ts';
import type { NoiseMatrix } from './unmix.ts';
import { withUnitRows } from './votes.ts';

/** For each annotator the class of each sample of a part; -1 where there is none. */
export type AnnotatorLabels = readonly Int32Array[];

/** One part's samples. */
export interface Annotated {
  /** What the run believes without the given labels: samples x classes. */
  chances: LabelSource;
  labels: AnnotatorLabels;
}

/** Labels that an annotator is taken to have given before any is counted: a row of the noise matrix's. */
const STRENGTH = 20;
/** Annotators and beliefs are told from each other until shares move less than this, or so often. */
const SETTLED = 1e-3;
const MOST_ROUNDS = 50;
/** Powers of what annotators say: people who make the same mistakes say less together than each alone. */
const POWERS = [0.25, 0.5, 0.75, 1];

/**
 * What is believed when annotators are heard too: samples x classes for each part.
 * @param given parts of which the annotators' mistakes are learned together
 * @param matrix of the given labels, which annotators are taken to be like at first
 */
export function withAnnotators(
  given: readonly Annotated[],
  matrix: NoiseMatrix,
  classes: number,
): LabelSource[] {
  const own = distinct(given);
  const parts = given.map(({ chances, labels }) => ({
    chances,
    labels: own.map((a) => labels[a]!),
  }));
  const count = own.length;
  const start = matrix.map((share) => share * STRENGTH);
  const learn = (believed: readonly LabelSource[]): NoiseMatrix[] =>
    Array.from({ length: count }, (_, a) => {
      const counts = start.slice();
      parts.forEach(({ labels }, p) => addTo(counts, labels[a]!, believed[p]!, classes));
      return withUnitRows(counts, classes);
    });
  let matrices = learn(parts.map(({ chances }) => chances));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = matrices;
    matrices = learn(parts.map((part) => heard(part, matrices, 1, classes)));
    if (largestChange(before, matrices) < SETTLED) break;
  }
  const power = bestPower(parts, matrices, classes);
  return parts.map((part) => heard(part, matrices, power, classes));
}

/** How far a share of any matrix has moved. */
function largestChange(before: readonly NoiseMatrix[], after: readonly NoiseMatrix[]): number {
  let most = 0;
  before.forEach((matrix, a) =>
    matrix.forEach((share, at) => {
      most = Math.max(most, Math.abs(share - after[a]![at]!));
    }),
  );
  return most;
}

/** The places of annotators of whom none only copied another. */
function distinct(parts: readonly Annotated[]): number[] {
  const isSame = (a: number, b: number) =>
    parts.every(({ labels }) => labels[a]!.every((label, i) => label === labels[b]![i]));
  const all = [...parts[0]!.labels.keys()];
  return all.filter((a) => !all.slice(0, a).some((before) => isSame(before, a)));
}

/** The share of pairs of labels of one sample that agree; null where no sample has two. */
export function agreementOf(labels: AnnotatorLabels): number | null {
  let [pairs, same] = [0, 0];
  const samples = labels[0]?.length ?? 0;
  for (let i = 0; i < samples; i++) {
    for (let a = 0; a < labels.length; a++) {
      for (let b = a + 1; b < labels.length; b++) {
        const [one, other] = [labels[a]![i]!, labels[b]![i]!];
        if (one < 0 || other < 0) continue;
        pairs++;
        if (one === other) same++;
      }
    }
  }
  return pairs > 0 ? same / pairs : null;
}

/** Whether every given label is one that some annotator gave: then it says nothing new beside them. */
export function isAmong(given: ArrayLike<number>, labels: AnnotatorLabels): boolean {
  for (let i = 0; i < given.length; i++) {
    if (!labels.some((own) => own[i] === given[i])) return false;
  }
  return given.length > 0;
}

function addTo(
  counts: Float64Array,
  labels: Int32Array,
  believed: LabelSource,
  classes: number,
): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < 0) continue;
    for (let c = 0; c < classes; c++) counts[c * classes + label]! += believed[i * classes + c]!;
  }
}

/** What is believed of each sample by the run and its annotators. @param without who is not heard */
function heard(
  { chances, labels }: Annotated,
  matrices: readonly NoiseMatrix[],
  power: number,
  classes: number,
  without = -1,
): LabelSource {
  const out = new Float32Array(chances.length);
  const samples = chances.length / classes;
  const factors = matrices.map((matrix) => matrix.map((share) => Math.max(share, TINY) ** power));
  for (let i = 0; i < samples; i++) {
    const at = i * classes;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      let product = chances[at + c]!;
      for (let a = 0; a < labels.length; a++) {
        const label = labels[a]![i]!;
        if (a !== without && label >= 0) product *= factors[a]![c * classes + label]!;
      }
      sum += out[at + c] = product;
    }
    if (sum > 0) for (let c = 0; c < classes; c++) out[at + c]! /= sum;
    else for (let c = 0; c < classes; c++) out[at + c] = chances[at + c]!;
  }
  return out;
}

/** The power with which annotators are heard best: each one's labels are likeliest by what the others say. */
function bestPower(
  parts: readonly Annotated[],
  matrices: readonly NoiseMatrix[],
  classes: number,
): number {
  if (matrices.length < 2) return 1;
  const scores = POWERS.map((power) =>
    meanOf(
      matrices.map((matrix, a) =>
        meanOf(
          parts.map((part) =>
            likelihood(part.labels[a]!, heard(part, matrices, power, classes, a), matrix, classes),
          ),
        ),
      ),
    ),
  );
  return POWERS[scores.indexOf(Math.max(...scores))]!;
}

/** The mean log likelihood of the labels of one annotator. */
function likelihood(
  labels: Int32Array,
  believed: LabelSource,
  matrix: NoiseMatrix,
  classes: number,
): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < 0) continue;
    let chance = 0;
    for (let c = 0; c < classes; c++) {
      chance += believed[i * classes + c]! * matrix[c * classes + label]!;
    }
    sum += Math.log(Math.max(chance, TINY));
    count++;
  }
  return count > 0 ? sum / count : 0;
}
