/** How numbers and texts are written in a report. */
import { plain, printable } from '../contract/words/plain.ts';

/** An accuracy, 0 to 1, as `94.6%`. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${(100 * value).toFixed(1)}%`;
}

/** A share, 0 to 1, in whole percents: `94%`. */
export function wholePercent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

/** A share that was chosen, 0 to 1, without needless decimals: `40%`. */
export function shortPercent(share: number): string {
  return `${Number((100 * share).toFixed(1))}%`;
}

/** At most four significant digits, without an exponent where it can be avoided. */
export function digits(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Number(value.toPrecision(4)).toLocaleString('en', { maximumSignificantDigits: 4 });
}

/** Text from outside that may stand in HTML and its attributes. */
export const escape = (text: string): string => escapeWords(plain(text));

/** Words of ours, with the marks that keep Hebrew in order. Texts from outside in them must be `plain`. */
export function escapeWords(text: string): string {
  const codes: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return printable(text).replace(/[&<>"']/g, (character) => codes[character]!);
}
