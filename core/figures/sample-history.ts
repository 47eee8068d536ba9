/** What a run said about its training samples, epoch by epoch. */
import { paths } from '../run-folder/files.ts';
import { existsSync } from 'node:fs';
import { readDynamics, readLabels } from '../run-folder/read.ts';
import type { Dynamics } from '../run-folder/read.ts';
import { readSums } from '../run-folder/sums.ts';
import type { Labels } from '../data/labels.ts';

/** An epoch of a run: each training sample's predicted class and loss. */
export type SampleEpoch = Pick<Dynamics, 'predicted' | 'loss'> & { epoch: number };

/** Labels of training samples, of which some are known to be wrong. */
export interface KnownLabels {
  given: Labels;
  truth: Labels;
}

/** Labels of a run of a figure, whose true ones are known. */
export function knownLabels(folder: string): KnownLabels {
  const { given, truth } = readLabels(folder);
  return { given, truth: truth ?? given };
}

/**
 * The epochs of a run after the start, one at a time: all of a long one would not fit into memory.
 * @param last the last of them
 * @throws InputError where one is damaged
 */
export function* epochsOf(folder: string, last: number): Generator<SampleEpoch> {
  const sums = readSums(folder);
  for (let epoch = 1; epoch <= last; epoch++) {
    if (!existsSync(paths.dynamics(folder, epoch))) continue;
    yield { epoch, ...readDynamics(folder, epoch, sums) };
  }
}

/** A number of each sample, parted by whether its given label is right. */
export function parted(
  values: ArrayLike<number>,
  { given, truth }: KnownLabels,
): { right: number[]; wrong: number[] } {
  const parts = { right: [] as number[], wrong: [] as number[] };
  given.forEach((label, i) => parts[label === truth[i] ? 'right' : 'wrong'].push(values[i]!));
  return parts;
}
