/** Numbers as people read them at axes and beside points. */
import type { Axis } from '../messages/charts.ts';

const MINUS = '\u2212';
/** Beyond these sizes numbers are written with a power of ten. */
const GREAT = 1e6;
const SMALL = 1e-4;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Ten to a whole power: `10⁻⁵`. */
export function power(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${exponent < 0 ? '⁻' : ''}${digits.join('')}`;
}

/** With a power of ten: `2.5·10⁻⁵`. @param digits at most so many significant ones */
function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const short = String(Number(mantissa));
  return short === '1' ? power(Number(exponent)) : `${short}·${power(Number(exponent))}`;
}

/** With separators and so many decimals: `1,250.5`. */
const plain = (value: number, decimals: number): string =>
  value.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });

const signed = (value: number, write: (size: number) => string): string =>
  `${value < 0 ? MINUS : ''}${write(Math.abs(value))}`;

/** A value beside a point, with at most four significant digits, or in percent with one decimal. */
export function valueWords(value: number, format: Axis['format']): string {
  if (format === 'percent') return `${signed(value * 100, (size) => plain(size, 1))}%`;
  if (format === 'whole') return signed(value, (size) => plain(size, 0));
  return signed(value, (size) => {
    if (size !== 0 && (size >= GREAT || size < SMALL)) return scientific(size, 4);
    const exact = Number(size.toPrecision(4));
    return exact.toLocaleString('en-US', { maximumFractionDigits: 8 });
  });
}

/** The values of ticks that are evenly apart, all with as many decimals as the step between them needs. */
export function evenWords(values: readonly number[], format: Axis['format']): string[] {
  const scale = format === 'percent' ? 100 : 1;
  const unit = format === 'percent' ? '%' : '';
  const step = Math.abs((values[1] ?? 0) - (values[0] ?? 0)) * scale;
  const most = Math.max(...values.map(Math.abs)) * scale;
  const isExtreme = most >= GREAT * 10 || (most > 0 && most < SMALL);
  const decimals = step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return values.map((value) =>
    value === 0
      ? `0${unit}`
      : signed(value * scale, (size) =>
          isExtreme ? scientific(size, 3) : plain(size, Math.min(decimals, 8)),
        ) + unit,
  );
}

/** A tick of a log axis. */
export function logWords(value: number, format: Axis['format']): string {
  if (format === 'percent') {
    const share = Number((value * 100).toPrecision(2));
    return `${share.toLocaleString('en-US', { maximumFractionDigits: 6 })}%`;
  }
  if (value >= 1e4 || value < 1e-3) return scientific(value, 1);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 2 });
}
