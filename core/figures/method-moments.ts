/** What a run of a method is like at its end and where it would have been stopped. */
import type { EpochRecord } from '../contract/messages/records.ts';
import { readDynamics, readLabels } from '../run-folder/read.ts';
import type { FigureRun, RunSoFar } from './figure-runs.ts';

/** A run at one epoch. */
export interface MethodMoment {
  epoch: number;
  /** 0 to 1. */
  testAccuracy: number;
  /** Relative to the norm of the initial weights. */
  distance: number;
  /** The share of wrong labels that the network predicts, 0 to 1. */
  memorized: number;
}

/** Those of finished runs, which do not change. */
const known = new Map<string, { end: MethodMoment; stop: MethodMoment }>();

/** At the end, and at our early stop, which no test data went into; null where one of them has no test accuracy. */
export function momentsOf(
  run: RunSoFar<FigureRun>,
): { end: MethodMoment; stop: MethodMoment } | null {
  const before = known.get(run.folder);
  if (before) return before;
  const last = run.rows.at(-1);
  const stop = run.rows.find(({ epoch }) => epoch === run.verdict?.epoch);
  const [end, early] = [last, stop].map((row) => (row ? momentAt(run.folder, row) : null));
  if (!end || !early) return null;
  known.set(run.folder, { end, stop: early });
  return { end, stop: early };
}

function momentAt(folder: string, row: EpochRecord): MethodMoment | null {
  const { epoch, testAccuracy, relativeDistance } = row;
  if (typeof testAccuracy !== 'number' || typeof relativeDistance !== 'number') return null;
  return { epoch, testAccuracy, distance: relativeDistance, memorized: memorizedAt(folder, epoch) };
}

function memorizedAt(folder: string, epoch: number): number {
  const { given, truth } = readLabels(folder);
  if (!truth) return 0;
  const { predicted } = readDynamics(folder, epoch);
  let [wrong, fitted] = [0, 0];
  given.forEach((label, i) => {
    if (label === truth[i]) return;
    wrong++;
    if (predicted[i] === label) fitted++;
  });
  return wrong > 0 ? fitted / wrong : 0;
}
