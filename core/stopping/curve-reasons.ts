/** What the curves themselves say about a recommended epoch: figures that anyone can check in the log. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { TextKey } from '../contract/words/texts.ts';
import { accuracyName } from '../contract/messages/verdict.ts';
import type { Counting } from '../contract/messages/verdict.ts';
import type { Verdict } from '../contract/messages/records.ts';
import type { StoppingSignals } from './signals.ts';

/** A phrase whose text is known to be there. */
export interface ReasonPhrase extends Phrase {
  code: TextKey;
}

/** A rise of hold-out loss by this share is worth telling. */
const RISE = 0.1;
/** So is one of training accuracy by this much. */
const FIT = 0.01;

/** A signal that may be missing in some rows. */
type Signal = 'holdoutAccuracy' | 'holdoutLoss' | 'trainAccuracy';

const tenths = (value: number): number => Number((100 * value).toFixed(1));
const percent = (value: number): string => `${tenths(value).toFixed(1)}%`;
const digits = (value: number): string => value.toPrecision(3);

/**
 * Sentences about hold-out and training accuracy at the recommended epoch and at the last one where
 * each is known.
 * @param counting how the log calls an epoch, and what stands for accuracy
 */
export function curveReasons(
  rows: readonly StoppingSignals[],
  { epoch, phase }: Pick<Verdict, 'epoch' | 'phase'>,
  { write, measure }: Counting,
): ReasonPhrase[] {
  const at = rows.find((row) => row.epoch === epoch);
  if (!at) return [];
  const lastOf = (signal: Signal) => rows.findLast((row) => row[signal] !== null);
  return [
    ...accuracyReasons(rows, at, lastOf('holdoutAccuracy'), { write, measure }),
    ...lossReasons(at, lastOf('holdoutAccuracy'), lastOf('holdoutLoss'), write),
    ...(phase === 'past' ? fittedReasons(at, lastOf('trainAccuracy'), write) : []),
  ];
}

function accuracyReasons(
  rows: readonly StoppingSignals[],
  at: StoppingSignals,
  last: StoppingSignals | undefined,
  { write, measure }: { write: Counting['write']; measure: string | undefined },
): ReasonPhrase[] {
  if (!last || at.holdoutAccuracy === null) return [];
  const here = tenths(at.holdoutAccuracy);
  const later = tenths(last.holdoutAccuracy!);
  const values = {
    what: accuracyName(measure),
    here: percent(at.holdoutAccuracy),
    later: percent(last.holdoutAccuracy!),
    last: write(last.epoch),
  };
  const points = Math.abs(here - later).toFixed(1);
  const best = rows.reduce((a, b) =>
    (b.holdoutAccuracy ?? -1) > (a.holdoutAccuracy ?? -1) ? b : a,
  );
  const isPeak = tenths(best.holdoutAccuracy!) <= here;
  const peak = { peak: percent(best.holdoutAccuracy!), top: write(best.epoch) };
  return [
    { code: comparison(at, last, here, later), values: { ...values, points } },
    ...(isPeak ? [] : [{ code: 'verdict.reasons.peak' as const, values: peak }]),
  ];
}

function comparison(at: StoppingSignals, last: StoppingSignals, here: number, later: number) {
  if (at.epoch === last.epoch) return 'verdict.reasons.accuracyLast';
  if (here === later) return 'verdict.reasons.accuracySame';
  return later < here ? 'verdict.reasons.accuracyFell' : 'verdict.reasons.accuracyRose';
}

function lossReasons(
  at: StoppingSignals,
  accuracy: StoppingSignals | undefined,
  last: StoppingSignals | undefined,
  write: Counting['write'],
): ReasonPhrase[] {
  if (!last || at.holdoutLoss === null) return [];
  const [here, later] = [at.holdoutLoss, last.holdoutLoss!];
  const values = { here: digits(here), later: digits(later), last: write(last.epoch) };
  if (!accuracy) {
    const isLast = at.epoch === last.epoch;
    const code = isLast ? 'verdict.reasons.lossLast' : 'verdict.reasons.lossOnly';
    return [{ code, values }];
  }
  if (here <= 0 || later < (1 + RISE) * here) return [];
  const share = `${Math.round(100 * (later / here - 1))}%`;
  return [{ code: 'verdict.reasons.lossRose', values: { ...values, share } }];
}

/** What was fitted after the recommended epoch, and whether the hold-out had anything of it. */
function fittedReasons(
  at: StoppingSignals,
  last: StoppingSignals | undefined,
  write: Counting['write'],
): ReasonPhrase[] {
  if (!last || at.trainAccuracy === null || last.trainAccuracy! - at.trainAccuracy < FIT) return [];
  const values = {
    here: percent(at.trainAccuracy),
    later: percent(last.trainAccuracy!),
    last: write(last.epoch),
  };
  const isKnown = at.holdoutAccuracy !== null && last.holdoutAccuracy !== null;
  const isNoHigher = isKnown && last.holdoutAccuracy! <= at.holdoutAccuracy!;
  const code = isNoHigher ? 'verdict.reasons.memorizing' : 'verdict.reasons.fitted';
  return [{ code, values }];
}
