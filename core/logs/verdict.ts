/** The recommendation for a log, in the log's own epochs or steps. */
import { InputError } from '../contract/words/errors.ts';
import type { LogVerdict } from '../contract/messages/logs.ts';
import type { Verdict } from '../contract/messages/records.ts';
import { UNKNOWN } from '../stopping/known.ts';
import type { Known, KnownNoise } from '../stopping/known.ts';
import { reasonsOf } from '../stopping/reasons.ts';
import { recommend } from '../stopping/recommend.ts';
import type { StoppingSignals } from '../stopping/signals.ts';
import type { Log } from './log.ts';

/**
 * Recommends an epoch of a log.
 * @param holdoutCount samples of the hold-out; 0 where that is not known
 * @param known what the person knows beside the log
 * @returns null where the log has too few epochs for it yet
 * @throws InputError where the log lacks the signals that it takes
 */
export function verdictOfLog(
  log: Log,
  holdoutCount: number,
  known: Known = UNKNOWN,
): LogVerdict | null {
  const has = (signal: keyof StoppingSignals) => log.rows.some((row) => row[signal] !== null);
  const verdict = recommend(log.rows, holdoutCount, null, known);
  if (verdict) return inOwnEpochs(verdict, log, known.noise);
  if (has('holdoutAccuracy') || has('holdoutLoss') || has('predictionChanges')) return null;
  throw new InputError('log.trainingOnly', { format: log.format });
}

/** An epoch or step as people read it: no more than three decimals. */
export const shownEpoch = (epoch: number): string => String(Number(epoch.toFixed(3)));

/** The same verdict, its whole epochs turned back into those of the log, in its words too. */
function inOwnEpochs(
  verdict: Verdict,
  { rows, names, byStep }: Log,
  noise: KnownNoise | null,
): LogVerdict {
  const own = new Map(rows.map((row, i) => [row.epoch, Number(names[i])]));
  const back = (epoch: number) => own.get(epoch) ?? epoch;
  const write = (epoch: number) => shownEpoch(back(epoch));
  const trained = rows.filter(({ epoch }) => epoch > 0);
  const counting = { unit: byStep ? ('step' as const) : ('epoch' as const), write };
  const why = reasonsOf(trained, verdict, counting, noise);
  return {
    ...verdict,
    epoch: back(verdict.epoch),
    low: back(verdict.low),
    high: back(verdict.high),
    why,
    candidates: verdict.candidates.map((one) => ({ ...one, epoch: back(one.epoch) })),
  };
}
