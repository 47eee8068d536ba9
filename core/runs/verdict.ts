/** The recommendation for a run on disk, or for one that is being trained. */
import type { Config } from '../config/schema.ts';
import type { EpochRecord, Verdict } from '../protocol/records.ts';
import { recommend, RULE } from '../stopping/recommend.ts';
import { RecordKeeper } from '../stopping/sample-record.ts';
import type { SampleRecord } from '../stopping/sample-record.ts';
import { signalsOf } from '../stopping/signals.ts';
import { found } from './check.ts';
import type { CheckedRun } from './check.ts';
import { readDynamics, readLabels } from './read.ts';

/** A run's recommendation: the one that its summary keeps, where the same rule made it, else anew. */
export function verdictOf(run: string, checked: CheckedRun): Verdict | null {
  const { rows, summary, stored } = checked;
  // None is kept of a run that is too short, or of another version's shape: that is found anew.
  if (summary?.rule === RULE && summary.verdict) return summary.verdict;
  return judge(rows, stored.config, readRecord(run, checked)?.samples ?? null);
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
 * or a file of it is gone or damaged, which is told where the run is opened: then its curves are
 * judged alone.
 */
export function readRecord(
  run: string,
  { rows, stored, sums }: Pick<CheckedRun, 'rows' | 'stored' | 'sums'>,
): RecordKeeper | null {
  return found(() => {
    const labels = readLabels(run, stored);
    const keeper = new RecordKeeper(stored.classes.length, labels.given, labels.holdoutGiven);
    for (const { epoch } of rows) {
      const { predicted, holdout } = readDynamics(run, epoch, sums);
      if (!holdout) return null;
      if (epoch > 0) keeper.add(predicted, holdout.predicted);
    }
    return keeper;
  });
}
