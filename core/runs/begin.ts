/** Opens a run for training: a new one in a folder of its own, or one to go on with. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Config } from '../contract/config/schema.ts';
import { isPart, makeFolder, sweepParts } from '../disk/write.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import { InputError } from '../contract/words/errors.ts';
import type { EpochRecord } from '../contract/messages/records.ts';
import { checkParts, checkRun } from '../run-folder/check.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { ProbabilitySums } from '../run-folder/probabilities.ts';
import { needWeights, resumePoint } from '../run-folder/checkpoints.ts';
import { epochFolders, paths } from '../run-folder/files.ts';
import { isClaim, lockFolder } from '../run-folder/lock.ts';
import type { Lock } from '../run-folder/lock.ts';
import { compareLabels, cutRun } from '../run-folder/reopen.ts';
import { isRun, ownConfig, readRunConfig, writeRunConfig } from '../run-folder/stored.ts';
import type { ViewLabels } from '../run-folder/epoch-views.ts';
import { createRun, RunWriter, wallPlaces } from '../run-folder/write.ts';
import { choosePrecision } from '../training/precision.ts';
import type { ChosenPrecision } from '../training/precision.ts';
import { prepare } from '../training/prepare.ts';
import type { Prepared } from '../training/prepare.ts';
import type { MeasuredEpoch } from '../training/signals.ts';
import { train } from '../training/train.ts';
import type { ResumePoint, TrainControl } from '../training/train.ts';
import { versions } from '../engine/versions.ts';

/** How far a run is to go. */
export interface Plan {
  /** Its last epoch; null where nobody knows. */
  epochs: number | null;
  /** It ends where waiting helps with less than this chance; 0 where it goes on to its last epoch. */
  stopChance: number;
  /** It ends where it has fitted this share of the given labels; 0 where that does not end it. */
  stopFitted: number;
}

/** A run whose epochs can be added: its folder exists and is locked by this process. */
export interface OpenRun {
  run: string;
  plan: Plan;
  /** What is drawn of an epoch beside its numbers. */
  drawn: ViewLabels;
  /** Trains the epochs that are not on disk yet, or reads them where another program trains. */
  epochs: (control: TrainControl) => AsyncIterable<MeasuredEpoch>;
  /** Whether it is complete, once no more epochs come. */
  isComplete: () => boolean;
  rows: EpochRecord[];
  /** Null where the run was begun by a version that kept none. */
  probabilities: ProbabilitySums | null;
  writer: RunWriter;
  lock: Lock;
}

/** A run that the lab trains. */
export interface OpenTraining extends OpenRun {
  prepared: Prepared;
  /** What was chosen as the run began, where its Config leaves it to the lab; null else. */
  settled: ChosenPrecision | null;
}

/**
 * Makes the folder of a new run. It belongs to this process before anything is written to it.
 * @throws InputError where the data cannot be read, or the folder holds something or is another
 * process's; DiskError where it cannot be written
 */
export async function beginRun(run: string, config: Config): Promise<OpenTraining> {
  refuseRun(run);
  const isNew = !existsSync(run);
  makeFolder(run);
  const lock = lockFolder(run);
  try {
    refuseRun(run);
    refuseOthers(run);
    const { prepared, settled } = await settle(await prepare(config));
    lock.check();
    const token = createRun(run, prepared, versions());
    const writer = new RunWriter(run, lock, { link: token, metrics: 0, sums: 0 });
    const open = { run, rows: [], probabilities: new ProbabilitySums(), writer, lock };
    return { ...training(prepared, null, open), settled };
  } catch (error) {
    lock.release();
    undo(run, isNew);
    throw error;
  }
}

/** Loads TensorFlow, and puts what the Config leaves to the lab into it, so that the run can be repeated. */
async function settle(prepared: Prepared): Promise<Pick<OpenTraining, 'prepared' | 'settled'>> {
  const { config } = prepared;
  await loadTensorFlow(config.training.threads, config.training.device);
  if (config.training.precision !== 'auto') return { prepared, settled: null };
  const settled = await choosePrecision(prepared);
  const { precision } = settled;
  const training = { ...config.training, precision };
  return { prepared: { ...prepared, config: { ...config, training } }, settled };
}

/** An open run with its training. */
function training(
  prepared: Prepared,
  resume: ResumePoint | null,
  open: Pick<OpenRun, 'run' | 'rows' | 'probabilities' | 'writer' | 'lock'>,
): OpenTraining {
  const { given, truth } = prepared.train;
  const { epochs, stopChance, stopFitted } = prepared.config.training;
  return {
    ...open,
    prepared,
    settled: null,
    plan: { epochs, stopChance, stopFitted },
    drawn: { given, truth, wall: wallPlaces(prepared) },
    epochs: (control) => train(prepared, control, resume),
    isComplete: () => (open.rows.at(-1)?.epoch ?? -1) >= epochs,
  };
}

function refuseRun(run: string): void {
  if (!isRun(run)) return;
  throw new InputError('run.holdsRun', { where: run });
}

/** @throws InputError where a folder holds what is none of the lab's */
function refuseOthers(run: string): void {
  const own = new Set(begun(run));
  const other = readdirSync(run).find((name) => !own.has(name) && !isClaim(name));
  if (other === undefined) return;
  throw new InputError('run.notEmpty', { where: run, other });
}

/** What a run that was cut off as it began may have left in its folder. */
function begun(run: string): string[] {
  const folders = epochFolders(run).filter((at) => existsSync(at) && readdirSync(at).length === 0);
  const own = new Set([paths.labels(run), ...folders].map((path) => basename(path)));
  return readdirSync(run).filter((name) => own.has(name) || isPart(name));
}

/** Nothing was trained: what was written of a run only stands in the way of the next try. */
function undo(run: string, isNew: boolean): void {
  if (isRun(run) || !existsSync(run)) return;
  for (const folder of epochFolders(run)) sweepParts(folder);
  for (const name of begun(run)) rmSync(join(run, name), { recursive: true, force: true });
  if (isNew && readdirSync(run).length === 0) rmdirSync(run);
}

/** Where the data of a run lie by now, where that is not what its config says. */
export interface MovedData {
  /** Absolute path of the data set. */
  source?: string;
  /** Absolute path of the file of given labels. */
  labelsFile?: string;
}

/**
 * Opens a run that was stopped, interrupted or damaged, at its last whole epoch.
 * @param moved is in the run's config from then on
 * @throws InputError where it is complete, is another process's, cannot be read, or its data changed
 */
export async function reopenRun(run: string, moved: MovedData = {}): Promise<OpenTraining> {
  const config = withMoved(ownConfig(readRunConfig(run)), moved);
  const lock = lockFolder(run);
  try {
    const checked = checkRun(run);
    if (!checkParts(run, checked).damage) refuseComplete(run, checked);
    // Without weights it would begin anew, and what was measured would go.
    if (checked.rows.length > 0) needWeights(run);
    const prepared = await prepare(config);
    compareLabels(run, checked, prepared);
    await loadTensorFlow(config.training.threads, config.training.device);
    const resume = resumePoint(run, checked);
    const end = cutRun(run, checked, (resume?.epoch ?? -1) + 1);
    if (Object.keys(moved).length > 0) writeRunConfig(run, { ...readRunConfig(run), config });
    const rows = checked.rows.slice(0, (resume?.epoch ?? -1) + 1);
    const probabilities = resume ? resume.probabilities : new ProbabilitySums();
    const writer = new RunWriter(run, lock, end);
    return training(prepared, resume, { run, rows, probabilities, writer, lock });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function withMoved(config: Config, { source, labelsFile }: MovedData): Config {
  const { data } = config;
  const reading = { ...data.reading, ...(labelsFile === undefined ? {} : { labelsFile }) };
  return { ...config, data: { ...data, reading, ...(source === undefined ? {} : { source }) } };
}

/** @throws InputError where nothing is left to train */
function refuseComplete(run: string, { stored, rows, summary }: CheckedRun): void {
  const { epochs } = ownConfig(stored).training;
  const last = rows.at(-1)?.epoch ?? 0;
  if (last >= epochs && summary?.status === 'finished') {
    throw new InputError('run.complete', { where: run, epochs });
  }
  if ((summary?.savedEpochs ?? 0) > 0) {
    throw new InputError('run.completeStopped', { where: run, last });
  }
}
