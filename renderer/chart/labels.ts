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
