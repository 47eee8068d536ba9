/** How numbers and texts are written in a report. */
import { plain } from '../protocol/plain.ts';

/** An accuracy, 0 to 1, as `94.6%`. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${(100 * value).toFixed(1)}%`;
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

/** Text that may stand in HTML and its attributes. */
export function escape(text: string): string {
  const codes: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return plain(text).replace(/[&<>"']/g, (character) => codes[character]!);
}
