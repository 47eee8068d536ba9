/** Nearest neighbours by comparing every pair, as plainly as can be. */
import type { Neighbours } from '../../../core/labels/neighbours.ts';

/** @param own whether both are the same samples, of which none is its own neighbour */
export function nearestPlain(
  of: Float32Array,
  among: Float32Array,
  size: number,
  own: boolean,
  count: number,
): Neighbours {
  const searched = among.length / size;
  const centre = Array.from({ length: size }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < searched; i++) sum += among[i * size + j]!;
    return sum / searched;
  });
  const vector = (from: Float32Array, i: number) => centre.map((c, j) => from[i * size + j]! - c);
  const angle = (a: number[], b: number[]) => {
    const dot = (x: number[], y: number[]) => x.reduce((sum, value, j) => sum + value * y[j]!, 0);
    return dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) || 1);
  };
  const all = Array.from({ length: searched }, (_, j) => vector(among, j));
  const samples = of.length / size;
  const kept = Math.min(count, searched - (own ? 1 : 0));
  const places = new Int32Array(samples * kept);
  const likeness = new Float32Array(samples * kept);
  for (let i = 0; i < samples; i++) {
    const me = vector(of, i);
    const found = all
      .map((other, j) => ({ j, like: angle(me, other) }))
      .filter(({ j }) => !own || j !== i)
      .sort((a, b) => b.like - a.like || a.j - b.j)
      .slice(0, kept);
    found.forEach(({ j, like }, at) => {
      places[i * kept + at] = j;
      likeness[i * kept + at] = like;
    });
  }
  return { count: kept, places, likeness };
}
