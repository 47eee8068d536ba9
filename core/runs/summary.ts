/** How a run ended, and its figures in short. */
import type { EpochRecord, Verdict } from '../protocol/records.ts';
import { RULE } from '../stopping/recommend.ts';
import { paths, writeJson } from './files.ts';

/** How a run ended. */
export interface Summary {
  status: 'finished' | 'stopped' | 'failed';
  /** Why it failed, in one sentence. */
  problem: string | null;
  epochs: number;
  /** Which rule made the verdict. */
  rule: number;
  verdict: Verdict | null;
  /** Epochs that were planned and not trained, since the run stopped by itself; 0 otherwise. */
  savedEpochs: number;
  testAtStop: number | null;
  testBest: number | null;
  testLast: number | null;
  relativeDistance: number | null;
  seconds: number;
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

/** Writes the summary, which marks the run as ended. */
export function endRun(run: string, summary: Summary): void {
  writeJson(paths.summary(run), summary);
}
