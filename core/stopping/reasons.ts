/** Why an epoch is recommended: phrases with their figures, for whatever language they are read in. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { Verdict } from '../contract/messages/records.ts';
import { aheadPhrase, BY_EPOCH } from '../contract/messages/verdict.ts';
import type { Counting } from '../contract/messages/verdict.ts';
import { curveReasons } from './curve-reasons.ts';
import type { ReasonPhrase } from './curve-reasons.ts';
import { percent } from '../contract/words/numbers.ts';
import { rateOf } from './known.ts';
import type { KnownNoise } from './known.ts';
import type { StoppingSignals } from './signals.ts';

/**
 * Phrases about the signals; those whose signal is missing are left out.
 * @param counting how the log counts: rows of another program's may be steps
 * @param noise what the person says is known of it
 */
export function reasonsOf(
  rows: readonly StoppingSignals[],
  verdict: Pick<
    Verdict,
    'epoch' | 'low' | 'high' | 'phase' | 'chanceAhead' | 'expectedLoss' | 'method'
  >,
  counting: Counting = BY_EPOCH,
  noise: KnownNoise | null = null,
): Phrase[] {
  const { unit, write } = counting;
  const at = rows.find((row) => row.epoch === verdict.epoch);
  const last = rows.at(-1);
  if (!at || !last) return [];
  const named = { unit, at: write(at.epoch), last: write(last.epoch) };
  const found = [
    holdoutMissing(rows),
    ...curveReasons(rows, verdict, counting),
    changesReason(rows, counting),
    distanceReason(at, rows, write),
    waitingReason(verdict),
    noise && noiseReason(noise, verdict.method),
  ];
  return found.flatMap((reason) => {
    if (!reason) return [];
    return [{ code: reason.code, values: { ...named, ...reason.values } }];
  });
}

function holdoutMissing(rows: readonly StoppingSignals[]): ReasonPhrase | null {
  const isThere = rows.some((row) => row.holdoutAccuracy !== null || row.holdoutLoss !== null);
  return isThere ? null : { code: 'verdict.reasons.noHoldout' };
}

/** What is expected of going on, and of the epoch itself. */
function waitingReason({
  chanceAhead,
  expectedLoss,
}: Pick<Verdict, 'chanceAhead' | 'expectedLoss'>): ReasonPhrase {
  const { key, share } = aheadPhrase(chanceAhead);
  const points = (100 * (expectedLoss ?? 0)).toFixed(1);
  if (points === '0.0') return { code: `verdict.${key}`, values: { share } };
  return { code: 'verdict.reasons.waiting', values: { ahead: key, share, points } };
}

function changesReason(
  rows: readonly StoppingSignals[],
  { write, changesOf }: Counting,
): ReasonPhrase | null {
  const known = rows.filter((row) => row.predictionChanges !== null);
  if (known.length < 3) return null;
  const least = known.reduce((a, b) => (b.predictionChanges! < a.predictionChanges! ? b : a));
  const at = write(least.epoch);
  if (changesOf !== undefined) {
    const share = `${((100 * least.predictionChanges!) / changesOf).toFixed(1)}%`;
    return { code: 'verdict.reasons.changesShare', values: { at, share } };
  }
  const n = least.predictionChanges!.toLocaleString('en');
  return { code: 'verdict.reasons.changes', values: { at, n } };
}

function distanceReason(
  at: StoppingSignals,
  rows: readonly StoppingSignals[],
  write: Counting['write'],
): ReasonPhrase | null {
  const last = rows.findLast((row) => row.relativeDistance !== null);
  if (!last || !at.relativeDistance || last.epoch === at.epoch) return null;
  const times = (last.relativeDistance! / at.relativeDistance).toFixed(1);
  const here = at.relativeDistance.toPrecision(3);
  return { code: 'verdict.reasons.distance', values: { here, times, last: write(last.epoch) } };
}

/** Methods that used the noise rate. */
const RATED = ['rate', 'consensusRate'];

/** A rate is a hindsight that few have, so it is told whenever it counts. */
function noiseReason(noise: KnownNoise, method: string): ReasonPhrase {
  const values = { rate: percent(rateOf(noise)) };
  const isUsed = RATED.includes(method);
  return { code: isUsed ? 'verdict.reasons.rateUsed' : 'verdict.reasons.rateUnused', values };
}
