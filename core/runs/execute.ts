/** Trains a run into its folder: what the window, the command line and the tests share. */
import { DiskError } from '../disk/disk-error.ts';
import { FileChanged } from '../disk/write.ts';
import { errorPhrase, phraseOf } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { EpochDetail, EpochRecord, EpochView, Verdict } from '../contract/messages/records.ts';
import { checkParts, checkRun } from '../run-folder/check.ts';
import { pruneProbabilities } from '../run-folder/probabilities.ts';
import { pruneCheckpoints } from '../run-folder/checkpoints.ts';
import { FolderGone } from '../run-folder/lock.ts';
import { summarize } from '../run-folder/summary.ts';
import type { Summary } from '../run-folder/summary.ts';
import { dynamicsView } from '../run-folder/epoch-views.ts';
import type { DynamicsView } from '../run-folder/epoch-views.ts';
import type { Control } from '../training/breather.ts';
import type { MeasuredEpoch } from '../training/signals.ts';
import type { UnfinishedEpoch } from '../training/unfinished.ts';
import type { OpenRun, Plan } from './begin.ts';
import { LiveVerdict } from './live-verdict.ts';

/** How a caller follows a run. */
export interface Follower extends Control {
  /** After each epoch is on disk. */
  epoch?: (
    view: EpochView,
    verdict: Verdict | null,
    secondsLeft: number | null,
    detail: EpochDetail,
  ) => void;
  /** Where the run fails or is interrupted: the error whose sentence the summary has. */
  failed?: (error: unknown) => void;
}

/**
 * Trains to the end, or until stopped, writing every epoch; never throws, but says in the
 * summary what went wrong, and tells the follower the error itself.
 */
export async function executeRun(open: OpenRun, follower: Follower = {}): Promise<Summary> {
  const { run, plan, rows, lock, writer } = open;
  let live: LiveVerdict | null = null;
  let end: Pick<Summary, 'status' | 'problem'> = { status: 'finished', problem: null };
  let savedEpochs = 0;
  const fail = (error: unknown): void => {
    const cause = causeOf(error, open);
    end = { status: isOutside(cause) ? 'interrupted' : 'failed', problem: problemOf(cause, rows) };
    savedEpochs = 0;
    follower.failed?.(cause);
  };
  const summary = (): Summary => summarize(rows, live?.verdict ?? null, { ...end, savedEpochs });
  try {
    live = new LiveVerdict(run, plan, rows);
    // A run that was killed between its last epoch and its summary has nothing left to train.
    if (!live.ends) await trainOn(open, live, follower);
    const trained = rows.at(-1)?.epoch ?? -1;
    if (live.ends) savedEpochs = Math.max(0, (plan.epochs ?? trained) - trained);
    else if (!open.isComplete()) end = { ...end, status: 'stopped' };
    refuseDamage(run);
  } catch (error) {
    fail(error);
  }
  try {
    writer.finish(summary());
  } catch (error) {
    // A full disk may refuse the summary too: then the folder stays as it is, as interrupted.
    if (end.problem === null) fail(error);
  } finally {
    lock.release();
  }
  return summary();
}

/** Where the folder or a part of it is gone, that is why nothing could be written to it. */
function causeOf(error: unknown, { run, lock }: OpenRun): unknown {
  if ((error as { code?: unknown } | null)?.code === 'ENOENT') return new FolderGone(run);
  try {
    lock.check();
    return error;
  } catch (gone) {
    return gone;
  }
}

/** Whether the disk or another program ended the run, and not the run itself. */
const isOutside = (error: unknown): boolean =>
  error instanceof DiskError || error instanceof FileChanged || error instanceof FolderGone;

function problemOf(error: unknown, rows: readonly EpochRecord[]): Phrase {
  const why = phraseOf(error);
  if (!(error instanceof DiskError)) return why;
  const last = rows.at(-1)?.epoch;
  return last === undefined
    ? errorPhrase('run.thenResume', { why })
    : errorPhrase('run.thenResumeFrom', { why, last });
}

/** What was written must still be there at the end. @throws FileChanged */
function refuseDamage(run: string): void {
  const { damage } = checkParts(run, checkRun(run));
  if (damage) throw new FileChanged(run, damage);
}

/** Writes epoch after epoch until the last, until stopped, or until the run ends by itself. */
async function trainOn(open: OpenRun, live: LiveVerdict, follower: Follower): Promise<void> {
  const { run, rows, writer } = open;
  const control = { ...follower, unfinished: (epoch: UnfinishedEpoch) => writer.keep(epoch) };
  for await (const result of open.epochs(control)) {
    const view = viewOf(result, open);
    const added = open.probabilities?.add(result) ?? null;
    writer.add(result, view, added);
    rows.push(result.record);
    live.add(result);
    const { epoch } = result.record;
    if (result.state) pruneCheckpoints(run, epoch, live.verdict?.epoch ?? null);
    if (added) pruneProbabilities(run, epoch, live.verdict?.high ?? null, added.length);
    const left = secondsLeft(rows, open.plan);
    const { outcomes, detail } = view;
    follower.epoch?.({ record: result.record, outcomes }, live.verdict, left, detail);
    if (live.ends) return;
  }
}

function viewOf({ record, evaluated }: MeasuredEpoch, { drawn }: OpenRun): DynamicsView {
  return dynamicsView(
    record.epoch,
    { predicted: evaluated.classes, loss: evaluated.losses },
    drawn,
  );
}

/** From the median of the newest epochs; null until there is one, and where nobody knows the last. */
function secondsLeft(rows: readonly EpochRecord[], { epochs }: Plan): number | null {
  const last = rows.at(-1);
  if (!last || last.epoch === 0 || epochs === null) return null;
  const newest = rows.slice(-9).map((row) => row.seconds);
  const median = newest.sort((a, b) => a - b)[Math.floor(newest.length / 2)]!;
  return median * Math.max(0, epochs - last.epoch);
}
