/** The recommendation for a run on disk, or for one that is being trained. */
import * as v from 'valibot';
import { isSealed, jsonOf, writeSealed } from '../disk/sealed.ts';
import { readIfAble, writeIfAble } from '../disk/spare.ts';
import { VerdictSchema } from '../contract/messages/records.ts';
import type { EpochRecord, Verdict } from '../contract/messages/records.ts';
import { UNKNOWN } from '../stopping/known.ts';
import type { Known } from '../stopping/known.ts';
import { recommend, RULE } from '../stopping/recommend.ts';
import { RecordKeeper } from '../stopping/sample-record.ts';
import type { SampleRecord } from '../stopping/sample-record.ts';
import { signalsOf } from '../stopping/signals.ts';
import { found } from './check.ts';
import type { CheckedRun } from './check.ts';
import { paths } from './files.ts';
import { isLocked } from './lock.ts';
import { readDynamics, readLabels } from './read.ts';
import type { RunConfig } from './stored.ts';

/** A run's recommendation: the one that its summary keeps, where the same rule made it, else anew. */
export function verdictOf(run: string, checked: CheckedRun): Verdict | null {
  return foundVerdict(run, checked).verdict;
}

/**
 * The same, and whether it rests on all that the run has: then it stays so while its rows stay. One
 * that took a while to find is kept in `verdict.json`, where the folder can be written.
 */
export function foundVerdict(
  run: string,
  checked: CheckedRun,
): { verdict: Verdict | null; lasting: boolean } {
  const { rows, summary, stored, sums } = checked;
  // None is kept of a run that is too short, or of another version's shape: that is found anew.
  if (summary?.rule === RULE && summary.verdict) return { verdict: summary.verdict, lasting: true };
  const link = sums?.[rows.length - 1]?.link ?? null;
  const kept = link && readKept(run, link);
  if (kept) return { verdict: kept, lasting: true };
  const record = readRecord(run, checked);
  const verdict = verdictFor(rows, stored, record?.samples ?? null);
  if (link === null || record === null) return { verdict, lasting: false };
  if (verdict && !isLocked(run)) {
    const path = paths.verdict(run);
    writeIfAble(path, () => writeSealed(path, { rule: RULE, link, verdict }));
  }
  return { verdict, lasting: true };
}

const KeptSchema = v.object({ rule: v.literal(RULE), link: v.string(), verdict: VerdictSchema });

/** What `verdict.json` says of the epochs up to a link; null where it says nothing of them. */
function readKept(run: string, link: string): Verdict | null {
  const value = jsonOf(readIfAble(paths.verdict(run)));
  const kept = v.safeParse(KeptSchema, value);
  return kept.success && isSealed(value) && kept.output.link === link ? kept.output.verdict : null;
}

/** What tells how a run was trained. */
export type Maker = Pick<RunConfig, 'config' | 'recorded'>;

/** How many samples a run keeps from training. */
function heldOut({ config, recorded }: Maker): number {
  return config ? Math.round(config.data.train * config.data.holdoutShare) : recorded!.holdout;
}

/** The recommendation for a run's rows, with what is known of its samples. @param made its config, or what was recorded */
export function verdictFor(
  rows: readonly EpochRecord[],
  made: Maker,
  record: SampleRecord | null,
): Verdict | null {
  return recommend(rows.map(signalsOf), heldOut(made), record, knownOf(made));
}

/** What the person says is known; never what the lab itself knows of noise that it made. */
function knownOf({ config }: Maker): Known {
  if (!config || config.training.knownKind === 'unknown') return UNKNOWN;
  const { knownRate: rate, knownKind: kind } = config.training;
  return { ...UNKNOWN, noise: { kind, rate } };
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
