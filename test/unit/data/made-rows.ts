/** Tables of made rows, for tests of how they are read. */

export type Cells = (string | number)[];

/** 60 rows of separated values; numbers are never whole, so that none is taken for a label. */
export function csv(head: string | null, cells: (i: number) => Cells, separator = ','): Buffer {
  const rows = Array.from({ length: 60 }, (_, i) => cells(i).join(separator));
  return Buffer.from([...(head === null ? [] : [head]), ...rows].join('\n') + '\n');
}

/** Any number with a half, the same for the same place. */
export const x = (i: number): number => ((i * 37) % 101) + 0.5;

/** One of some kinds, in turn. */
export const kind = (i: number, ...kinds: Cells): string | number => kinds[i % kinds.length]!;
