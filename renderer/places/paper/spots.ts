/** Which point of a picture is meant, by pointer and by keys. */
import type { Spot } from '../../../core/contract/drawing/body.ts';

/** No point further than this is meant, in pixels. */
const REACH = 48;

/** The point nearest to the pointer; null where none is near. */
export function nearestSpot(spots: readonly Spot[], x: number, y: number): number | null {
  let best: number | null = null;
  let least = REACH;
  spots.forEach((spot, i) => {
    const far = Math.hypot(spot.x - x, spot.y - y);
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

/**
 * The point that a key goes to: Left and Right along a series, Up and Down to the next one at the same x,
 * Home and End to a series' ends. Null for other keys, and where there are no points.
 */
export function nextSpot(spots: readonly Spot[], at: number | null, key: string): number | null {
  const known = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];
  if (!known.includes(key) || spots.length === 0) return null;
  const here = at === null ? undefined : spots[at];
  if (at === null || !here) return 0;
  const along = spots
    .map((spot, i) => ({ ...spot, i }))
    .filter(({ name }) => name === here.name)
    .sort((a, b) => a.x - b.x || a.i - b.i);
  const place = along.findIndex(({ i }) => i === at);
  if (key === 'Home') return along[0]!.i;
  if (key === 'End') return along.at(-1)!.i;
  if (key === 'ArrowLeft') return along[place - 1]?.i ?? at;
  if (key === 'ArrowRight') return along[place + 1]?.i ?? at;
  return otherSeries(spots, at, key === 'ArrowUp' ? -1 : 1);
}

/** In the series so many further on, the point whose x is nearest. */
function otherSeries(spots: readonly Spot[], at: number, by: number): number {
  const { name, x } = spots[at]!;
  const names = [...new Set(spots.map((spot) => spot.name))];
  const wanted = names[names.indexOf(name) + by];
  if (wanted === undefined) return at;
  return spots
    .map((spot, i) => ({ ...spot, i }))
    .filter((spot) => spot.name === wanted)
    .reduce((a, b) => (Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a)).i;
}
