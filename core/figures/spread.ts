/** Mean and spread over seeds. */
import { mean, sampleStandardDeviation } from 'simple-statistics';

/** A point with its spread: the mean, and one standard deviation to either side where there are several values. */
export function spread(
  x: number,
  values: readonly number[],
): {
  x: number;
  y: number;
  low?: number;
  high?: number;
} {
  const y = mean([...values]);
  if (values.length < 2) return { x, y };
  const deviation = sampleStandardDeviation([...values]);
  return { x, y, low: y - deviation, high: y + deviation };
}
