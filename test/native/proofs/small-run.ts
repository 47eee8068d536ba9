/** What the proofs share: a run of a second, and everything that it ends with. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presets } from '../../../core/kinds/presets.ts';
import type { Config } from '../../../core/contract/config/schema.ts';
import { beginRun, reopenRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { checkWhole, readMetrics } from '../../../core/run-folder/check.ts';
import { paths } from '../../../core/run-folder/files.ts';
import { isRun, ownConfig } from '../../../core/run-folder/stored.ts';

/** `npm run prove` asks for all of it; the tests take a slice. */
export const IS_WHOLE = process.env['LAB_PROOFS'] === 'whole';

/** How many of something: few in the tests, as many as are asked for in a proof. */
export const count = (few: number, whole: number): number => (IS_WHOLE ? whole : few);

/** A softmax on 100 samples. */
export function smallConfig(epochs: number): Config {
  const found = structuredClone(presets()[0]!.config);
  Object.assign(found.data, { train: 100, test: 50 });
  Object.assign(found.network, { preset: 'softmax' });
  Object.assign(found.training, { epochs, threads: 1, optimizer: 'momentum' });
  return found;
}

/** Rows without their times. */
export const numbersOf = (run: string): object[] =>
  readMetrics(run).map(({ seconds: _seconds, ...row }) => row);

/** Everything that a finished run is for, without its times. */
export function endOf(run: string): object {
  const { summary, damage, stored } = checkWhole(run);
  const { epochs } = ownConfig(stored).training;
  return {
    damage,
    rows: numbersOf(run),
    verdict: summary?.verdict,
    status: summary?.status,
    weights: readFileSync(paths.checkpoint(run, epochs)).toString('base64'),
    labels: readFileSync(paths.labels(run)).toString('base64'),
  };
}

/** Trains what is left of a run, if anything is. */
export async function goOn(run: string, config: Config): Promise<void> {
  if (!isRun(run)) {
    await executeRun(await beginRun(run, config));
    return;
  }
  const { summary, damage } = checkWhole(run);
  if (summary?.status !== 'finished' || damage) await executeRun(await reopenRun(run));
}

/** A folder for the time of a test file. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'label-noise-lab-proof-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
