/** Takes a recorded training into a run folder, where everything that the lab does with runs works on it. */
import { setTimeout as wait } from 'node:timers/promises';
import { join, resolve } from 'node:path';
import { InputError } from '../contract/words/errors.ts';
import { note } from '../contract/words/notes.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { wholePercent } from '../contract/words/numbers.ts';
import type { EpochRecord } from '../contract/messages/records.ts';
import { makeFolder } from '../disk/write.ts';
import { sha256 } from '../disk/sealed.ts';
import { checkRun } from '../run-folder/check.ts';
import { lockFolder } from '../run-folder/lock.ts';
import type { Lock } from '../run-folder/lock.ts';
import { ProbabilitySums, readProbabilities } from '../run-folder/probabilities.ts';
import { readDynamics } from '../run-folder/read.ts';
import { cutRun } from '../run-folder/reopen.ts';
import { isRun, readRunConfig } from '../run-folder/stored.ts';
import { newRunId, RunWriter, writeRun } from '../run-folder/write.ts';
import type { RunEnd } from '../run-folder/write.ts';
import { IN_A_ROW } from '../stopping/live.ts';
import type { Control } from '../training/breather.ts';
import type { MeasuredEpoch } from '../training/signals.ts';
import type { OpenRun } from './begin.ts';
import { keepFeatures } from '../recorded/features.ts';
import { EpochReader, isWritten } from '../recorded/epochs.ts';
import { readHead, rowsOfRecord } from '../recorded/files.ts';
import type { RecordHead, RecordRow } from '../recorded/files.ts';
import { keepNames, labelsOfRecord } from '../recorded/labels.ts';
import { hasSamples, readSamples } from '../recorded/samples.ts';
import type { AllSamples } from '../recorded/samples.ts';

/** Milliseconds between two looks at a record that grows. */
const PACE = 1000;

/** How a record is opened. */
export interface RecordOptions {
  /** Whether epochs to come are waited for. */
  follow?: boolean;
  /** Following ends where waiting helps with less than this chance; never where it is 0. */
  stopChance?: number;
}

/** A record that is being taken in. */
interface Taking {
  record: string;
  head: RecordHead;
  samples: AllSamples;
  run: string;
}

/**
 * Opens the run of a record in a folder of runs: a new one, or the one that it was taken into before,
 * which goes on from there.
 * @throws InputError where the record is damaged or has nothing to show yet, or the run is another
 * process's; DiskError where it cannot be written
 */
export function openRecord(folder: string, runs: string, options: RecordOptions = {}): OpenRun {
  const record = resolve(folder);
  const head = readHead(record);
  if (!hasSamples(record, head)) throw new InputError('record.notBegun', { where: record });
  const samples = readSamples(record, head);
  const labels = labelsOfRecord(samples);
  const run = placeOf(runs, head, sha256(labels));
  makeFolder(run);
  const lock = lockFolder(run);
  try {
    const taking = { record, head, samples, run };
    if (!isRun(run)) writeNew(taking, labels);
    return opened(taking, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The folder of its run. Where its samples are others by now, the run that was made of them stays. */
function placeOf(runs: string, { token, name, created }: RecordHead, labels: string): string {
  const mark = sha256(token).slice(0, 4);
  const id = newRunId(name, new Date(created), mark);
  for (let again = 1; ; again++) {
    const run = join(runs, again === 1 ? id : `${id}-${again}`);
    if (!isRun(run)) return run;
    const { recorded, sums } = readRunConfig(run);
    if (recorded?.token === token && sums?.labels === labels) return run;
  }
}

function writeNew(taking: Taking, labels: Uint8Array): void {
  const { record, head, samples, run } = taking;
  const { name, framework, during, epochs, token, classes, created } = head;
  const holdout = samples.holdout.given.length;
  const names = keepNames(run, samples);
  writeRun(run, labels, {
    config: null,
    recorded: { name, framework, folder: record, during, epochs, holdout, token, names },
    ...{ created, classes, shape: [0, 0, 0], columns: [], noise: null, versions: {} },
    inferred: notesOf(taking),
  });
}

/** What a reader of the run should know of the record. */
function notesOf({ record, head, samples }: Taking): Phrase[] {
  const [first] = rowsOfRecord(record);
  const reader = new EpochReader(record, head, samples);
  if (first && isWritten(record, head, first.epoch)) reader.read(first);
  const { unseen } = reader;
  return [
    ...(head.during ? [note('recordDuring')] : []),
    ...(first && unseen > 0 ? [note('recordUnseen', { share: wholePercent(unseen) })] : []),
    ...(samples.holdout.given.length === 0 ? [note('recordNoHoldout')] : []),
  ];
}

function opened(taking: Taking, lock: Lock, options: RecordOptions): OpenRun {
  const { record, head, samples, run } = taking;
  const checked = checkRun(run);
  const kept = agreeing(taking, checked.rows);
  const end: RunEnd = cutRun(run, checked, kept);
  const rows = checked.rows.slice(0, kept);
  keepFeatures(record, run, samples);
  const { given, truth } = samples.train;
  const { follow = false, stopChance = 0 } = options;
  return {
    run,
    plan: { epochs: head.epochs, stopChance, stopFitted: 0 },
    drawn: { given, truth, wall: new Uint32Array(0) },
    epochs: (control) => epochsOf(taking, rows, follow, control),
    isComplete: () => readHead(record).ended !== null,
    rows,
    probabilities: sumsSoFar(run, rows),
    writer: new RunWriter(run, lock, end),
    lock,
  };
}

/** How many epochs of the run are still those of the record, which may have gone back to a checkpoint. */
function agreeing({ record, head, samples, run }: Taking, rows: readonly EpochRecord[]): number {
  const now = new Set(rowsOfRecord(record).map(({ epoch }) => epoch));
  let count = rows.length;
  for (; count > 0; count--) {
    const { epoch } = rows[count - 1]!;
    if (!now.has(epoch) || !isWritten(record, head, epoch)) continue;
    const { evaluated } = new EpochReader(record, head, samples).read({ epoch, seconds: 0 });
    const before = readDynamics(run, epoch).predicted;
    if (evaluated.classes.every((predicted, i) => predicted === before[i])) break;
  }
  return count;
}

/** Null where they cannot be gone on with: the run is then judged by votes and losses. */
function sumsSoFar(run: string, rows: readonly EpochRecord[]): ProbabilitySums | null {
  const last = rows.at(-1);
  return last ? readProbabilities(run, last.epoch, checkRun(run).sums) : new ProbabilitySums();
}

/** The epochs that are not in the run yet, as they come. */
async function* epochsOf(
  taking: Taking,
  rows: readonly EpochRecord[],
  follow: boolean,
  control: Control,
): AsyncGenerator<MeasuredEpoch, void, void> {
  const { record, head, samples, run } = taking;
  const reader = new EpochReader(record, head, samples);
  const last = rows.at(-1);
  if (last && isWritten(record, head, last.epoch)) reader.read({ epoch: last.epoch, seconds: 0 });
  for (;;) {
    const done = rows.at(-1)?.epoch ?? -1;
    const { ended } = readHead(record);
    const fresh = whole(record, head, done);
    for (const [i, row] of fresh.entries()) {
      control.progress?.(row.epoch, 0);
      await control.pause?.();
      if (control.stopped?.()) return;
      // Of what has piled up, only the newest is judged.
      yield { ...reader.read(row), judged: fresh.length - i <= IN_A_ROW };
      await wait(0);
    }
    if (fresh.length > 0) continue;
    if (ended || !follow || control.stopped?.()) break;
    await wait(PACE);
  }
  keepFeatures(record, run, samples);
}

/**
 * The rows after an epoch, without the newest where its samples are not all written yet.
 * @throws InputError where those of an earlier one are gone
 */
function whole(record: string, head: RecordHead, after: number): RecordRow[] {
  const rows = rowsOfRecord(record).filter(({ epoch }) => epoch > after);
  const missing = rows.findIndex(({ epoch }) => !isWritten(record, head, epoch));
  if (missing < 0) return rows;
  // The newest may still be written by another process; one before it will not come any more.
  if (missing < rows.length - 1) {
    throw new InputError('record.epochLost', { where: record, epoch: rows[missing]!.epoch });
  }
  return rows.slice(0, missing);
}
