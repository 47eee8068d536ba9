/** Checkpoints: which stay, keeping one for good, and going on from the last. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, writeWhole } from '../disk/write.ts';
import type { State } from '../engine/session.ts';
import { OPTIMIZER } from '../engine/variables.ts';
import { InputError } from '../contract/words/errors.ts';
import type { ResumePoint } from '../training/train.ts';
import type { UnfinishedEpoch } from '../training/unfinished.ts';
import { readProbabilities } from './probabilities.ts';
import type { ProbabilitySums } from './probabilities.ts';
import { checkParts, found } from './check.ts';
import type { CheckedRun } from './check.ts';
import { epochOf, paths } from './files.ts';
import { isImported } from './imported.ts';
import { readDynamics, readWeights } from './read.ts';
import { readSafetensors } from './safetensors.ts';
import { sumsAt } from './sums.ts';
import type { Sums } from './sums.ts';
import { readUnfinished } from './unfinished.ts';

/** Checkpoints of a run may take this many bytes; beyond it only the needed ones stay. */
const CHECKPOINT_BYTES = 256 * 2 ** 20;

/**
 * Deletes checkpoints beyond the budget, those farthest from the recommended epoch first. The
 * start, the last two and the recommended one always stay.
 */
export function pruneCheckpoints(run: string, last: number, recommended: number | null): void {
  const folder = join(run, 'checkpoints');
  const epochs = readdirSync(folder).flatMap((file) => epochOf(file) ?? []);
  const bytes = statSync(paths.checkpoint(run, last)).size;
  const needed = new Set([0, last, last - 1, recommended ?? last]);
  const away = (epoch: number) => Math.abs(epoch - (recommended ?? last));
  const spare = epochs.filter((epoch) => !needed.has(epoch)).sort((a, b) => away(a) - away(b));
  const room = Math.max(0, Math.floor(CHECKPOINT_BYTES / bytes) - needed.size);
  for (const epoch of spare.slice(room)) rmSync(paths.checkpoint(run, epoch), { force: true });
}

/**
 * Refuses what needs weights, where a run was sent without any.
 * @throws InputError naming the cure
 */
export function needWeights(run: string): void {
  if (isImported(run) && checkpointEpochs(run).length === 0) {
    throw new InputError('run.sentWithout', { where: run });
  }
}

/**
 * Copies an epoch's weights to `kept/`.
 * @returns the path of the copy
 * @throws InputError where they are damaged or not on disk any more, DiskError where there is no room
 */
export function keepModel(run: string, epoch: number): string {
  needWeights(run);
  const from = paths.checkpoint(run, epoch);
  const to = paths.kept(run, epoch);
  if (!existsSync(from) && !existsSync(to)) {
    throw new InputError('run.weightsDeleted', { epoch });
  }
  const { bytes } = readWeights(run, epoch);
  makeFolder(dirname(to));
  writeWhole(to, bytes);
  return to;
}

/** Epochs whose weights are on disk, kept ones too, in order. */
export function checkpointEpochs(run: string): number[] {
  const folder = join(run, 'checkpoints');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const epochs = files.flatMap((file) => epochOf(file) ?? []);
  return [...new Set([...epochs, ...keptEpochs(run)])].sort((a, b) => a - b);
}

/** Epochs whose model was kept. */
export function keptEpochs(run: string): number[] {
  const folder = join(run, 'kept');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => epochOf(file) ?? [])
    .sort((a, b) => a - b);
}

/** From where a run on disk goes on. */
export interface RunResume extends ResumePoint {
  /** Null where the run kept none up to there. */
  probabilities: ProbabilitySums | null;
}

/**
 * The last epoch whose every part is whole: rows and dynamics up to it, its weights and probabilities, and
 * the weights of the start; null where there is none.
 */
export function resumePoint(run: string, checked: CheckedRun): RunResume | null {
  const { rows, sums } = checked;
  const { brokenEpoch } = checkParts(run, checked);
  const start = stateAt(run, 0, sums);
  if (!start) return null;
  for (const { epoch } of rows.slice(0, brokenEpoch ?? rows.length).reverse()) {
    const state = stateAt(run, epoch, sums);
    const added = found(() => ({ probabilities: readProbabilities(run, epoch, sums) }));
    if (!state || !added) continue;
    const classes = readDynamics(run, epoch, sums).predicted;
    return {
      ...added,
      epoch,
      state,
      // The optimizer's part of the state before training is not measured from.
      start: new Map([...start].filter(([name]) => !name.startsWith(OPTIMIZER))),
      classes,
      unfinished: unfinishedAfter(run, epoch, sums, { state, classes }),
    };
  }
  return null;
}

/** How far the next epoch had come; null where that does not go with the epoch before it. */
function unfinishedAfter(
  run: string,
  epoch: number,
  sums: Sums | null,
  before: Pick<ResumePoint, 'state' | 'classes'>,
): UnfinishedEpoch | null {
  const link = sumsAt(sums, epoch)?.link;
  const kept = link === undefined ? null : readUnfinished(run, link);
  if (kept?.epoch !== epoch + 1 || !isAlike(kept.state, before.state)) return null;
  const samples = kept.measured?.classes ?? before.classes;
  return samples.length === before.classes.length ? kept : null;
}

/** Whether two states have the same tensors. */
const isAlike = (one: State, other: State): boolean =>
  one.size === other.size &&
  [...one].every(([name, { shape }]) => String(shape) === String(other.get(name)?.shape));

/** Weights and optimizer state of an epoch; null where they are missing or damaged. */
export function stateAt(run: string, epoch: number, sums: Sums | null): State | null {
  return found(() => {
    const { bytes, path } = readWeights(run, epoch, sums);
    return readSafetensors(bytes, path);
  });
}
