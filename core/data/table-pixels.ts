/** Tables whose columns are the pixels of small pictures, as MNIST is often passed on. */
import type { Column, Table } from './formats/table.ts';

/** Fewer pixels than 4 x 4 are no picture. */
const LEAST_SIDE = 4;

/**
 * The column of labels of a table that holds one of them and pixels besides: as many as a square
 * has, or three times as many, all whole numbers from 0 to 255. The labels are first or last.
 * @returns null where it is no such table, or both columns could be them
 */
export function pixelLabels({ columns }: Table): Column | null {
  if (!isPicture(columns.length - 1) || !columns.every(isBytes)) return null;
  const rest = Math.max(...columns.slice(1, -1).map(most));
  const ends = [columns[0]!, columns.at(-1)!];
  const possible = ends.filter((column) => isClasses(column) && most(column) < rest);
  return possible.length === 1 ? possible[0]! : null;
}

function isPicture(pixels: number): boolean {
  return [1, 3].some((channels) => {
    const side = Math.sqrt(pixels / channels);
    return Number.isInteger(side) && side >= LEAST_SIDE;
  });
}

const isBytes = (column: Column): boolean =>
  column.kind === 'numbers' &&
  column.values.every((value) => value >= 0 && value <= 255 && Number.isInteger(value));

const most = (column: Column): number =>
  column.kind === 'numbers' ? column.values.reduce((a, b) => Math.max(a, b), 0) : 0;

/** Whether its values are 0 or 1 up to some number below 100, all of them, and more than one. */
function isClasses(column: Column): boolean {
  if (column.kind !== 'numbers') return false;
  const kinds = new Set(column.values);
  const top = most(column);
  return kinds.size > 1 && top < 100 && kinds.size >= top && !(kinds.size === top && kinds.has(0));
}
