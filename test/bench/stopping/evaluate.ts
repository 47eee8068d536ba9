/** What each rule loses on each run, in points of test accuracy. */
import type { Verdict } from '../../../core/contract/messages/records.ts';
import { CONSTANTS } from '../../../core/stopping/constants.ts';
import type { StoppingConstants } from '../../../core/stopping/constants.ts';
import { UNKNOWN } from '../../../core/stopping/known.ts';
import type { KnownNoise } from '../../../core/stopping/known.ts';
import { shouldStop } from '../../../core/stopping/live.ts';
import { recommend } from '../../../core/stopping/recommend.ts';
import { RULES } from '../../../core/stopping/rules/index.ts';
import { upTo } from '../../../core/stopping/sample-record.ts';
import type { SampleRecord } from '../../../core/stopping/sample-record.ts';
import type { StoppingSignals } from '../../../core/stopping/signals.ts';
import { firstOf } from './corpus.ts';
import type { CorpusRun, HoldoutCurve } from './corpus.ts';

/** What a rule is given of a run. */
export interface Setting {
  /** Hold-out samples; 0 for none. */
  holdout: number;
  /** Each sample's predictions besides the curves. */
  record: boolean;
  /** The rate and kind of the noise. */
  rate?: boolean;
}

/** What a rule did on a run. */
export interface Outcome {
  run: CorpusRun;
  setting: Setting;
  rule: string;
  epoch: number;
  /** Best test accuracy of the run less that at the epoch, in points. */
  regret: number;
  /** Of ours: whether the best test accuracy lies in the range, and how sure it was. */
  inRange?: boolean;
  confidence?: number;
}

export const OURS = 'Ours';

/** Every rule on a run in a setting; null where the run has no such hold-out. */
export function outcomes(
  run: CorpusRun,
  setting: Setting,
  constants: StoppingConstants = CONSTANTS,
): Outcome[] | null {
  const given = givenOf(run, setting);
  if (!given) return null;
  const { rows, holdoutCount, record, known } = given;
  const verdict = recommend(rows, holdoutCount, record, known, constants)!;
  const best = Math.max(...run.testAccuracy);
  const outcome = (rule: string, epoch: number): Outcome => {
    const regret = 100 * (best - run.testAccuracy[epoch - 1]!);
    return { run, setting, rule, epoch, regret };
  };
  const { low, high, confidence } = verdict;
  const inRange = run.testAccuracy.some(
    (value, i) => value === best && i + 1 >= low && i + 1 <= high,
  );
  return [
    { ...outcome(OURS, verdict.epoch), inRange, confidence },
    ...RULES.all.flatMap(({ id, epochOf }) => {
      const epoch = epochOf(rows);
      return epoch === null ? [] : [outcome(id, epoch)];
    }),
  ];
}

/** What a recommendation is given of a run in a setting; null where the run has no such hold-out. */
export function givenOf(run: CorpusRun, setting: Setting) {
  const curve = run.holdouts.find(({ count }) => count === setting.holdout);
  if (setting.holdout > 0 && !curve) return null;
  return {
    rows: rowsOf(run, curve ?? null),
    holdoutCount: setting.holdout,
    record: setting.record ? recordOf(run, setting) : null,
    known: setting.rate ? { classes: run.classes, noise: noiseOf(run) } : UNKNOWN,
  };
}

/** Kinds of noise that give each class one other. */
const ONE_OTHER = ['pair', 'asymmetric'];

/** What is known of a run's noise where its rate and kind are told; human noise counts as symmetric. */
export const noiseOf = ({ noise, wrong }: CorpusRun): KnownNoise => ({
  kind: ONE_OTHER.includes(noise) ? 'pair' : 'symmetric',
  rate: wrong,
});

/** The rows of a log that a rule may see. */
export function rowsOf(run: CorpusRun, holdout: HoldoutCurve | null): StoppingSignals[] {
  return run.testAccuracy.map((_, i) => ({
    epoch: i + 1,
    trainLoss: run.trainLoss[i]!,
    trainAccuracy: run.trainAccuracy[i]!,
    holdoutAccuracy: holdout?.accuracy[i] ?? null,
    holdoutLoss: holdout?.loss[i] ?? null,
    relativeDistance: run.relativeDistance[i]!,
    predictionChanges: run.predictionChanges[i]!,
  }));
}

/** The samples' predictions that a rule may see. */
export function recordOf(run: CorpusRun, { holdout }: Setting): SampleRecord {
  const held = holdout > 0 ? firstOf(run.holdout, holdout) : null;
  return { classes: run.classes, train: run.train, holdout: held };
}

/** What stopping by itself did on a run, at a chance that waiting helps. */
export interface LiveOutcome {
  run: CorpusRun;
  chance: number;
  /** Epochs trained, of all that were planned. */
  trained: number;
  planned: number;
  /** Regret of the verdict at that time, and of the one with the whole log, in points. */
  regret: number;
  whole: number;
}

/** Follows a run causally and stops it at each chance. */
export function liveOutcomes(run: CorpusRun, setting: Setting, chances: number[]): LiveOutcome[] {
  const curve = run.holdouts.find(({ count }) => count === setting.holdout);
  if (!curve) return [];
  const rows = rowsOf(run, curve);
  const record = setting.record ? recordOf(run, setting) : null;
  const verdicts: (Verdict | null)[] = [];
  const best = Math.max(...run.testAccuracy);
  const regretAt = (verdict: Verdict | null) =>
    100 * (best - run.testAccuracy[(verdict?.epoch ?? 1) - 1]!);
  const stops = new Map<number, { trained: number; regret: number }>();
  for (let count = 1; count <= rows.length; count++) {
    verdicts.push(recommend(rows.slice(0, count), setting.holdout, record && upTo(record, count)));
    for (const chance of chances) {
      const ends = count === rows.length || shouldStop(verdicts, chance);
      if (!stops.has(chance) && ends) {
        stops.set(chance, { trained: count, regret: regretAt(verdicts.at(-1)!) });
      }
    }
  }
  const whole = regretAt(verdicts.at(-1)!);
  return chances.map((chance) => ({
    run,
    chance,
    planned: rows.length,
    whole,
    ...stops.get(chance)!,
  }));
}
