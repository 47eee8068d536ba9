/** Numbers and times as people read them. Exact ones are in the exports. */
import { withCount } from '../../core/contract/messages/verdict.ts';
import { sourceNameIn } from '../../core/contract/config/names.ts';
import type { Verdict } from '../../core/contract/messages/records.ts';
import { shortPercent } from '../../core/contract/words/numbers.ts';
import type { Language, TextKey, TextValues } from '../../core/contract/words/texts.ts';
import { spoken, t } from './texts.ts';

/** The difference of two accuracies in points: `+1.2`, `−0.4`. */
export function points(difference: number): string {
  const rounded = (Math.abs(difference) * 100).toFixed(1);
  if (rounded === '0.0') return '0.0';
  return `${difference < 0 ? '−' : '+'}${rounded}`;
}

/** What an epoch costs against the best one, in points: `1.2`. @param cost an accuracy, 0 to 1 */
export function costWord(cost: number | null): string {
  return cost === null ? '–' : (cost * 100).toFixed(1);
}

/** A time to come: `12 s`, `3 min`, `1 h 5 min`. */
export function duration(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  if (rounded < 90) return t('common.seconds', { n: rounded });
  const minutes = Math.round(rounded / 60);
  if (minutes < 90) return t('common.minutes', { n: minutes });
  return t('common.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** How days are written. */
const DATES: Record<Language, string> = { en: 'en-GB', he: 'he-IL' };

/** When something was made: `14:05` today, else `3 Mar` or `3 Mar 2024`. */
export function when(iso: string, now = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '–';
  const sameYear = date.getFullYear() === now.getFullYear();
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString(DATES[spoken()], { hour: '2-digit', minute: '2-digit' });
  }
  const day = { day: 'numeric', month: 'short' } as const;
  return date.toLocaleDateString(DATES[spoken()], sameYear ? day : { ...day, year: 'numeric' });
}

/** How sure a verdict is, in words and figures; or that nothing tells its epochs apart. */
export function sureChip({ allAlike, confidence }: Verdict): string {
  if (allAlike) return t('verdict.alike');
  const share = shortPercent(Math.round(confidence * 100) / 100);
  return t('verdict.sureness', { word: sureness(confidence), share });
}

/** A share of certainty in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.85) return t('verdict.sure.very');
  if (confidence >= 0.7) return t('verdict.sure.quite');
  if (confidence >= 0.5) return t('verdict.sure.fairly');
  return t('verdict.sure.not');
}

export {
  chance,
  percent,
  shortPercent,
  significant,
  wholePercent,
  withSeparators,
} from '../../core/contract/words/numbers.ts';
export { baseName } from '../../core/contract/config/names.ts';

/** How people call a data source: `MNIST`, or the folder's name. */
export function sourceName(source: string): string {
  return sourceNameIn(source, t);
}

/** A text with a plural: `value` chooses its form and stands at `{{n}}`. */
export function plural(key: TextKey, value: number, values: TextValues = {}): string {
  return withCount(t, key, value, values);
}
