/** How numbers are written for people to read, in files and on the terminal alike. */

/** An accuracy, 0 to 1, as `94.6%`; a dash where it is not known. */
export function percent(value: number | null | undefined): string {
  const isKnown = value !== null && value !== undefined && !Number.isNaN(value);
  return isKnown ? `${(100 * value).toFixed(1)}%` : '–';
}

/** A chance, 0 to 1, as `94.6%`; never told as impossible or certain. */
export const chance = (value: number): string => percent(Math.min(0.999, Math.max(0.001, value)));

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

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with separators: `5,000`. */
export function withSeparators(value: number): string {
  return whole.format(value);
}

/** Any other number, at most `digits` significant digits. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(Math.min(2, digits - 1));
  if (size >= 10 ** digits) return withSeparators(value);
  return value.toFixed(Math.max(0, Math.min(4, digits - 1 - Math.floor(Math.log10(size)))));
}

/** An epoch or step as people read it: no more than three decimals. */
export const shownEpoch = (at: number): string => String(Number(at.toFixed(3)));

/** Bytes in the unit that suits them, such as `63.2 kB`. */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}
