/** Why an epoch is recommended, in plain sentences with their figures. */
import type { Verdict } from '../protocol/records.ts';
import type { StoppingSignals } from './signals.ts';

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** A chance in whole percent, never 0 or 100. */
const share = (chance: number): string =>
  chance < 0.01 ? 'under 1 %' : chance > 0.99 ? 'over 99 %' : `${Math.round(100 * chance)} %`;

/** Sentences about the signals; those whose signal is missing are left out. */
export function reasonsOf(
  rows: readonly StoppingSignals[],
  verdict: Pick<Verdict, 'epoch' | 'low' | 'high' | 'phase' | 'chanceAhead' | 'expectedLoss'>,
): string[] {
  const at = rows.find((row) => row.epoch === verdict.epoch);
  const last = rows.at(-1);
  if (!at || !last) return [];
  return [
    holdoutReason(at, last, verdict.phase),
    memorizingReason(at, last, verdict.phase),
    changesReason(rows),
    distanceReason(at, last),
    waitingReason(verdict),
  ].filter((reason) => reason !== null);
}

function holdoutReason(
  at: StoppingSignals,
  last: StoppingSignals,
  phase: Verdict['phase'],
): string | null {
  if (at.holdoutAccuracy === null || last.holdoutAccuracy === null) {
    if (at.holdoutLoss !== null) return lossReason(at, last);
    return 'There is no hold-out, so this rests on the training signals alone and is less sure.';
  }
  const here = `Accuracy on the noisy hold-out is ${percent(at.holdoutAccuracy)} at epoch ${at.epoch}`;
  switch (phase) {
    case 'past':
      return `${here}, its best stretch, and ${percent(last.holdoutAccuracy)} at epoch ${last.epoch}.`;
    case 'learning':
      return `${here} and has not fallen yet: the best may still be ahead.`;
    case 'flat':
      return `${here} and about the same since: nothing shows yet that training on does harm.`;
  }
}

function lossReason(at: StoppingSignals, last: StoppingSignals): string {
  return (
    `The log has no accuracy on a hold-out, only its loss: ${at.holdoutLoss!.toPrecision(3)} at epoch ` +
    `${at.epoch} and ${last.holdoutLoss?.toPrecision(3) ?? 'unknown'} at epoch ${last.epoch}. ` +
    'Loss may rise before accuracy falls, so this is less sure.'
  );
}

/** What is expected of going on, and of the epoch itself. */
function waitingReason({
  chanceAhead,
  expectedLoss,
}: Pick<Verdict, 'chanceAhead' | 'expectedLoss'>): string {
  const chance = `The chance that training a little longer finds a better epoch is ${share(chanceAhead)}`;
  if (expectedLoss === null) return `${chance}.`;
  const points = (100 * expectedLoss).toFixed(1);
  return `${chance}; against the best epoch so far, whichever it is, this one is expected to lose ${points} points.`;
}

function memorizingReason(
  at: StoppingSignals,
  last: StoppingSignals,
  phase: Verdict['phase'],
): string | null {
  if (at.trainAccuracy === null || last.trainAccuracy === null) return null;
  if (last.trainAccuracy - at.trainAccuracy < 0.01 || phase !== 'past') return null;
  return (
    `From there to epoch ${last.epoch}, accuracy on the training labels as given went from ` +
    `${percent(at.trainAccuracy)} to ${percent(last.trainAccuracy)}: what was fitted then does not ` +
    'carry over, as wrong labels do not.'
  );
}

function changesReason(rows: readonly StoppingSignals[]): string | null {
  const known = rows.filter((row) => row.predictionChanges !== null);
  if (known.length < 3) return null;
  const least = known.reduce((a, b) => (b.predictionChanges! < a.predictionChanges! ? b : a));
  return (
    `Predictions of training samples changed least at epoch ${least.epoch} ` +
    `(${least.predictionChanges!.toLocaleString('en')} of them).`
  );
}

function distanceReason(at: StoppingSignals, last: StoppingSignals): string | null {
  if (at.relativeDistance === null || last.relativeDistance === null) return null;
  if (at.relativeDistance === 0 || last.epoch === at.epoch) return null;
  const times = last.relativeDistance / at.relativeDistance;
  return (
    `At epoch ${at.epoch} the weights are ${at.relativeDistance.toPrecision(3)} of their starting ` +
    `norm away from the start; by epoch ${last.epoch} it is ${times.toFixed(1)} times as far.`
  );
}
