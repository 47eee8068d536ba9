/** The runs of a folder, each as one row. */
import type { Phrase } from '../contract/words/phrase.ts';
import { errorPhrase, phraseOf } from '../contract/words/errors.ts';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { ConfigSchema } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';
import { pathsRead } from '../contract/messages/paths-read.ts';
import { RecordFactsSchema } from '../contract/messages/records.ts';
import type { RunRow, RunStatus, Verdict } from '../contract/messages/records.ts';
import { checkRun, hasLostConfig } from './check.ts';
import type { CheckedRun } from './check.ts';
import { isImported } from './imported.ts';
import { isLocked } from './lock.ts';
import { isRun, runName, readRunConfig } from './stored.ts';
import { readIndex, writeIndex } from './run-index.ts';
import type { IndexedRow } from './run-index.ts';
import { stampOf } from './stamp.ts';
import { testFigures } from './summary.ts';
import { foundVerdict } from './verdict.ts';

/** One run in short, and what is damaged of its rows. @throws InputError where it cannot be read */
export function rowOf(run: string, checked = checkRun(run)): RunRow {
  return rowAndVerdict(run, checked).row;
}

/**
 * The same with its verdict.
 * @returns `lasting`: whether it stays so as long as the files stay that it is made from
 */
export function rowAndVerdict(
  run: string,
  checked = checkRun(run),
): { row: RunRow; verdict: Verdict | null; lasting: boolean } {
  const { verdict, lasting } = foundVerdict(run, checked);
  const row = rowWith(verdict, run, checked);
  return { row, verdict, lasting: lasting && row.status !== 'running' && checked.damage === null };
}

function rowWith(verdict: Verdict | null, run: string, checked: CheckedRun): RunRow {
  const { stored, rows, summary, damage } = checked;
  const { config, recorded, created, noise } = stored;
  const isRunning = isLocked(run);
  // What is being written at this moment is not whole yet, and not damaged.
  const problem = isRunning ? null : (damage ?? summary?.problem ?? null);
  const ended = damage ? 'interrupted' : (summary?.status ?? 'interrupted');
  const status: RunStatus = isRunning ? 'running' : ended;
  return {
    id: basename(run),
    name: runName(stored),
    status,
    problem,
    config,
    recorded: recorded && v.parse(RecordFactsSchema, recorded),
    wrongShare: noise?.truthKnown ? noise.wrong / Math.max(1, noise.total) : null,
    lastEpoch: rows.at(-1)?.epoch ?? -1,
    savedEpochs: status === 'finished' ? (summary?.savedEpochs ?? 0) : 0,
    recommended: verdict?.epoch ?? null,
    ...testFigures(rows, verdict),
    relativeDistance: rows.at(-1)?.relativeDistance ?? null,
    created,
    spark: spaced(rows.flatMap((row) => row.testAccuracy ?? row.holdoutAccuracy ?? [])),
  };
}

/** The longest that a row's curve is. */
const LONGEST = 200;

/** Values, or so many of them as a small curve can show: evenly spaced, with the first and the last. */
export function spaced(values: readonly number[], most = LONGEST): number[] {
  if (values.length <= most) return [...values];
  const step = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => values[Math.round(i * step)]!);
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
    throw new InputError(phraseOf(error, folder));
  }
}

/**
 * A run's row: as the index has it while its files are the same, else read anew.
 *
 * A row of the index was whole when it was read. Damage that changed no file's size or times since (a
 * disk that forgets) stays unseen in the list, and is told where the run is opened.
 * @param known what the index has of it
 * @returns `indexed`: what the index may keep of it; null where it may change by itself
 */
function knownRow(
  run: string,
  known: IndexedRow | undefined,
  now: number,
): { row: RunRow; indexed: IndexedRow | null } {
  const stamp = stampOf(run, now);
  if (known?.stamp === stamp.text && !isLocked(run)) return { row: known.row, indexed: known };
  const { row, lasting } = rowAndVerdict(run);
  return { row, indexed: lasting && stamp.settled ? { stamp: stamp.text, row } : null };
}

/**
 * All runs, newest first, and one sentence where some or all cannot be read. Keeps an index of them.
 * @param now in ms, as `Date.now` tells it
 */
export function listRuns(
  folder: string,
  now = Date.now(),
): { rows: RunRow[]; problem: Phrase | null } {
  let names: string[];
  try {
    names = namesInRuns(folder);
  } catch (error) {
    return { rows: [], problem: phraseOf(error) };
  }
  const rows: RunRow[] = [];
  const problems: Phrase[] = [];
  const before = readIndex(folder);
  const index = new Map<string, IndexedRow>();
  for (const name of names) {
    const run = join(folder, name);
    if (name.startsWith('.')) continue;
    if (hasLostConfig(run)) problems.push(errorPhrase('run.configGone', { where: run }));
    if (!isRun(run)) continue;
    try {
      const { row, indexed } = knownRow(run, before.get(name), now);
      rows.push(row);
      if (indexed) index.set(name, indexed);
    } catch (error) {
      problems.push(phraseOf(error));
    }
  }
  const isSame =
    index.size === before.size && [...index].every(([name, one]) => before.get(name) === one);
  if (!isSame) writeIndex(folder, index);
  rows.sort((a, b) => b.created.localeCompare(a.created));
  const [first] = problems;
  if (!first || problems.length === 1) return { rows, problem: first ?? null };
  return { rows, problem: errorPhrase('run.problems', { first, n: problems.length - 1 }) };
}

/**
 * What the configs of all runs read: paths of data and of labels, each once. Damaged runs name none, and
 * of runs that came in an archive somebody else chose them.
 */
export function pathsOfRuns(folder: string): string[] {
  const found = new Set<string>();
  for (const name of namesIn(folder)) {
    try {
      const { config } = readRunConfig(join(folder, name));
      if (!config || isImported(join(folder, name))) continue;
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
