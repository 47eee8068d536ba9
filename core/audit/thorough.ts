/** A thorough audit: what networks say of samples that each of them never saw, by cross-validation. */
import { loadTensorFlow } from '../engine/tensorflow.ts';
import { foldsOf } from '../labels/folds.ts';
import type { Fold } from '../labels/folds.ts';
import { recommend } from '../stopping/recommend.ts';
import { RecordKeeper } from '../stopping/sample-record.ts';
import { signalsOf } from '../stopping/signals.ts';
import type { EpochRecord, Verdict } from '../contract/messages/records.ts';
import { meanOf } from '../labels/model.ts';
import { IN_A_ROW, shouldStop } from '../stopping/live.ts';
import type { RunLabels } from '../run-folder/read.ts';
import { keepFolds, readFolds } from './kept-folds.ts';
import type { Prepared } from '../training/prepare.ts';
import { train } from '../training/train.ts';
import type { CheckedRun } from '../run-folder/check.ts';
import { ownConfig } from '../run-folder/stored.ts';
import type { AuditControl } from './control.ts';
import type { RunEvidence } from './evidence.ts';

/** A fold is trained on while a better epoch is likelier than this. */
const CHANCE = 0.1;
/** Trainings of a thorough audit where nobody says how many. */
export const FOLDS = 5;

/** About how many epochs a fold takes: as many as the run would have, had it stopped by itself. */
function expectedEpochs({ stored }: CheckedRun, { high }: Verdict): number {
  return Math.min(ownConfig(stored).training.epochs, high + IN_A_ROW);
}

/**
 * About how long a thorough audit takes, in seconds: each fold trains on all labelled samples but its own.
 * @param verdict of the run
 */
export function thoroughSeconds(checked: CheckedRun, verdict: Verdict, folds = FOLDS): number {
  const { rows, stored } = checked;
  const epoch = meanOf(rows.map(({ seconds }) => seconds));
  const perFold = epoch * (1 + ownConfig(stored).data.holdoutShare) * (1 - 1 / folds);
  return folds * perFold * expectedEpochs(checked, verdict);
}

/** What folds of a run tell: those that were kept, or else new ones, which are kept. */
export async function readThorough(
  run: string,
  checked: CheckedRun,
  labels: RunLabels,
  prepared: Prepared,
  verdict: Verdict,
  count: number,
  control: AuditControl,
): Promise<RunEvidence> {
  const kept = readFolds(run, checked, count, labels);
  if (kept) return kept;
  const told = await readOutside(prepared, count, expectedEpochs(checked, verdict), control);
  keepFolds(run, checked, count, told);
  return told;
}

/**
 * Trains every fold as the run was trained until stopping is due, and averages its epochs up to the end of the range that is
 * recommended for it.
 * @param count how many folds
 * @param epochs how many each is expected to take
 * @throws DOMException where it was ended
 */
async function readOutside(
  prepared: Prepared,
  count: number,
  epochs: number,
  { progress, signal }: AuditControl,
): Promise<RunEvidence> {
  const { threads, device } = prepared.config.training;
  await loadTensorFlow(threads, device);
  const trained = prepared.train.given.length;
  const samples = trained + prepared.holdout.given.length;
  const classes = prepared.dataset.classes.length;
  const probabilities = new Float32Array(samples * classes);
  const votes = new Float32Array(samples * classes);
  for (const [i, fold] of foldsOf(prepared, count).entries()) {
    const told = await followed(fold, signal, (epoch) =>
      progress?.((i + Math.min(1, epoch / epochs)) / count),
    );
    fold.held.forEach((place, at) => {
      for (const said of told) {
        const own = said.subarray(at * classes, (at + 1) * classes);
        let top = 0;
        for (let c = 0; c < classes; c++) {
          probabilities[place * classes + c]! += own[c]! / told.length;
          if (own[c]! > own[top]!) top = c;
        }
        votes[place * classes + top]! += 1 / told.length;
      }
    });
  }
  const part = (values: Float32Array, from: number, to?: number) =>
    values.subarray(from * classes, to === undefined ? undefined : to * classes);
  const { train: first, holdout } = prepared;
  return {
    train: {
      given: first.given,
      probabilities: part(probabilities, 0, trained),
      votes: part(votes, 0, trained),
    },
    holdout:
      holdout.given.length > 0
        ? {
            given: holdout.given,
            probabilities: part(probabilities, trained),
            votes: part(votes, trained),
          }
        : null,
    kept: true,
  };
}

/** The class probabilities that each epoch up to the end of the recommended range gave the samples held out. */
async function followed(
  { prepared }: Fold,
  signal: AbortSignal | undefined,
  progress: (epoch: number) => void,
): Promise<Float32Array[]> {
  const { dataset, train: labels, holdout } = prepared;
  const keeper = new RecordKeeper(dataset.classes.length, labels.given, holdout.given);
  const rows: EpochRecord[] = [];
  const said: Float32Array[] = [];
  const verdicts: (Verdict | null)[] = [];
  for await (const { record, evaluated, heldOut, probabilities } of train(prepared)) {
    signal?.throwIfAborted();
    rows.push(record);
    progress(record.epoch);
    if (record.epoch === 0) continue;
    keeper.add(evaluated.classes.slice(), heldOut.classes);
    said.push((heldOut.probabilities ?? probabilities().holdout).slice());
    verdicts.push(recommend(rows.map(signalsOf), holdout.given.length, keeper.samples));
    if (shouldStop(verdicts, CHANCE)) break;
  }
  return said.slice(0, verdicts.at(-1)?.high ?? said.length);
}
