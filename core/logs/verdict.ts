/** The recommendation for a log, in the log's own epochs or steps. */
import { errorPhrase, InputError } from '../contract/words/errors.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { shownEpoch } from '../contract/words/numbers.ts';
import { plain } from '../contract/words/plain.ts';
import type { LogVerdict } from '../contract/messages/logs.ts';
import type { Verdict } from '../contract/messages/records.ts';
import { UNKNOWN } from '../stopping/known.ts';
import type { Known, KnownNoise } from '../stopping/known.ts';
import { reasonsOf } from '../stopping/reasons.ts';
import { recommend } from '../stopping/recommend.ts';
import type { StoppingSignals } from '../stopping/signals.ts';
import type { Log } from './log.ts';
import { measureOf } from './names.ts';
import { nothingHeld } from './nothing-held.ts';

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
  throw nothingHeld(log);
}

/** So many epochs have to be measured before one can be recommended. */
export const LEAST_EPOCHS = 2;

/** Why there is no verdict yet: how many epochs were measured, and how many are needed. */
export function tooFewYet({ rows }: Log): Phrase {
  return errorPhrase('log.tooFewYet', counts(rows));
}

/** The same as an error that names the log. */
export const tooFew = ({ rows }: Log, where: string): InputError =>
  new InputError('log.tooFewEpochs', { where, ...counts(rows) });

function counts(rows: Log['rows']) {
  const n = rows.filter(({ epoch }) => epoch > 0).filter(isMeasured).length;
  return { n, least: LEAST_EPOCHS };
}

const isMeasured = (row: StoppingSignals): boolean =>
  row.holdoutAccuracy !== null || row.holdoutLoss !== null || row.predictionChanges !== null;

/** The same verdict, its whole epochs turned back into those of the log, in its words too. */
function inOwnEpochs(verdict: Verdict, log: Log, noise: KnownNoise | null): LogVerdict {
  const { rows, names, byStep, changesOf } = log;
  const own = new Map(rows.map((row, i) => [row.epoch, Number(names[i])]));
  const back = (epoch: number) => own.get(epoch) ?? epoch;
  const write = (epoch: number) => shownEpoch(back(epoch));
  const trained = rows.filter(({ epoch }) => epoch > 0);
  const counting = {
    unit: byStep ? ('step' as const) : ('epoch' as const),
    write,
    ...(changesOf === null ? {} : { changesOf }),
    ...measureFor(log),
  };
  const why = reasonsOf(trained, verdict, counting, noise);
  return {
    ...verdict,
    method: methodOf(verdict.method, rows),
    epoch: back(verdict.epoch),
    low: back(verdict.low),
    high: back(verdict.high),
    why,
    candidates: verdict.candidates.map((one) => ({ ...one, epoch: back(one.epoch) })),
  };
}

/** The measure that stands for hold-out accuracy; what is left of an error is an accuracy. */
function measureFor({ columns }: Log): { measure?: string } {
  const names = columns.holdoutAccuracy ?? [];
  const isOther = names.some((name) => measureOf(name)?.better === 'higher');
  return isOther ? { measure: plain(names.join(', ')) } : {};
}

/** What a verdict of a log rests on: not on training curves that the log lacks. */
function methodOf(method: string, rows: Log['rows']): string {
  const held = rows.filter(({ holdoutAccuracy }) => holdoutAccuracy !== null);
  const lacksFit = held.some(({ trainAccuracy }) => trainAccuracy === null);
  return method === 'zigzags' && lacksFit ? 'accuracyAlone' : method;
}
