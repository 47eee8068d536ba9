/** The runs of a folder, each as one row. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sentence } from '../errors.ts';
import { ConfigSchema } from '../config/schema.ts';
import { pathsRead } from '../protocol/paths-read.ts';
import type { RunRow, RunStatus } from '../protocol/records.ts';
import { isLocked } from './lock.ts';
import { isRun, readMetrics, readRunConfig, readSummary } from './read.ts';
import { testFigures } from './summary.ts';
import { verdictOf } from './verdict.ts';

/** One run in short. @throws InputError where it cannot be read */
export function rowOf(run: string): RunRow {
  const { config, created } = readRunConfig(run);
  const rows = readMetrics(run);
  const summary = readSummary(run);
  const verdict = verdictOf(run, rows, config);
  const status: RunStatus = isLocked(run) ? 'running' : (summary?.status ?? 'interrupted');
  return {
    id: basename(run),
    name: config.name,
    status,
    problem: summary?.problem ?? null,
    config,
    lastEpoch: rows.at(-1)?.epoch ?? -1,
    savedEpochs: status === 'finished' ? (summary?.savedEpochs ?? 0) : 0,
    recommended: verdict?.epoch ?? null,
    ...testFigures(rows, verdict),
    relativeDistance: rows.at(-1)?.relativeDistance ?? null,
    created,
    spark: rows.flatMap((row) => row.testAccuracy ?? row.holdoutAccuracy ?? []),
  };
}

/** All runs, newest first, and one sentence where some or all cannot be read. */
export function listRuns(folder: string): { rows: RunRow[]; problem: string | null } {
  let names: string[];
  try {
    mkdirSync(folder, { recursive: true });
    names = readdirSync(folder);
  } catch (error) {
    return { rows: [], problem: sentence(error) };
  }
  const rows: RunRow[] = [];
  const problems: string[] = [];
  for (const name of names) {
    const run = join(folder, name);
    if (name.startsWith('.') || !existsSync(run) || !isRun(run)) continue;
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
