/** Why an epoch is recommended, in plain sentences with their figures. */
import type { Verdict } from '../protocol/records.ts';
import { aheadWords, BY_EPOCH } from '../protocol/words.ts';
import type { Counting } from '../protocol/words.ts';
import type { StoppingSignals } from './signals.ts';

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/**
 * Sentences about the signals; those whose signal is missing are left out.
 * @param counting how the log counts: rows of another program's may be steps
 */
export function reasonsOf(
  rows: readonly StoppingSignals[],
  verdict: Pick<Verdict, 'epoch' | 'low' | 'high' | 'phase' | 'chanceAhead' | 'expectedLoss'>,
  counting = BY_EPOCH,
): string[] {
  const named = ({ epoch }: StoppingSignals) => `${counting.unit} ${counting.write(epoch)}`;
  const at = rows.find((row) => row.epoch === verdict.epoch);
  const last = rows.at(-1);
  if (!at || !last) return [];
  return [
    holdoutReason(at, last, verdict.phase, named),
    memorizingReason(at, last, verdict.phase, named),
    changesReason(rows, named),
    distanceReason(at, last, named),
    waitingReason(verdict, counting),
  ].filter((reason) => reason !== null);
}

/** A row as the log calls it, such as `epoch 6`. */
type Named = (row: StoppingSignals) => string;

function holdoutReason(
  at: StoppingSignals,
  last: StoppingSignals,
  phase: Verdict['phase'],
  named: Named,
): string | null {
  if (at.holdoutAccuracy === null || last.holdoutAccuracy === null) {
    if (at.holdoutLoss !== null) return lossReason(at, last, named);
    return 'There is no hold-out, so this rests on the training signals alone and is less sure.';
  }
  const here = `Accuracy on the noisy hold-out is ${percent(at.holdoutAccuracy)} at ${named(at)}`;
  switch (phase) {
    case 'past':
      return `${here}, its best stretch, and ${percent(last.holdoutAccuracy)} at ${named(last)}.`;
    case 'learning':
      return `${here} and has not fallen yet: the best may still be ahead.`;
    case 'flat':
      return `${here} and about the same since: nothing shows yet that training on does harm.`;
  }
}

function lossReason(at: StoppingSignals, last: StoppingSignals, named: Named): string {
  return (
    `The log has no accuracy on a hold-out, only its loss: ${at.holdoutLoss!.toPrecision(3)} at ` +
    `${named(at)} and ${last.holdoutLoss?.toPrecision(3) ?? 'unknown'} at ${named(last)}. ` +
    'Loss may rise before accuracy falls, so this is less sure.'
  );
}

/** What is expected of going on, and of the epoch itself. */
function waitingReason(
  { chanceAhead, expectedLoss }: Pick<Verdict, 'chanceAhead' | 'expectedLoss'>,
  { unit }: Counting,
): string {
  const chance = aheadWords(chanceAhead, unit);
  if (expectedLoss === null) return chance;
  const points = (100 * expectedLoss).toFixed(1);
  return `${chance} Against the best ${unit} so far, whichever it is, this one is expected to lose ${points} points.`;
}

function memorizingReason(
  at: StoppingSignals,
  last: StoppingSignals,
  phase: Verdict['phase'],
  named: Named,
): string | null {
  if (at.trainAccuracy === null || last.trainAccuracy === null) return null;
  if (last.trainAccuracy - at.trainAccuracy < 0.01 || phase !== 'past') return null;
  return (
    `From there to ${named(last)}, accuracy on the training labels as given went from ` +
    `${percent(at.trainAccuracy)} to ${percent(last.trainAccuracy)}: what was fitted then does not ` +
    'carry over, as wrong labels do not.'
  );
}

function changesReason(rows: readonly StoppingSignals[], named: Named): string | null {
  const known = rows.filter((row) => row.predictionChanges !== null);
  if (known.length < 3) return null;
  const least = known.reduce((a, b) => (b.predictionChanges! < a.predictionChanges! ? b : a));
  return (
    `Predictions of training samples changed least at ${named(least)} ` +
    `(${least.predictionChanges!.toLocaleString('en')} of them).`
  );
}

function distanceReason(at: StoppingSignals, last: StoppingSignals, named: Named): string | null {
  if (at.relativeDistance === null || last.relativeDistance === null) return null;
  if (at.relativeDistance === 0 || last.epoch === at.epoch) return null;
  const times = last.relativeDistance / at.relativeDistance;
  return (
    `At ${named(at)} the weights are ${at.relativeDistance.toPrecision(3)} of their starting ` +
    `norm away from the start; by ${named(last)} it is ${times.toFixed(1)} times as far.`
  );
}
