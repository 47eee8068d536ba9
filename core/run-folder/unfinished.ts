/**
 * The folder `unfinished/` of a run: an epoch that was stopped between two steps, and how far it had
 * come. It hangs on the checksums of the epochs before it, so that it is never taken for that of others.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { isSealed, jsonOf, sha256, writeSealed } from '../disk/sealed.ts';
import { writeFolder, writeWhole } from '../disk/write.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Evaluated } from '../training/signals.ts';
import type { UnfinishedEpoch } from '../training/unfinished.ts';
import { found } from './check.ts';
import { paths } from './files.ts';
import { readNpz, writeNpz } from './npz.ts';
import { wholeFile } from './read.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** The files of the folder. */
const inFolder = (folder: string) => ({
  head: join(folder, 'epoch.json'),
  weights: join(folder, 'weights.safetensors'),
  measured: join(folder, 'measured.npz'),
});

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const HeadSchema = v.object({
  epoch: whole,
  steps: whole,
  seconds: v.pipe(v.number(), v.finite(), v.minValue(0)),
  /** The last link of the checksums of the epochs before it. */
  link: v.string(),
  /** SHA-256 of the other files; null of one that is not there. */
  weights: v.string(),
  measured: v.nullable(v.string()),
});

/**
 * Writes how far an epoch has come, in the place of what was kept before.
 * @param link the last of the run's checksums
 * @throws DiskError
 */
export function writeUnfinished(run: string, unfinished: UnfinishedEpoch, link: string): void {
  const { epoch, steps, seconds, state, measured: samples } = unfinished;
  const weights = writeSafetensors(state, { epoch: String(epoch), steps: String(steps) });
  const measured = samples && measuredFile(samples);
  writeFolder(paths.unfinished(run), (beside) => {
    const files = inFolder(beside);
    writeWhole(files.weights, weights);
    if (measured) writeWhole(files.measured, measured);
    const sums = { weights: sha256(weights), measured: measured && sha256(measured) };
    writeSealed(files.head, { epoch, steps, seconds, link, ...sums });
  });
}

const measuredFile = ({ classes, losses, probabilities }: Evaluated): Uint8Array =>
  writeNpz({ predicted: classes, loss: losses, ...(probabilities ? { probabilities } : {}) });

/**
 * How far the epoch after those on disk had come; null where nothing of it is kept, or it is damaged or
 * follows others: then it is trained from its first step.
 * @param link the last of the run's checksums
 */
export function readUnfinished(run: string, link: string): UnfinishedEpoch | null {
  const files = inFolder(paths.unfinished(run));
  if (!existsSync(files.head)) return null;
  const value = jsonOf(readFileSync(files.head, 'utf8'));
  const head = v.safeParse(HeadSchema, value);
  if (!head.success || !isSealed(value) || head.output.link !== link) return null;
  const { epoch, steps, seconds, ...sums } = head.output;
  return found(() => ({
    epoch,
    steps,
    seconds,
    state: readSafetensors(wholeFile(files.weights, sums.weights), files.weights),
    measured: sums.measured === null ? null : readMeasured(files.measured, sums.measured),
  }));
}

function readMeasured(path: string, sum: string): Evaluated {
  const { predicted, loss, probabilities = null } = readNpz(wholeFile(path, sum), path);
  const isLabels = predicted instanceof Uint8Array || predicted instanceof Uint16Array;
  const isFloats = loss instanceof Float32Array && loss.length === predicted?.length;
  if (
    !isLabels ||
    !isFloats ||
    !(probabilities === null || probabilities instanceof Float32Array)
  ) {
    throw new InputError('run.noArrays', { where: path });
  }
  return { classes: predicted, losses: loss, probabilities };
}

/** Takes it away, where there is any. */
export function removeUnfinished(run: string): void {
  rmSync(paths.unfinished(run), { recursive: true, force: true });
}
