/** The runs of a folder, each as one row. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigSchema } from '../config/schema.ts';
import { InputError, sentence } from '../errors.ts';
import { pathsRead } from '../protocol/paths-read.ts';
import type { RunRow, RunStatus } from '../protocol/records.ts';
import { checkRun, hasLostConfig } from './check.ts';
import { isLocked } from './lock.ts';
import { isRun, readRunConfig } from './stored.ts';
import { testFigures } from './summary.ts';
import { verdictOf } from './verdict.ts';

/** One run in short, and what is damaged of its rows. @throws InputError where it cannot be read */
export function rowOf(run: string, checked = checkRun(run)): RunRow {
  const { stored, rows, summary, damage } = checked;
  const { config, created, noise } = stored;
  const verdict = verdictOf(run, checked);
  const isRunning = isLocked(run);
  // What is being written at this moment is not whole yet, and not damaged.
  const problem = isRunning ? null : (damage ?? summary?.problem ?? null);
  const ended = damage ? 'interrupted' : (summary?.status ?? 'interrupted');
  const status: RunStatus = isRunning ? 'running' : ended;
  return {
    id: basename(run),
    name: config.name,
    status,
    problem,
    config,
    wrongShare: noise?.truthKnown ? noise.wrong / Math.max(1, noise.total) : null,
    lastEpoch: rows.at(-1)?.epoch ?? -1,
    savedEpochs: status === 'finished' ? (summary?.savedEpochs ?? 0) : 0,
    recommended: verdict?.epoch ?? null,
    ...testFigures(rows, verdict),
    relativeDistance: rows.at(-1)?.relativeDistance ?? null,
    created,
    spark: rows.flatMap((row) => row.testAccuracy ?? row.holdoutAccuracy ?? []),
  };
}

/**
 * What a folder of runs holds; nothing where it is not there yet, since the first run makes it.
 * @throws InputError where it cannot be read
 */
export function namesInRuns(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new InputError(sentence(error, folder));
  }
}

/** All runs, newest first, and one sentence where some or all cannot be read. */
export function listRuns(folder: string): { rows: RunRow[]; problem: string | null } {
  let names: string[];
  try {
    names = namesInRuns(folder);
  } catch (error) {
    return { rows: [], problem: sentence(error) };
  }
  const rows: RunRow[] = [];
  const problems: string[] = [];
  for (const name of names) {
    const run = join(folder, name);
    if (name.startsWith('.')) continue;
    if (hasLostConfig(run)) problems.push(`${run} cannot be opened: its config.json is gone.`);
    if (!isRun(run)) continue;
    try {
      rows.push(rowOf(run));
    } catch (error) {
      problems.push(sentence(error));
    }
  }
  rows.sort((a, b) => b.created.localeCompare(a.created));
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return { rows, problem: problems.length > 0 ? `${problems[0]}${more}` : null };
}

/** What the configs of all runs read: paths of data and of labels, each once. Damaged runs name none. */
export function pathsOfRuns(folder: string): string[] {
  const found = new Set<string>();
  for (const name of namesIn(folder)) {
    try {
      const { config } = readRunConfig(join(folder, name));
      for (const path of pathsRead(ConfigSchema, config)) found.add(path);
    } catch {
      // Not a run, or one that cannot be opened either.
    }
  }
  return [...found];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
