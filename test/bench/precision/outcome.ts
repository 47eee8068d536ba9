/** Where a run ends, and what its network says in the other precision. */
import { existsSync } from 'node:fs';
import type { Config } from '../../../core/contract/config/schema.ts';
import { checkRun } from '../../../core/run-folder/check.ts';
import { stateAt } from '../../../core/run-folder/checkpoints.ts';
import { ownConfig } from '../../../core/run-folder/stored.ts';
import { verdictOf } from '../../../core/run-folder/verdict.ts';
import { beginRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { openProbe } from '../../../core/training/probe.ts';
import { prepare } from '../../../core/training/prepare.ts';

/** Shares, and the recommendation. */
export interface RunOutcome {
  /** Test accuracy of the best epoch, of the last, and of the recommended one. */
  best: number;
  end: number;
  stopped: number;
  /** Training accuracy by the given labels in the last epoch. */
  memorized: number;
  epoch: number;
  low: number;
  high: number;
}

/** A run's outcome; it is trained where it is not there yet. */
export async function outcomeOf(run: string, config: Config): Promise<RunOutcome> {
  if (!existsSync(run)) await executeRun(await beginRun(run, config));
  const checked = checkRun(run);
  const verdict = verdictOf(run, checked);
  if (!verdict) throw new Error(`${run} has no recommendation.`);
  const tests = checked.rows.map((row) => row.testAccuracy!);
  return {
    best: Math.max(...tests),
    end: tests.at(-1)!,
    stopped: tests[verdict.epoch]!,
    memorized: checked.rows.at(-1)!.trainAccuracy,
    epoch: verdict.epoch,
    low: verdict.low,
    high: verdict.high,
  };
}

/** The share of a run's samples that its last weights put into another class in bfloat16 than in float32. */
export async function disagreement(run: string): Promise<number> {
  const checked = checkRun(run);
  const config = ownConfig(checked.stored);
  const state = stateAt(run, checked.rows.at(-1)!.epoch, null)!;
  const found: number[][] = [];
  for (const precision of ['float32', 'bfloat16'] as const) {
    const training = { ...config.training, precision };
    const probe = await openProbe(await prepare({ ...config, training }));
    probe.set(state);
    const parts = (['train', 'holdout', 'test'] as const).map((part) => probe.probabilities(part));
    found.push(parts.flatMap((chances) => predicted(chances, checked.stored.classes.length)));
    probe.dispose();
  }
  const [plain, short] = found as [number[], number[]];
  return plain.filter((one, i) => one !== short[i]).length / plain.length;
}

function predicted(chances: Float32Array, classes: number): number[] {
  return Array.from({ length: chances.length / classes }, (_, i) => {
    const row = chances.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
}
