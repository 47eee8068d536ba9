/** Numbers and times as people read them. Exact ones are in the exports. */

const NBSP = '\u00a0';
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** An accuracy, 0 to 1, in percent with one decimal: `93.3 %`. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined || Number.isNaN(share)
    ? '–'
    : `${(share * 100).toFixed(1)}${NBSP}%`;
}

/** A setting such as a noise rate, in percent without needless decimals: `40 %`. */
export function shortPercent(share: number): string {
  return `${Number((share * 100).toFixed(1))}${NBSP}%`;
}

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

/** A whole number with separators: `5,000`. */
export function count(value: number): string {
  return whole.format(value);
}

/** Any other number, at most `digits` significant digits. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(Math.min(2, digits - 1));
  if (size >= 10 ** digits) return count(value);
  return value.toFixed(Math.max(0, Math.min(4, digits - 1 - Math.floor(Math.log10(size)))));
}

/** A number at an axis, without needless zeros. */
export function tick(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A time to come: `12 s`, `3 min`, `1 h 5 min`. */
export function duration(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  if (rounded < 90) return `${rounded}${NBSP}s`;
  const minutes = Math.round(rounded / 60);
  if (minutes < 90) return `${minutes}${NBSP}min`;
  return `${Math.floor(minutes / 60)}${NBSP}h ${minutes % 60}${NBSP}min`;
}

/** When something was made: `14:05` today, else `3 Mar` or `3 Mar 2024`. */
export function when(iso: string, now = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '–';
  const sameYear = date.getFullYear() === now.getFullYear();
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  }
  const day = `${date.getDate()} ${date.toLocaleString('en-GB', { month: 'short' })}`;
  return sameYear ? day : `${day} ${date.getFullYear()}`;
}

/** How sure a verdict is, in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.85) return 'Very sure';
  if (confidence >= 0.7) return 'Quite sure';
  if (confidence >= 0.5) return 'Fairly sure';
  return 'Not sure';
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** How people call a data source: `MNIST`, or the folder's name. */
export function sourceName(source: string): string {
  if (source === 'clusters') return 'Clusters';
  return source === 'mnist' ? 'MNIST' : baseName(source);
}

/** A plural where one is needed. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
