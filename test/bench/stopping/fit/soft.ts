/** How well constants do on runs, smoothly: what an epoch drawn among the best would lose. */
import type { StoppingConstants } from '../../../../core/stopping/constants.ts';
import { judge } from '../../../../core/stopping/recommend.ts';
import type { CorpusRun } from '../corpus.ts';
import { givenOf } from '../evaluate.ts';
import type { Setting } from '../evaluate.ts';

/**
 * How much less likely each next best epoch is taken. The regret of the best one alone jumps as
 * constants move, so that the least of it says little; by ranks, for constants change the scale too.
 */
const NEXT = 0.6;

/** @returns points of test accuracy; null where the run has no such hold-out */
export function softRegret(
  run: CorpusRun,
  setting: Setting,
  constants: StoppingConstants,
): number | null {
  const given = givenOf(run, setting);
  if (!given) return null;
  const { rows, holdoutCount, record, known } = given;
  const { found, expected } = judge(rows, holdoutCount, record, known, constants, 0)!;
  const best = Math.max(...run.testAccuracy);
  const ranked = expected.map((_, point) => point).sort((a, b) => expected[b]! - expected[a]!);
  let [sum, total] = [0, 0];
  ranked.forEach((point, rank) => {
    const weight = NEXT ** rank;
    const block = found.blocks[point]!;
    for (const row of block) {
      const { epoch } = found.rows[row]!;
      sum += (weight / block.length) * (best - run.testAccuracy[epoch - 1]!);
    }
    total += weight;
  });
  return (100 * sum) / total;
}
