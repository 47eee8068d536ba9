/** Scales of axes and their ticks. */
import { extent, ticks } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { ScaleContinuousNumeric } from 'd3-scale';
import type { FigureAxis } from '../messages/figures.ts';
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

/** Whether an axis has a place for a value. */
export function hasPlace({ scale }: FigureAxis, value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && (scale === 'linear' || value > 0);
}

/** What an axis spans: what it says itself, else all of its values, with a little room. */
export function domainOf(axis: FigureAxis, values: Iterable<number | undefined>): Domain {
  const [low, high] = extent([...values].filter((value) => hasPlace(axis, value)));
  const isLog = axis.scale === 'log';
  let least = hasPlace(axis, axis.min) ? axis.min : (low ?? axis.max ?? (isLog ? 1 : 0));
  let most = hasPlace(axis, axis.max) ? axis.max : (high ?? (isLog ? least * 10 : least + 1));
  if (!(most > least)) [least, most] = isLog ? [least / 2, least * 2] : [least - 0.5, least + 0.5];
  const room = isLog ? (most / least) ** 0.04 : (most - least) * 0.04;
  if (axis.min === undefined) {
    // Room below 0 would say that there can be less than nothing.
    const wide = isLog ? least / room : least - room;
    least = !isLog && least >= 0 && wide < 0 ? 0 : wide;
  }
  if (axis.max === undefined) most = isLog ? most * room : most + room;
  return [least, most];
}

/** The scale of an axis. */
export function scaleOf({ scale }: FigureAxis, domain: Domain, range: [number, number]): Scale {
  return (scale === 'log' ? scaleLog() : scaleLinear()).domain(domain).range(range);
}

/** Ticks of an axis. @param most about so many with words */
export function ticksOf(axis: FigureAxis, [least, greatest]: Domain, most: number): Tick[] {
  const decades = Math.log10(greatest / least);
  if (axis.scale === 'linear' || decades < 1) {
    const values = ticks(least, greatest, most).filter((value) => hasPlace(axis, value));
    const words = evenWords(values, axis.format);
    return values.map((at, i) => ({ at, words: words[i]! }));
  }
  return logTicks(axis, least, greatest, most);
}

/** Powers of ten, or every second, third and so on; 2 and 5 times them where there is room. */
function logTicks(axis: FigureAxis, least: number, greatest: number, most: number): Tick[] {
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
