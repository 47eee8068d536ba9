/** What a thorough audit was told, kept beside the run: it took as long as several trainings. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../disk/sealed.ts';
import { makeFolder, writeWhole } from '../disk/write.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { found } from '../run-folder/check.ts';
import { readNpz, writeNpz } from '../run-folder/npz.ts';
import { wholeFile } from '../run-folder/read.ts';
import type { RunLabels } from '../run-folder/read.ts';
import type { RunEvidence, RunPart } from './evidence.ts';

const folder = (run: string): string => join(run, 'folds');

/** The file of so many folds: its name tells everything that they depend on, the run's name apart. */
function pathOf(run: string, { stored }: Pick<CheckedRun, 'stored'>, folds: number): string {
  const { name: _name, ...config } = stored.config ?? stored.recorded!;
  const key = sha256(JSON.stringify([config, stored.sums?.labels, stored.versions])).slice(0, 16);
  return join(folder(run), `${folds}-${key}.npz`);
}

/** What a file of folds holds; null where it is not there, or damaged. */
const arraysOf = (path: string) =>
  existsSync(path) ? found(() => readNpz(wholeFile(path, null), path)) : null;

/** How many folds were kept, the most where there are several audits; null where there are none. */
export function keptFolds(run: string, checked: Pick<CheckedRun, 'stored'>): number | null {
  if (!existsSync(folder(run))) return null;
  const counts = readdirSync(folder(run))
    .map((file) => Number.parseInt(file, 10))
    .filter((count) => arraysOf(pathOf(run, checked, count)) !== null);
  return counts.length > 0 ? Math.max(...counts) : null;
}

/** Keeps what folds told. @throws DiskError */
export function keepFolds(
  run: string,
  checked: Pick<CheckedRun, 'stored'>,
  folds: number,
  { train, holdout }: RunEvidence,
): void {
  const arrays = {
    train: train.probabilities,
    train_votes: train.votes,
    ...(holdout && { holdout: holdout.probabilities, holdout_votes: holdout.votes }),
  };
  makeFolder(folder(run));
  writeWhole(pathOf(run, checked, folds), writeNpz(arrays));
}

/** What folds told; null where they were not kept, or their file is damaged. */
export function readFolds(
  run: string,
  checked: Pick<CheckedRun, 'stored'>,
  folds: number,
  labels: Pick<RunLabels, 'given' | 'holdoutGiven'>,
): RunEvidence | null {
  const path = pathOf(run, checked, folds);
  const arrays = arraysOf(path);
  if (!arrays) return null;
  const part = (name: string, given: RunPart['given']): RunPart | null => {
    const [probabilities, votes] = [arrays[name], arrays[`${name}_votes`]];
    const size = given.length * checked.stored.classes.length;
    if (!(probabilities instanceof Float32Array && votes instanceof Float32Array)) return null;
    return probabilities.length === size && votes.length === size
      ? { given, probabilities, votes }
      : null;
  };
  const train = part('train', labels.given);
  return train && { train, holdout: part('holdout', labels.holdoutGiven), kept: true };
}
