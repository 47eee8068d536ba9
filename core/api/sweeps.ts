/**
 * Folders of sweeps that a person opened. Their runs lie anywhere, so the page knows each by an id made of
 * its folder's mark and its number, and never by a path of its own making.
 */
import { basename, resolve } from 'node:path';
import { sha256 } from '../disk/sealed.ts';
import { InputError } from '../contract/words/errors.ts';
import type { SweepRow, SweepView } from '../contract/messages/sweeps.ts';
import { runFolder } from '../run-folder/folder.ts';
import { stampOf } from '../run-folder/stamp.ts';
import { valueText } from '../sweep/plan.ts';
import { hasPlan, readPlan } from '../sweep/plan-file.ts';
import type { PlacedRun } from '../sweep/plan-file.ts';
import { isDone, standingOf } from '../sweep/standing.ts';
import type { SweepResult } from '../sweep/sweep.ts';

const ID = /^sweep-([0-9a-f]{16})-(\d{1,6})$/;

/** Sweeps by the marks in the ids of their runs. */
export class Sweeps {
  private readonly paths = new Map<string, string>();
  /** What finished runs gave, while their files stay as they are. */
  private readonly done = new Map<string, { stamp: string; result: SweepResult }>();

  /** @param opened paths that a person opened, also before this process was started */
  constructor(private readonly opened: () => readonly string[]) {}

  /**
   * How the runs of a folder stand.
   * @returns null where it is no sweep's
   * @throws InputError where its plan is damaged
   */
  view(path: string): SweepView | null {
    const sweep = resolve(path);
    if (!hasPlan(sweep)) return null;
    const runs = readPlan(sweep);
    const mark = markOf(sweep);
    this.paths.set(mark, sweep);
    const fields = [...new Set(runs.flatMap(({ settings }) => Object.keys(settings)))];
    return {
      path: sweep,
      fields,
      runs: runs.map((run, i) => rowOf(run, this.standing(run), fields, `sweep-${mark}-${i + 1}`)),
    };
  }

  /**
   * The folder of a run by its id.
   * @returns null where the id is not one of a run of a sweep
   * @throws InputError where the sweep or the run is not there
   */
  folderOf(id: string): string | null {
    const [, mark, number] = ID.exec(id) ?? [];
    if (mark === undefined) return null;
    const sweep = this.paths.get(mark) ?? this.opened().find((path) => markOf(path) === mark);
    const run = sweep === undefined ? undefined : readPlan(sweep)[Number(number) - 1];
    if (!run) throw new InputError('sweep.gone', { id });
    return runFolder(sweep!, basename(run.folder));
  }

  private standing(run: PlacedRun): SweepResult {
    const { text, settled } = stampOf(run.folder);
    const before = this.done.get(run.folder);
    if (before?.stamp === text) return before.result;
    const result = standingOf(run);
    if (settled && isDone(result)) this.done.set(run.folder, { stamp: text, result });
    return result;
  }
}

/** Tells a folder from all others, in an id. */
const markOf = (path: string): string => sha256(resolve(path)).slice(0, 16);

function rowOf(
  { folder, settings, config }: PlacedRun,
  result: SweepResult,
  fields: readonly string[],
  id: string,
): SweepRow {
  const { status, problem, epochs, savedEpochs, recommended } = result;
  const { testAtStop, testBest, testLast } = result;
  return {
    id: isDone(result) ? id : null,
    folder: basename(folder),
    values: fields.map((field) => (field in settings ? valueText(settings[field]) : '')),
    status,
    problem,
    epochs,
    planned: config.training.epochs,
    savedEpochs,
    recommended,
    testAtStop,
    testBest,
    testLast,
  };
}
