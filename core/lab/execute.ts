/** Trains a run into its folder: what the window, the command line and the tests share. */
import { existsSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Config } from '../config/schema.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import { InputError, sentence } from '../errors.ts';
import type { EpochRecord, EpochView, Verdict } from '../protocol/records.ts';
import { pruneCheckpoints, resumePoint } from '../runs/checkpoints.ts';
import { paths } from '../runs/files.ts';
import { lockRun } from '../runs/lock.ts';
import { isRun, readMetrics, readRunConfig, readSummary, truncateMetrics } from '../runs/read.ts';
import { endRun, summarize } from '../runs/summary.ts';
import type { Summary } from '../runs/summary.ts';
import { epochView } from '../runs/views.ts';
import { appendEpoch, createRun, wallPlaces } from '../runs/write.ts';
import type { Control } from '../training/breather.ts';
import { prepare } from '../training/prepare.ts';
import type { Prepared } from '../training/prepare.ts';
import { train } from '../training/train.ts';
import type { EpochResult, ResumePoint } from '../training/train.ts';
import { versions } from '../versions.ts';
import { LiveVerdict } from './live-verdict.ts';

/** How a caller follows a run. */
export interface Follower extends Control {
  /** After each epoch is on disk. */
  epoch?: (view: EpochView, verdict: Verdict | null, secondsLeft: number | null) => void;
}

/** A run that may be trained: its folder exists and is locked by this process. */
export interface OpenRun {
  run: string;
  prepared: Prepared;
  resume: ResumePoint | null;
  rows: EpochRecord[];
  unlock: () => void;
}

/**
 * Makes the folder of a new run.
 * @throws InputError where the data cannot be read, or the folder already holds a run
 */
export async function beginRun(run: string, config: Config): Promise<OpenRun> {
  if (isRun(run)) {
    throw new InputError(`${run} already holds a run; choose another folder, or resume it.`);
  }
  const prepared = await prepare(config);
  await loadTensorFlow(config.training.threads);
  createRun(run, prepared, versions());
  return { run, prepared, resume: null, rows: [], unlock: lockRun(run) };
}

/**
 * Opens a run that was stopped or interrupted, at its last complete epoch.
 * @throws InputError where it is complete, is being trained, or cannot be read
 */
export async function reopenRun(run: string): Promise<OpenRun> {
  const { config } = readRunConfig(run);
  const unlock = lockRun(run);
  try {
    const found = readMetrics(run);
    refuseComplete(run, config, found.at(-1)?.epoch ?? 0);
    const prepared = await prepare(config);
    await loadTensorFlow(config.training.threads);
    const resume = resumePoint(run, found);
    const rows = found.filter((row) => row.epoch <= (resume?.epoch ?? -1));
    truncateMetrics(run, rows, resume?.epoch ?? -1);
    rmSync(paths.summary(run), { force: true });
    return { run, prepared, resume, rows, unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** @throws InputError where nothing is left to train */
function refuseComplete(run: string, { training }: Config, last: number): void {
  if (last >= training.epochs) {
    throw new InputError(`${run} is complete: all ${training.epochs} epochs are trained.`);
  }
  if ((readSummary(run)?.savedEpochs ?? 0) > 0) {
    throw new InputError(
      `${run} is complete: it stopped by itself after epoch ${last}; to train to the end, run its ` +
        'config.json with --set training.stopChance=0.',
    );
  }
}

/**
 * Trains to the end, or until stopped, writing every epoch; never throws, but says in the
 * summary what went wrong.
 */
export async function executeRun(open: OpenRun, follower: Follower = {}): Promise<Summary> {
  const { run, prepared, rows } = open;
  const { epochs } = prepared.config.training;
  let live: LiveVerdict | null = null;
  let end: Pick<Summary, 'status' | 'problem'> = { status: 'finished', problem: null };
  let savedEpochs = 0;
  try {
    live = new LiveVerdict(run, prepared.config, rows);
    // A run that was killed between its last epoch and its summary has nothing left to train.
    if (!live.ends) await trainOn(open, live, follower);
    const trained = rows.at(-1)?.epoch ?? -1;
    if (live.ends) savedEpochs = epochs - trained;
    else if (trained < epochs) end = { ...end, status: 'stopped' };
  } catch (error) {
    end = { status: 'failed', problem: sentence(error, run) };
  }
  return finish(open, summarize(rows, live?.verdict ?? null, { ...end, savedEpochs }));
}

/** Writes epoch after epoch until the last, until stopped, or until the run ends by itself. */
async function trainOn(open: OpenRun, live: LiveVerdict, follower: Follower): Promise<void> {
  const { run, prepared, resume, rows } = open;
  for await (const result of train(prepared, follower, resume)) {
    appendEpoch(run, result);
    rows.push(result.record);
    live.add(result);
    pruneCheckpoints(run, result.record.epoch, live.verdict?.epoch ?? null);
    const left = secondsLeft(rows, prepared.config);
    follower.epoch?.(viewOf(result, prepared), live.verdict, left);
    if (live.ends) return;
  }
}

/** A full disk may refuse the summary too: then the folder stays as it is, as interrupted. */
function finish({ run, unlock }: OpenRun, summary: Summary): Summary {
  try {
    if (existsSync(run)) endRun(run, summary);
    return summary;
  } catch (error) {
    return { ...summary, status: 'failed', problem: summary.problem ?? sentence(error, run) };
  } finally {
    unlock();
  }
}

function viewOf({ record, judged, heldOut }: EpochResult, prepared: Prepared): EpochView {
  const { given, truth } = prepared.train;
  const dynamics = {
    predicted: judged.classes,
    loss: judged.losses,
    holdout: { predicted: heldOut.classes, loss: heldOut.losses },
  };
  return epochView(record, dynamics, { given, truth, wall: wallPlaces(prepared) });
}

/** From the median of the newest epochs; null until there is one. */
function secondsLeft(rows: readonly EpochRecord[], config: Config): number | null {
  const last = rows.at(-1);
  if (!last || last.epoch === 0) return null;
  const newest = rows.slice(-9).map((row) => row.seconds);
  const median = newest.sort((a, b) => a - b)[Math.floor(newest.length / 2)]!;
  return median * (config.training.epochs - last.epoch);
}

/** Cores of this machine: the threads a new experiment begins with at most. */
export function cores(): number {
  return availableParallelism();
}
