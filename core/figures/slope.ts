/** Slopes on log axes, with how sure they are. */
import { jStat } from 'jstat';
import { linearRegression, mean } from 'simple-statistics';

/** y = factor x^slope, and the slope's 95 % interval. */
export interface Slope {
  slope: number;
  low: number;
  high: number;
  factor: number;
}

/**
 * Least squares of log y on log x, with Student's interval for its slope.
 * @param points all above 0 @returns null where there are fewer than 3, or all x are the same
 */
export function slopeOf(points: readonly { x: number; y: number }[]): Slope | null {
  const logs = points.map(({ x, y }): [number, number] => [Math.log(x), Math.log(y)]);
  const degrees = logs.length - 2;
  if (degrees < 1) return null;
  const middle = mean(logs.map(([x]) => x));
  const spread = logs.reduce((sum, [x]) => sum + (x - middle) ** 2, 0);
  if (spread === 0) return null;
  const { m, b } = linearRegression(logs);
  const left = logs.reduce((sum, [x, y]) => sum + (y - m * x - b) ** 2, 0);
  const reach = jStat.studentt.inv(0.975, degrees) * Math.sqrt(left / degrees / spread);
  return { slope: m, low: m - reach, high: m + reach, factor: Math.exp(b) };
}

/** `1.02 (0.94 to 1.10)`. */
export function slopeText({ slope, low, high }: Slope): string {
  return `${slope.toFixed(2)} (${low.toFixed(2)} … ${high.toFixed(2)})`;
}
