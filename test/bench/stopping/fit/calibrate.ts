/** Fits what stated chances came true as. */
import { factor, solveLower, solveUpper } from '../../../../core/stopping/cholesky.ts';
import type { StoppingConstants, SurenessLine } from '../../../../core/stopping/constants.ts';
import type { CorpusRun } from '../corpus.ts';
import { outcomes, OURS } from '../evaluate.ts';
import { CALIBRATED } from './plan.ts';

type Kind = keyof typeof CALIBRATED;

/** Nothing is corrected, so that verdicts state what the posterior says. */
const PLAIN: SurenessLine = [1, 0, 0];

/** The constants with every correction fitted, the others as they are. */
export function calibrate(
  runs: readonly CorpusRun[],
  constants: StoppingConstants,
): StoppingConstants {
  const lines = Object.keys(CALIBRATED).map((kind) => [
    kind,
    lineOf(runs, kind as Kind, constants),
  ]);
  return {
    ...constants,
    calibration: Object.fromEntries(lines) as StoppingConstants['calibration'],
  };
}

/** The correction of one kind of verdict. */
export function lineOf(
  runs: readonly CorpusRun[],
  kind: Kind,
  constants: StoppingConstants,
): SurenessLine {
  const plain = { ...constants, calibration: { ...constants.calibration, [kind]: PLAIN } };
  const points = CALIBRATED[kind].flatMap((setting) =>
    runs.flatMap((run) => {
      const ours = outcomes(run, setting, plain)?.find(({ rule }) => rule === OURS);
      if (!ours) return [];
      const odds = Math.log(ours.confidence! / (1 - ours.confidence!));
      const size = setting.holdout > 0 ? Math.log(setting.holdout / 1000) : 0;
      return [{ x: [odds, 1, size], held: ours.inRange! }];
    }),
  );
  return logistic(points).map((value) => Number(value.toFixed(3))) as unknown as SurenessLine;
}

/** A weak wish for small coefficients, which also keeps one that nothing tells of at zero. */
const RIDGE = 0.5;

/** Logistic regression by Newton's method (Bishop 2006, 4.3.3). @returns a coefficient for each number in `x` */
export function logistic(points: readonly { x: readonly number[]; held: boolean }[]): number[] {
  const size = points[0]!.x.length;
  const found = new Float64Array(size);
  for (let round = 0; round < 25; round++) {
    const step = Float64Array.from(found, (value) => -RIDGE * value);
    const bend = new Float64Array(size * size);
    for (let i = 0; i < size; i++) bend[i * size + i] = RIDGE;
    for (const { x, held } of points) {
      const odds = x.reduce((sum, value, i) => sum + value * found[i]!, 0);
      const chance = 1 / (1 + Math.exp(-odds));
      for (let i = 0; i < size; i++) {
        step[i]! += ((held ? 1 : 0) - chance) * x[i]!;
        for (let j = 0; j < size; j++) {
          bend[i * size + j]! += chance * (1 - chance) * x[i]! * x[j]!;
        }
      }
    }
    factor(bend, size);
    solveLower(bend, size, step);
    solveUpper(bend, size, step);
    step.forEach((value, i) => (found[i]! += value));
  }
  return [...found];
}
