/** Parts of an opened run that the window asks for as it shows them. */
import type { EpochDetail, SampleCourse } from '../contract/messages/records.ts';
import { checkRun } from './check.ts';
import type { CheckedRun } from './check.ts';
import { keptViews } from './kept-views.ts';
import { readLabels } from './read.ts';
import type { RunLabels } from './read.ts';
import { stampOf } from './stamp.ts';

/** A run whose rows and labels are proven. */
export interface ProvenRun {
  checked: CheckedRun;
  labels: RunLabels;
}

/** Proves the rows and labels of a run once, for all pages of it that follow while its files stay. */
export class Prover {
  private last: (ProvenRun & { run: string; stamp: string }) | null = null;

  /** Proves a run now. @throws InputError where its config or labels cannot be read */
  prove(run: string): ProvenRun {
    const stamp = stampOf(run);
    const checked = checkRun(run);
    const labels = readLabels(run, checked.stored);
    this.last = stamp.settled ? { run, stamp: stamp.text, checked, labels } : null;
    return { checked, labels };
  }

  /** What was proven last, where it is this run and its files are the same; else as `prove`. */
  recall(run: string): ProvenRun {
    const { last } = this;
    return last?.run === run && last.stamp === stampOf(run).text ? last : this.prove(run);
  }
}

/**
 * The details of some epochs, in order; those that are not there or whose files are damaged are left out.
 * @param from the first epoch
 */
export function detailsOf(
  run: string,
  { checked, labels }: ProvenRun,
  from: number,
  count: number,
): EpochDetail[] {
  const { rows, views } = keptViews(run, checked, labels, from, count);
  return rows.map(({ epoch }) => views.detail(epoch));
}

/** One sample of the wall over all epochs; of none where the wall has no such place. */
export function courseOf(run: string, { checked, labels }: ProvenRun, place: number): SampleCourse {
  const { rows, views } = keptViews(run, checked, labels);
  const epochs = place < labels.wall.length ? rows.map(({ epoch }) => epoch) : [];
  const states = epochs.map((epoch) => views.sample(epoch, place));
  return {
    epochs,
    predicted: states.map(({ predicted }) => predicted),
    loss: states.map(({ loss }) => loss),
  };
}
