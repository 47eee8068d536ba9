/** The recommendation for a run on disk, or for one that is being trained. */
import { existsSync } from 'node:fs';
import type { Config } from '../config/schema.ts';
import type { EpochRecord, Verdict } from '../protocol/records.ts';
import { recommend, RULE } from '../stopping/recommend.ts';
import { RecordKeeper } from '../stopping/sample-record.ts';
import type { SampleRecord } from '../stopping/sample-record.ts';
import { signalsOf } from '../stopping/signals.ts';
import { paths } from './files.ts';
import { readDynamics, readLabels, readRunConfig, readSummary } from './read.ts';

/**
 * A run's recommendation: the one that its summary keeps, where the same rule made it, else anew.
 * @throws InputError where the run cannot be read
 */
export function verdictOf(
  run: string,
  rows: readonly EpochRecord[],
  config: Config,
): Verdict | null {
  const summary = readSummary(run);
  // None is kept of a run that is too short, or of another version's shape: that is found anew.
  const isKept = summary?.rule === RULE && summary.epochs === rows.at(-1)?.epoch;
  if (isKept && summary.verdict) return summary.verdict;
  return judge(rows, config, readRecord(run, rows)?.samples ?? null);
}

/** The recommendation for a run's rows, with what is known of its samples. */
export function judge(
  rows: readonly EpochRecord[],
  config: Config,
  record: SampleRecord | null,
): Verdict | null {
  const held = Math.round(config.data.train * config.data.holdoutShare);
  return recommend(rows.map(signalsOf), held, record);
}

/**
 * Reads what each epoch said about each sample; null where a run was written without its hold-out,
 * or a file of it is gone: then its curves are judged alone.
 * @throws InputError where a file is damaged
 */
export function readRecord(run: string, rows: readonly EpochRecord[]): RecordKeeper | null {
  const files = [paths.labels(run), ...rows.map(({ epoch }) => paths.dynamics(run, epoch))];
  if (!files.every((file) => existsSync(file))) return null;
  const labels = readLabels(run);
  const { classes } = readRunConfig(run);
  const keeper = new RecordKeeper(classes.length, labels.given, labels.holdoutGiven);
  for (const { epoch } of rows) {
    const { predicted, holdout } = readDynamics(run, epoch);
    if (!holdout) return null;
    if (epoch > 0) keeper.add(predicted, holdout.predicted);
  }
  return keeper;
}
