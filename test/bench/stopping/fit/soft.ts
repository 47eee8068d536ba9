/** How well constants do on runs, smoothly: what an epoch drawn by its expected accuracy would lose. */
import type { Constants } from '../../../../core/stopping/constants.ts';
import { judge } from '../../../../core/stopping/recommend.ts';
import type { CorpusRun } from '../corpus.ts';
import { givenOf } from '../evaluate.ts';
import type { Setting } from '../evaluate.ts';

/**
 * Epochs whose expected accuracies differ by less than this are about as likely to be taken. The
 * regret of the best one alone jumps as constants move, so that the least of it says little.
 */
const SOFTNESS = 0.003;

/** @returns points of test accuracy; null where the run has no such hold-out */
export function softRegret(run: CorpusRun, setting: Setting, constants: Constants): number | null {
  const given = givenOf(run, setting);
  if (!given) return null;
  const { rows, holdoutCount, record, known } = given;
  const { found, expected } = judge(rows, holdoutCount, record, known, constants, 0)!;
  const top = Math.max(...expected);
  const best = Math.max(...run.testAccuracy);
  let [sum, total] = [0, 0];
  expected.forEach((value, point) => {
    const weight = Math.exp((value - top) / SOFTNESS);
    const block = found.blocks[point]!;
    for (const row of block) {
      const { epoch } = found.rows[row]!;
      sum += (weight / block.length) * (best - run.testAccuracy[epoch - 1]!);
    }
    total += weight;
  });
  return (100 * sum) / total;
}
