/** Scales of axes and their ticks. */
import { extent, ticks } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { ScaleContinuousNumeric } from 'd3-scale';
import type { Axis } from '../messages/charts.ts';
import { evenWords, logWords } from './numbers.ts';

/** From a value to pixels. */
export type Scale = ScaleContinuousNumeric<number, number>;
/** Least and greatest value. */
export type Domain = [number, number];

/** A place on an axis; small ones between have no words. */
export interface Tick {
  at: number;
  words: string;
}

/** Ticks of an axis that says nothing of them. */
export const MOST = 6;

/** Whether an axis has a place for a value. */
export function hasPlace({ scale }: Axis, value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && (scale === 'linear' || value > 0);
}

/** What an axis spans: what it says itself, else all of its values, with a little room. */
export function domainOf(axis: Axis, values: Iterable<number | undefined>): Domain {
  const [low, high] = extent([...values].filter((value) => hasPlace(axis, value)));
  const isLog = axis.scale === 'log';
  let least = hasPlace(axis, axis.min) ? axis.min : (low ?? axis.max ?? (isLog ? 1 : 0));
  let most = hasPlace(axis, axis.max) ? axis.max : (high ?? (isLog ? least * 10 : least + 1));
  if (!(most > least)) [least, most] = isLog ? [least / 2, least * 2] : around(axis, least);
  if (axis.nice && !isLog) return rounded(axis, least, most);
  const room = isLog ? (most / least) ** 0.04 : (most - least) * 0.04;
  if (axis.min === undefined) {
    // Room below 0 would say that there can be less than nothing.
    const wide = isLog ? least / room : least - room;
    least = !isLog && least >= 0 && wide < 0 ? 0 : wide;
  }
  if (axis.max === undefined) most = isLog ? most * room : most + room;
  return [least, most];
}

/** Room for one value; what the axis says itself stays. */
function around({ min, max }: Axis, value: number): Domain {
  if (min !== undefined) return [value, value + 1];
  return max === undefined ? [value - 0.5, value + 0.5] : [value - 1, value];
}

/** With its open ends at ticks. */
function rounded(axis: Axis, least: number, most: number): Domain {
  for (let many = axis.ticks ?? MOST; ; many--) {
    const [low, high] = scaleLinear().domain([least, most]).nice(many).domain() as Domain;
    const domain: Domain = [axis.min ?? low, axis.max ?? high];
    if (many <= 2 || ticks(...domain, many).length <= (axis.ticks ?? Infinity)) return domain;
  }
}

/** The scale of an axis. */
export function scaleOf({ scale }: Axis, domain: Domain, range: [number, number]): Scale {
  return (scale === 'log' ? scaleLog() : scaleLinear()).domain(domain).range(range);
}

/** Ticks of an axis. @param most about so many with words */
export function ticksOf(axis: Axis, [least, greatest]: Domain, most: number): Tick[] {
  const decades = Math.log10(greatest / least);
  if (axis.scale === 'linear' || decades < 1) {
    const values = evenTicks(axis, least, greatest, most);
    const words = evenWords(values, axis.format);
    return values.map((at, i) => ({ at, words: words[i]! }));
  }
  return logTicks(axis, least, greatest, Math.min(most, axis.ticks ?? most));
}

/** Evenly apart: about `most`, and no more than the axis says. */
function evenTicks(axis: Axis, least: number, greatest: number, most: number): number[] {
  const { step, ticks: limit = Infinity } = axis;
  if (step !== undefined && (greatest - least) / step <= most) {
    const first = Math.ceil(least / step - 1e-9);
    const last = Math.floor(greatest / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  }
  for (let many = Math.min(most, limit); ; many--) {
    const found = ticks(least, greatest, many).filter(
      (value) => hasPlace(axis, value) && (axis.format !== 'whole' || Number.isInteger(value)),
    );
    if (many <= 2 || found.length <= limit) return found;
  }
}

/** Powers of ten, or every second, third and so on; 2 and 5 times them where there is room. */
function logTicks(axis: Axis, least: number, greatest: number, most: number): Tick[] {
  const first = Math.floor(Math.log10(least) + 1e-9);
  const last = Math.floor(Math.log10(greatest) + 1e-9);
  const powers = last - Math.ceil(Math.log10(least) - 1e-9) + 1;
  const every = Math.max(1, Math.ceil(powers / most));
  const named = every > 1 ? [] : powers * 3 <= most ? [2, 5] : powers * 2 <= most ? [3] : [];
  const found: Tick[] = [];
  for (let exponent = first; exponent <= last; exponent++) {
    for (let times = 1; times < (every === 1 ? 10 : 2); times++) {
      const at = Number(`${times}e${exponent}`);
      if (at < least * (1 - 1e-9) || at > greatest * (1 + 1e-9)) continue;
      const isNamed = times === 1 ? exponent % every === 0 : named.includes(times);
      found.push({ at, words: isNamed ? logWords(at, axis.format) : '' });
    }
  }
  return found;
}
