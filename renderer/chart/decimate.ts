/** Fewer points to draw. */
import type { Point as ChartPoint } from '../../core/contract/messages/charts.ts';

type Point = Pick<ChartPoint, 'x' | 'y'>;

/**
 * Keeps a long line quick to draw: of each bucket the lowest and the highest point stay, in their
 * order, and both ends, so that every peak that a person could see is still there.
 */
export function decimate(points: readonly Point[], limit = 300): Point[] {
  if (points.length <= limit) return [...points];
  const buckets = Math.max(1, Math.floor((limit - 2) / 2));
  const inner = points.length - 2;
  const kept: Point[] = [points[0] as Point];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = 1 + Math.floor((bucket * inner) / buckets);
    const end = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    let low = start;
    let high = start;
    for (let i = start; i < end; i++) {
      if ((points[i] as Point).y < (points[low] as Point).y) low = i;
      if ((points[i] as Point).y > (points[high] as Point).y) high = i;
    }
    kept.push(points[Math.min(low, high)] as Point);
    if (low !== high) kept.push(points[Math.max(low, high)] as Point);
  }
  kept.push(points.at(-1) as Point);
  return kept;
}

/**
 * Keeps every so-many-th point and the last. Lines that are stacked must lose the same points, or
 * their sums would be wrong.
 */
export function stride(points: readonly Point[], limit = 300): Point[] {
  const step = Math.ceil(points.length / limit);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
