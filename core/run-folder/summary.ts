/** How a run ended, and its figures in short. */
import { formerVerdict } from './former.ts';
import { StoredPhraseSchema } from '../contract/words/phrase.ts';
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { isSealed, jsonOf, writeSealed } from '../disk/sealed.ts';
import { VerdictSchema } from '../contract/messages/records.ts';
import type { EpochRecord, Verdict } from '../contract/messages/records.ts';
import { RULE } from '../stopping/recommend.ts';
import { paths } from './files.ts';

const optionalNumber = v.nullable(v.number());
const SummarySchema = v.object({
  /** `interrupted`: a disk or another program got in its way, and it can be resumed. */
  status: v.picklist(['finished', 'stopped', 'failed', 'interrupted']),
  /** Why it failed or was interrupted. */
  problem: v.nullable(StoredPhraseSchema),
  epochs: v.number(),
  testAtStop: optionalNumber,
  testBest: optionalNumber,
  testLast: optionalNumber,
  relativeDistance: optionalNumber,
  seconds: v.number(),
  /** Epochs that were planned and not trained, since the run stopped by itself; 0 otherwise. */
  savedEpochs: v.optional(v.number(), 0),
  /** Which rule made the verdict. */
  rule: v.optional(v.number(), 0),
  verdict: v.fallback(
    v.nullable(v.pipe(v.unknown(), v.transform(formerVerdict), VerdictSchema)),
    null,
  ),
});
/** How a run ended, and its figures. */
export type Summary = v.InferOutput<typeof SummarySchema>;

/** A summary as it stands on disk. */
export interface StoredSummary {
  summary: Summary;
  /** The last link of the checksums that it sums up; null in a run of a version that had none. */
  link: string | null;
}

/**
 * Reads the summary of a run that has ended.
 * @returns null where there is none, `damaged` where it does not say what was written
 */
export function readStoredSummary(run: string): StoredSummary | 'damaged' | null {
  const path = paths.summary(run);
  if (!existsSync(path)) return null;
  const value = jsonOf(readFileSync(path, 'utf8'));
  const found = v.safeParse(
    v.object({ ...SummarySchema.entries, link: v.optional(v.nullable(v.string()), null) }),
    value,
  );
  if (!found.success || isSealed(value) === false) return 'damaged';
  const { link, ...summary } = found.output;
  return { summary, link };
}

/**
 * Writes the summary, which marks the run as ended.
 * @param link the last of the run's checksums
 * @throws DiskError
 */
export function writeSummary(run: string, summary: Summary, link: string): void {
  writeSealed(paths.summary(run), { ...summary, link });
}

/** Sums a run up from its rows. */
export function summarize(
  rows: readonly EpochRecord[],
  verdict: Verdict | null,
  end: Pick<Summary, 'status' | 'problem' | 'savedEpochs'>,
): Summary {
  const last = rows.at(-1);
  return {
    ...end,
    epochs: last?.epoch ?? 0,
    rule: RULE,
    verdict,
    ...testFigures(rows, verdict),
    relativeDistance: last?.relativeDistance ?? null,
    seconds: rows.reduce((sum, row) => sum + row.seconds, 0),
  };
}

/** Test accuracy at the recommended epoch, at its best and at the end; null where unknown. */
export function testFigures(
  rows: readonly EpochRecord[],
  verdict: Verdict | null,
): Pick<Summary, 'testAtStop' | 'testBest' | 'testLast'> {
  const tested = rows.flatMap((row) => row.testAccuracy ?? []);
  return {
    testAtStop: rows.find((row) => row.epoch === verdict?.epoch)?.testAccuracy ?? null,
    testBest: tested.length > 0 ? Math.max(...tested) : null,
    testLast: rows.at(-1)?.testAccuracy ?? null,
  };
}
