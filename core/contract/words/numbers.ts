/** How numbers are written for people to read, in files and on the terminal alike. */

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
