/** A sweep's folder: what it trains, in `sweep.json`, so that any machine can train a run of it by its number. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { PhraseSchema } from '../contract/words/phrase.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import { isSealed, jsonOf, writeSealed } from '../disk/sealed.ts';
import { makeFolder, writeJson } from '../disk/write.ts';
import { StrictConfigSchema } from '../kinds/kinds.ts';
import type { PlannedRun } from './plan.ts';

/** One run of a sweep's folder. */
export interface PlacedRun extends PlannedRun {
  /** The path of its folder. */
  folder: string;
}

const PlanFileSchema = v.object({
  /** Raised with every change that older programs cannot read. */
  version: v.literal(1),
  /** Run 1 comes first. */
  runs: v.pipe(
    v.array(
      v.object({
        /** The name of its folder, beside the file. */
        folder: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/)),
        settings: v.record(v.string(), v.unknown()),
        config: StrictConfigSchema,
      }),
    ),
    v.minLength(1),
  ),
});

const planPath = (sweep: string): string => join(sweep, 'sweep.json');

/** The names of as many run folders, numbered from 1, which sort in that order. */
export function runNames(count: number): string[] {
  const width = String(count).length;
  return Array.from({ length: count }, (_, i) => `run-${String(i + 1).padStart(width, '0')}`);
}

/** Runs with the folders that they have in that of their sweep. @param names one a run */
export function placeRuns(
  sweep: string,
  plan: readonly PlannedRun[],
  names = runNames(plan.length),
): PlacedRun[] {
  return plan.map((run, i) => ({ ...run, folder: join(sweep, names[i]!) }));
}

/**
 * Writes what a sweep trains into its folder, which is made where it is missing. A plan that is there
 * may get more runs at its end.
 * @throws InputError where the folder is another sweep's, DiskError where it cannot be written
 */
export function keepPlan(sweep: string, runs: readonly PlacedRun[]): void {
  const written = ({ settings, config, folder }: PlacedRun) => ({
    folder: basename(folder),
    settings,
    config,
  });
  const plan = runs.map(written);
  const before = hasPlan(sweep) ? readPlan(sweep).map(written) : [];
  if (JSON.stringify(plan.slice(0, before.length)) !== JSON.stringify(before)) {
    throw new InputError('sweep.otherPlan', { folder: sweep });
  }
  if (plan.length === before.length) return;
  makeFolder(sweep);
  writeSealed(planPath(sweep), { version: 1, runs: plan });
}

/** Whether a folder is that of a sweep. */
export function hasPlan(sweep: string): boolean {
  return existsSync(planPath(sweep));
}

/**
 * The runs of a sweep's folder, in order.
 * @throws InputError where it is none, or its plan is damaged
 */
export function readPlan(sweep: string): PlacedRun[] {
  const path = planPath(sweep);
  if (!hasPlan(sweep)) throw new InputError('sweep.noPlan', { where: sweep });
  const value = jsonOf(readFileSync(path, 'utf8'));
  const found = v.safeParse(PlanFileSchema, value);
  if (!found.success || !isSealed(value)) {
    throw new InputError('sweep.planDamaged', { where: path });
  }
  return found.output.runs.map((run) => ({ ...run, folder: join(sweep, run.folder) }));
}

const ProblemSchema = v.object({ problem: PhraseSchema });

/** Beside the folder of the run, which may not be there. */
const problemPath = (run: string): string => `${run}.problem.json`;

/** Keeps why a run could not begin, for whoever reads the sweep's folder; null where it could. @throws DiskError */
export function keepProblem(run: string, problem: Phrase | null): void {
  if (problem === null) rmSync(problemPath(run), { force: true });
  else writeJson(problemPath(run), { problem });
}

/** Why a run could not begin; null where nothing is known. */
export function problemOf(run: string): Phrase | null {
  const path = problemPath(run);
  if (!existsSync(path)) return null;
  const found = v.safeParse(ProblemSchema, jsonOf(readFileSync(path, 'utf8')));
  return found.success ? found.output.problem : errorPhrase('run.fileDamaged', { where: path });
}
