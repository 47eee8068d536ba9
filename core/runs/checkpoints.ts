/** Checkpoints: which stay, keeping one for good, and going on from the last. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OPTIMIZER } from '../engine/variables.ts';
import { InputError } from '../errors.ts';
import type { EpochRecord } from '../protocol/records.ts';
import type { ResumePoint } from '../training/train.ts';
import { epochOf, paths, writeWhole } from './files.ts';
import { readDynamics } from './read.ts';
import { readSafetensors } from './safetensors.ts';

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
 * Copies an epoch's weights to `kept/`.
 * @returns the path of the copy
 * @throws InputError where they are not on disk any more
 */
export function keepModel(run: string, epoch: number): string {
  const from = paths.checkpoint(run, epoch);
  if (!existsSync(from)) {
    throw new InputError(
      `The weights of epoch ${epoch} were deleted to save room; the start, the last two and the ` +
        'recommended epoch can be kept.',
    );
  }
  const to = paths.kept(run, epoch);
  writeWhole(to, readFileSync(from));
  return to;
}

/** Epochs whose model was kept. */
export function keptEpochs(run: string): number[] {
  const folder = join(run, 'kept');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => epochOf(file) ?? [])
    .sort((a, b) => a - b);
}

/**
 * The last epoch whose row, weights and dynamics are all on disk; null where there is none.
 * @throws InputError where its weights are damaged
 */
export function resumePoint(run: string, rows: readonly EpochRecord[]): ResumePoint | null {
  const complete = rows.findLast(
    ({ epoch }) =>
      existsSync(paths.checkpoint(run, epoch)) && existsSync(paths.dynamics(run, epoch)),
  );
  if (!complete) return null;
  const weights = (epoch: number) => {
    const path = paths.checkpoint(run, epoch);
    return readSafetensors(readFileSync(path), path);
  };
  const { epoch } = complete;
  // The state before training is the start; the optimizer's part of it is not measured from.
  const start = new Map([...weights(0)].filter(([name]) => !name.startsWith(OPTIMIZER)));
  return { epoch, state: weights(epoch), start, classes: readDynamics(run, epoch).predicted };
}
