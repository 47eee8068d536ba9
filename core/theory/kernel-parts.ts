/** How the columns of a Jacobian are taken a part at a time, and its kernel a block of rows at a time. */

/** Some channels of a weight. */
export interface Piece {
  /** Its place among the weights. */
  weight: number;
  from: number;
  count: number;
}

/** A part of the columns: pieces of weights, and how many columns they have. */
export interface ColumnPart {
  pieces: Piece[];
  columns: number;
}

/**
 * Weights cut into parts of at most `most` columns each, or of one channel where that has more.
 * @param weights of each: channels of its last axis, and numbers for one channel
 */
export function columnParts(
  weights: readonly { channels: number; each: number }[],
  most: number,
): ColumnPart[] {
  const parts: ColumnPart[] = [];
  let room = 0;
  weights.forEach(({ channels, each }, weight) => {
    for (let from = 0; from < channels;) {
      if (room < each) {
        parts.push({ pieces: [], columns: 0 });
        room = Math.max(most, each);
      }
      const count = Math.min(channels - from, Math.floor(room / each));
      const part = parts.at(-1)!;
      part.pieces.push({ weight, from, count });
      part.columns += count * each;
      room -= count * each;
      from += count;
    }
  });
  return parts;
}

/** Rows of a kernel, and its columns up to them: the rest is known, since it is symmetric. */
export interface Block {
  from: number;
  /** Behind its last row. */
  to: number;
}

/** The rows of a kernel in blocks of at most `size`. */
export function rowBlocks(rows: number, size: number): Block[] {
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({
    from: i * size,
    to: Math.min(rows, (i + 1) * size),
  }));
}
