/** The runs of a figure, trained by a cluster's queue: by the same plan, task and script as those of a sweep. */
import { InputError } from '../contract/words/errors.ts';
import type { FigureSettings } from '../contract/messages/figures.ts';
import { FIGURES } from '../figures/index.ts';
import type { Figure } from '../figures/figure.ts';
import { writeSettings } from '../figures/store.ts';
import { placeRuns } from '../sweep/plan-file.ts';
import { isDone, standingOf } from '../sweep/standing.ts';
import { t, words } from '../terminal/language.ts';
import { printNote } from '../terminal/output.ts';
import { handOver } from './sweep-queue.ts';
import type { QueueOptions } from './sweep-queue.ts';

/**
 * Hands the runs of a figure to a queue that are missing, and tells how many are.
 * @param folder of the figure with these settings
 * @returns whether they are all there now, so that it can be drawn
 * @throws InputError where it is made of no runs, or as `handOver` does
 */
export async function queueFigure(
  on: 'slurm' | 'script',
  figure: Figure,
  settings: FigureSettings,
  folder: string,
  options: QueueOptions & { json?: boolean },
): Promise<boolean> {
  const { id } = figure.info;
  if (!figure.runs) {
    const names = FIGURES.filter(({ runs }) => runs).map((other) => other.info.id);
    throw new InputError('figure.noRuns', { id, names: names.join(', ') });
  }
  const { plan, names } = figure.runs(settings);
  const runs = placeRuns(folder, plan, names);
  if (runs.map(standingOf).every(isDone)) return true;
  writeSettings(folder, id, settings);
  const isOver = await handOver(on, folder, runs, options);
  const standing = runs.map(standingOf);
  for (const { problem } of standing) if (isOver && problem) printNote(words(problem));
  const n = standing.filter(isDone).length;
  if (n === runs.length) return isOver;
  printNote(t('cli.figure.waiting', { n, all: runs.length }));
  if (isOver) process.exitCode = 1;
  return false;
}
