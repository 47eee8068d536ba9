/** What is told of labels of one class that likely are of another. */
import type { ClassPair } from '../../../core/contract/messages/labels.ts';
import { plural, withSeparators } from '../../words/format.ts';
import { t } from '../../words/texts.ts';

const whole = (value: number): string => withSeparators(Math.round(value));

/** A pair in words: how many are flagged, how many are expected, and how many there are in hindsight. */
export function pairWords(pair: ClassPair, name: (label: number) => string): string {
  const { given, likely, flagged, expected, real } = pair;
  const told = plural('labels.matrix.pair', flagged, {
    given: name(given),
    likely: name(likely),
    expected: whole(expected.estimate),
    low: whole(expected.low),
    high: whole(expected.high),
  });
  return real === null ? told : `${told} ${t('labels.matrix.hindsight', { n: whole(real) })}`;
}
