/** Brings a run folder back to the end of its last whole epoch, from where it is trained on. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { jsonOf, sha256 } from '../disk/sealed.ts';
import { makeFolder, sweepParts, writeWhole } from '../disk/write.ts';
import { InputError } from '../contract/words/errors.ts';
import type { Prepared } from '../training/prepare.ts';
import { checkParts } from './check.ts';
import type { CheckedRun } from './check.ts';
import { epochFolders, paths } from './files.ts';
import { readLabels } from './read.ts';
import { writeRunConfig } from './stored.ts';
import { NO_FILE, sumsOf } from './sums.ts';
import type { EpochSums } from './sums.ts';
import { labelsFile } from './write.ts';
import type { RunEnd } from './write.ts';

/**
 * Cuts rows and checksums to what is whole, and takes away what a kill or damage left.
 * @param count how many epochs are whole, from the first on
 * @returns where the run goes on
 * @throws DiskError
 */
export function cutRun(run: string, checked: CheckedRun, count: number): RunEnd {
  for (const folder of [run, ...epochFolders(run)]) {
    makeFolder(folder);
    sweepParts(folder);
  }
  const lines = checked.lines.slice(0, count);
  const { token, sums } = summed(run, checked, lines);
  const sumsText = textOfLines(sums.map((sum) => JSON.stringify(sum)));
  const metricsText = textOfLines(lines);
  rmSync(paths.summary(run), { force: true });
  // Checksums first: rows without them count as not written.
  writeWhole(paths.sums(run), sumsText);
  writeWhole(paths.metrics(run), metricsText);
  if (!checked.stored.sums) giveSums(run, checked, token);
  return {
    link: sums.at(-1)?.link ?? token,
    metrics: Buffer.byteLength(metricsText),
    sums: Buffer.byteLength(sumsText),
  };
}

/**
 * The data must be those that the run was begun with: the same labels in the same places, and samples of the
 * same mean and deviation. A damaged `labels.npz` is written anew from them.
 * @throws InputError where samples or labels differ
 */
export function compareLabels(run: string, checked: CheckedRun, prepared: Prepared): void {
  const { stored } = checked;
  const content = labelsFile(prepared);
  if (stored.sums?.labels === sha256(content)) {
    if (checkParts(run, checked).labelsBroken) writeWhole(paths.labels(run), content);
    return;
  }
  const before = readLabels(run, stored);
  const { split, scaling, train, holdout } = prepared;
  // Of labels of which none is shared nothing is kept.
  const soft = train.soft?.shares.some((share) => share > 0) ? train.soft : null;
  const none = new Uint8Array(0);
  const pairs = [
    [before.trainIndex, split.train],
    [before.given, train.given],
    [before.holdoutIndex, split.holdout],
    [before.holdoutGiven, holdout.given],
    [before.testIndex, split.test],
    [before.soft?.shares ?? none, soft?.shares ?? none],
    [before.soft?.others ?? none, soft?.others ?? none],
  ] as const;
  const isSame = pairs.every(
    ([a, b]) => a.length === b.length && a.every((value, i) => value === b[i]),
  );
  if (isSame && isNear(before.mean, scaling.mean) && isNear(before.deviation, scaling.deviation)) {
    return;
  }
  throw new InputError('run.otherData', { where: prepared.config.data.source, run });
}

/** Whether two scalings are of the same samples, which other versions added up in another order. */
const isNear = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length &&
  a.every((value, i) => Math.abs(value - b[i]!) <= 1e-4 * Math.max(1e-6, Math.abs(value)));

/** The checksums up to a row; a run of a version without them gets them by what is there. */
function summed(
  run: string,
  { stored, sums }: CheckedRun,
  lines: readonly string[],
): { token: string; sums: EpochSums[] } {
  if (stored.sums && sums) return { token: stored.sums.token, sums: sums.slice(0, lines.length) };
  const token = randomBytes(16).toString('hex');
  const found: EpochSums[] = [];
  for (const line of lines) {
    const { epoch } = jsonOf(line) as { epoch: number };
    const parts = {
      epoch,
      dynamics: sumOfFile(paths.dynamics(run, epoch)),
      weights: sumOfFile(paths.checkpoint(run, epoch)),
    };
    found.push(sumsOf(found.at(-1)?.link ?? token, line, parts));
  }
  return { token, sums: found };
}

/** Last, for a config that names a token makes the checksums count. */
function giveSums(run: string, { stored }: CheckedRun, token: string): void {
  const labels = sha256(readFileSync(paths.labels(run)));
  writeRunConfig(run, { ...stored, sums: { token, labels } });
}

const sumOfFile = (path: string): string =>
  existsSync(path) ? sha256(readFileSync(path)) : NO_FILE;

const textOfLines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
