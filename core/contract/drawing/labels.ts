/** Labels at the ends of lines and beside the stop, clear of each other. */
import type { Series } from '../messages/charts.ts';

/**
 * Places labels near their wished heights without touching each other: neighbours that collide form
 * a block around their mean wish, and blocks that then collide merge (pool adjacent violators).
 * @returns the height of each label, in the order given, within `low` to `high` where they all fit.
 */
export function placeLabels(wishes: number[], gap: number, low: number, high: number): number[] {
  interface Block {
    members: number[];
    sum: number;
    start: number;
  }
  const order = wishes.map((_, i) => i).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0));
  const blocks: Block[] = [];
  const settle = (block: Block): void => {
    const span = gap * (block.members.length - 1);
    const middle = block.sum / block.members.length;
    block.start = Math.max(low, Math.min(high - span, middle - span / 2));
  };
  for (const index of order) {
    let block: Block = { members: [index], sum: wishes[index] ?? 0, start: 0 };
    settle(block);
    for (let last = blocks.at(-1); last; last = blocks.at(-1)) {
      if (last.start + gap * last.members.length <= block.start) break;
      blocks.pop();
      block = { members: [...last.members, ...block.members], sum: last.sum + block.sum, start: 0 };
      settle(block);
    }
    blocks.push(block);
  }
  const placed = new Array<number>(wishes.length).fill(0);
  for (const { members, start } of blocks) {
    members.forEach((index, i) => (placed[index] = start + i * gap));
  }
  return placed;
}

/** Where a line ends, in pixels from the top left. */
export interface LineEnd {
  x: number;
  y: number;
  series: Series;
}

/**
 * The ends that are labelled, each with its label's height: those of lines that go as far as any, since
 * another would be labelled across the others; of minor ones, the lowest give way where room is short.
 * @param gap pixels from label to label
 */
export function labelledEnds(
  ends: readonly LineEnd[],
  gap: number,
  { top, bottom }: { top: number; bottom: number },
): (LineEnd & { height: number })[] {
  const furthest = Math.max(...ends.map(({ x }) => x));
  const kept = ends.filter(({ series, x }) => series.endLabel && x >= furthest - 1);
  while ((kept.length - 1) * gap > bottom - top) {
    const minor = kept.filter(({ series }) => series.quiet);
    if (minor.length === 0) break;
    const lowest = minor.reduce((a, b) => (b.y > a.y ? b : a));
    kept.splice(kept.indexOf(lowest), 1);
  }
  const heights = placeLabels(
    kept.map(({ y }) => y),
    gap,
    top,
    bottom,
  );
  return kept.map((end, i) => ({ ...end, height: heights[i]! }));
}

/**
 * Where a label beside an upright line begins: right of it, or left where something is in the way; null
 * where it has room on neither side. All in pixels.
 * @param left where the plot begins
 * @param clear where the room at the right ends
 */
export function besideStop(
  line: number,
  width: number,
  left: number,
  clear: number,
): number | null {
  if (line + 6 + width <= clear) return line + 6;
  return line - 6 - width >= left ? line - 6 - width : null;
}
