/** Finds out what of a run folder is whole, before anything is built on it. */
import type { Phrase } from '../contract/words/phrase.ts';
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { jsonOf } from '../disk/sealed.ts';
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import { EpochRecordSchema } from '../contract/messages/records.ts';
import type { EpochRecord } from '../contract/messages/records.ts';
import { paths } from './files.ts';
import { isLocked } from './lock.ts';
import { readDynamics, readLabels } from './read.ts';
import type { Dynamics } from './read.ts';
import { isRun, readRunConfig } from './stored.ts';
import type { RunConfig } from './stored.ts';
import { provenSums, textOfFile, wholeLines } from './sums.ts';
import type { Sums } from './sums.ts';
import { readStoredSummary } from './summary.ts';
import type { Summary } from './summary.ts';

/** A run folder as far as it is whole. */
export interface CheckedRun {
  stored: RunConfig;
  /** The epochs that are proven, from the first on. */
  rows: EpochRecord[];
  /** Their lines in `metrics.jsonl`. */
  lines: string[];
  /** What their files must be; null for a run of a version without checksums. */
  sums: Sums | null;
  /** Null where the run has not ended, or its summary does not sum up what is there. */
  summary: Summary | null;
  /** What is damaged and what is still good, in one sentence; null where all is whole. */
  damage: Phrase | null;
}

/**
 * Reads config, rows and summary, and checks them against each other; a process that writes to the
 * run at this moment does no harm.
 * @throws InputError where `config.json` is missing or damaged
 */
export function checkRun(run: string): CheckedRun {
  const stored = readRunConfig(run);
  const ended = readStoredSummary(run);
  const text = textOfFile(paths.metrics(run));
  const lines = wholeLines(text);
  if (!stored.sums) return checkOld(run, stored, text, ended);
  const sumLines = wholeLines(textOfFile(paths.sums(run)));
  const sums = provenSums(stored.sums.token, lines, sumLines);
  const rows = rowsIn(lines.slice(0, sums.length));
  const good = {
    stored,
    rows,
    lines: lines.slice(0, rows.length),
    sums: sums.slice(0, rows.length),
  };
  const damaged = (file = paths.metrics(run)) => ({
    ...good,
    summary: null,
    damage: told(file, rows),
  });
  if (rows.length < sums.length) return damaged();
  // A kill or a full disk may come between a row and its checksums.
  const isTorn = lines.length === sums.length + 1;
  if (sumLines.length !== sums.length || (lines.length !== sums.length && !isTorn)) {
    return damaged();
  }
  if (ended === null) return { ...good, summary: null, damage: null };
  if (ended === 'damaged') return damaged(paths.summary(run));
  const link = sums.at(-1)?.link ?? stored.sums.token;
  return ended.link === link ? { ...good, summary: ended.summary, damage: null } : damaged();
}

/** The rows of a run that are proven, in order; none where it has not begun. */
export function readMetrics(run: string): EpochRecord[] {
  return isRun(run) ? checkRun(run).rows : [];
}

/** The rows in the text of a `metrics.jsonl`, up to the first line that is none, or not the next. */
export function parseMetrics(text: string): EpochRecord[] {
  return rowsIn(text.split('\n'));
}

function rowsIn(lines: readonly string[]): EpochRecord[] {
  const rows: EpochRecord[] = [];
  for (const line of lines) {
    const row = v.safeParse(EpochRecordSchema, jsonOf(line));
    if (!row.success || row.output.epoch !== (rows.at(-1)?.epoch ?? row.output.epoch - 1) + 1)
      break;
    rows.push(row.output);
  }
  return rows;
}

/** What checking every file of a run found. */
export interface CheckedParts {
  /** The first epoch whose dynamics are missing or damaged; null where all are whole. */
  brokenEpoch: number | null;
  labelsBroken: boolean;
  /** Null where all is whole. */
  damage: Phrase | null;
}

/** Checks labels and dynamics too; weights are checked where they are used. */
export function checkParts(run: string, checked: CheckedRun): CheckedParts {
  const { stored, rows, damage } = checked;
  const labels = problemOf(() => readLabels(run, stored));
  let whole = 0;
  for (const _ of wholeDynamics(run, checked)) whole++;
  const brokenEpoch = rows[whole]?.epoch ?? null;
  const dynamics = brokenEpoch === null ? null : damageAt(run, checked, brokenEpoch);
  const lost = labels && errorPhrase('run.labelsLost', { why: labels });
  return { brokenEpoch, labelsBroken: labels !== null, damage: damage ?? dynamics ?? lost };
}

/** Checks all but the weights; the epochs from a damaged one on do not count. */
export function checkWhole(run: string): CheckedRun {
  const checked = checkRun(run);
  const { brokenEpoch, damage } = checkParts(run, checked);
  if (brokenEpoch !== null) return cutAt(run, checked, brokenEpoch);
  return { ...checked, damage };
}

/** The run as it was before an epoch whose dynamics are damaged. */
export function cutAt(run: string, checked: CheckedRun, epoch: number): CheckedRun {
  const damage = checked.damage ?? damageAt(run, checked, epoch);
  return {
    ...checked,
    rows: checked.rows.filter((row) => row.epoch < epoch),
    summary: null,
    damage,
  };
}

/** Reads what each epoch said about the samples, up to the first where that is missing or damaged. */
export function* wholeDynamics(
  run: string,
  { rows, sums }: Pick<CheckedRun, 'rows' | 'sums'>,
): Generator<{ record: EpochRecord; dynamics: Dynamics }> {
  for (const record of rows) {
    const dynamics = found(() => readDynamics(run, record.epoch, sums));
    if (!dynamics) return;
    yield { record, dynamics };
  }
}

function damageAt(run: string, { rows }: Pick<CheckedRun, 'rows'>, epoch: number): Phrase {
  return told(
    paths.dynamics(run, epoch),
    rows.filter((row) => row.epoch < epoch),
  );
}

/** Folders among the runs that were runs before their `config.json` went. */
export function hasLostConfig(folder: string): boolean {
  if (isRun(folder) || isLocked(folder)) return false;
  return [paths.metrics, paths.summary].some((path) => existsSync(path(folder)));
}

/** Older runs have no checksums; that rows and summary fit each other is all that can be seen. */
function checkOld(
  run: string,
  stored: RunConfig,
  text: string,
  ended: ReturnType<typeof readStoredSummary>,
): CheckedRun {
  const rows = parseMetrics(text);
  const lines = text.split('\n').slice(0, rows.length);
  const good = { stored, rows, lines, sums: null };
  // Old versions may have left a summary that was cut short, which counted as none.
  if (ended === null || ended === 'damaged') return { ...good, summary: null, damage: null };
  const fits = ended.summary.epochs === (rows.at(-1)?.epoch ?? 0);
  if (fits && wholeLines(text).length === rows.length) {
    return { ...good, summary: ended.summary, damage: null };
  }
  return { ...good, summary: null, damage: told(paths.metrics(run), rows) };
}

function told(path: string, good: readonly EpochRecord[]): Phrase {
  const last = good.at(-1)?.epoch;
  return last === undefined
    ? errorPhrase('run.cutWhole', { where: path })
    : errorPhrase('run.cut', { where: path, last });
}

/** What could be read; null where it is missing or damaged. */
export function found<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function problemOf(read: () => unknown): Phrase | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.phrase;
    throw error;
  }
}
