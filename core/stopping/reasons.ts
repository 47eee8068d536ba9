/** Why an epoch is recommended: phrases with their figures, for whatever language they are read in. */
import type { Phrase } from '../contract/words/phrase.ts';
import type { TextKey } from '../contract/words/texts.ts';
import type { Verdict } from '../contract/messages/records.ts';
import { aheadPhrase, BY_EPOCH } from '../contract/messages/verdict.ts';
import type { Counting } from '../contract/messages/verdict.ts';
import { rateOf } from './known.ts';
import type { KnownNoise } from './known.ts';
import type { StoppingSignals } from './signals.ts';

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

/** A phrase whose text is known to be there. */
interface Reason extends Phrase {
  code: TextKey;
}

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
  { unit, write }: Counting = BY_EPOCH,
  noise: KnownNoise | null = null,
): Phrase[] {
  const at = rows.find((row) => row.epoch === verdict.epoch);
  const last = rows.at(-1);
  if (!at || !last) return [];
  const named = { unit, at: write(at.epoch), last: write(last.epoch) };
  const found = [
    holdoutReason(at, last, verdict.phase),
    memorizingReason(at, last, verdict.phase),
    changesReason(rows, write),
    distanceReason(at, last),
    waitingReason(verdict),
    noise && noiseReason(noise, verdict.method),
  ];
  return found.flatMap((reason) => {
    if (!reason) return [];
    return [{ code: reason.code, values: { ...named, ...reason.values } }];
  });
}

function holdoutReason(
  at: StoppingSignals,
  last: StoppingSignals,
  phase: Verdict['phase'],
): Reason {
  if (at.holdoutAccuracy === null || last.holdoutAccuracy === null) {
    return at.holdoutLoss === null ? { code: 'verdict.reasons.noHoldout' } : lossReason(at, last);
  }
  const keys = { past: 'holdoutPast', learning: 'holdoutLearning', flat: 'holdoutFlat' } as const;
  const values = { here: percent(at.holdoutAccuracy), later: percent(last.holdoutAccuracy) };
  return { code: `verdict.reasons.${keys[phase]}`, values };
}

function lossReason(at: StoppingSignals, last: StoppingSignals): Reason {
  const here = at.holdoutLoss!.toPrecision(3);
  if (last.holdoutLoss === null) return { code: 'verdict.reasons.lossUnknown', values: { here } };
  return {
    code: 'verdict.reasons.lossOnly',
    values: { here, later: last.holdoutLoss.toPrecision(3) },
  };
}

/** What is expected of going on, and of the epoch itself. */
function waitingReason({
  chanceAhead,
  expectedLoss,
}: Pick<Verdict, 'chanceAhead' | 'expectedLoss'>): Reason {
  const { key, share } = aheadPhrase(chanceAhead);
  if (expectedLoss === null) return { code: `verdict.${key}`, values: { share } };
  const points = (100 * expectedLoss).toFixed(1);
  return { code: 'verdict.reasons.waiting', values: { ahead: key, share, points } };
}

function memorizingReason(
  at: StoppingSignals,
  last: StoppingSignals,
  phase: Verdict['phase'],
): Reason | null {
  if (at.trainAccuracy === null || last.trainAccuracy === null) return null;
  if (last.trainAccuracy - at.trainAccuracy < 0.01 || phase !== 'past') return null;
  const values = { here: percent(at.trainAccuracy), later: percent(last.trainAccuracy) };
  return { code: 'verdict.reasons.memorizing', values };
}

function changesReason(rows: readonly StoppingSignals[], write: Counting['write']): Reason | null {
  const known = rows.filter((row) => row.predictionChanges !== null);
  if (known.length < 3) return null;
  const least = known.reduce((a, b) => (b.predictionChanges! < a.predictionChanges! ? b : a));
  const n = least.predictionChanges!.toLocaleString('en');
  return { code: 'verdict.reasons.changes', values: { at: write(least.epoch), n } };
}

function distanceReason(at: StoppingSignals, last: StoppingSignals): Reason | null {
  if (at.relativeDistance === null || last.relativeDistance === null) return null;
  if (at.relativeDistance === 0 || last.epoch === at.epoch) return null;
  const times = (last.relativeDistance / at.relativeDistance).toFixed(1);
  return {
    code: 'verdict.reasons.distance',
    values: { here: at.relativeDistance.toPrecision(3), times },
  };
}

/** Methods that used the noise rate. */
const RATED = ['rate', 'consensusRate'];

/** A rate is a hindsight that few have, so it is told whenever it counts. */
function noiseReason(noise: KnownNoise, method: string): Reason {
  const values = { rate: percent(rateOf(noise)) };
  return { code: `verdict.reasons.${RATED.includes(method) ? 'rateUsed' : 'rateUnused'}`, values };
}
