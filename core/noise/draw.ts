/** Draws labels from the rows of a transition matrix. */
import { randomOf } from '../random.ts';
import type { Corruption, Matrix, NoiseInput, Rows } from './noise.ts';
import type { Labels } from '../data/labels.ts';

/** Draws are whole numbers below this. Thresholds are rounded to such, so last bits decide nothing. */
const DRAWS = 2 ** 32;

/** A row, ready to draw from. */
interface Row {
  /** Draws below this change the label. */
  changed: number;
  /** The classes it may become, and the draw up to which each of them is meant. */
  others: number[];
  until: Float64Array;
}

/** A kind that is wholly told by its matrix. */
export function drawnFrom(rows: Rows): Corruption {
  return { asked: rows, corrupt: (input) => draw(rows(input), input) };
}

/**
 * Draws each label from the row of its class. Two draws a label, one for whether and one for what,
 * so that a higher rate changes the labels of a lower one, to the same classes, and more.
 */
function draw(matrix: Matrix, { labels, part, noise }: NoiseInput): Labels {
  const rows = matrix.map(rowOf);
  const given = labels.slice();
  const random = randomOf(noise.seed, `noise/${part}`);
  for (let i = 0; i < given.length; i++) {
    const whether = random.bits();
    const what = random.bits();
    const { changed, others, until } = rows[labels[i]!]!;
    if (whether < changed) given[i] = others[placeOf(what, until)]!;
  }
  return given;
}

function rowOf(row: readonly number[], label: number): Row {
  const others = [...row.keys()].filter((other) => other !== label && row[other]! > 0);
  const away = others.reduce((sum, other) => sum + row[other]!, 0);
  const until = new Float64Array(others.length);
  let sum = 0;
  others.forEach((other, i) => {
    sum += row[other]!;
    until[i] = i === others.length - 1 ? DRAWS : Math.round((sum / away) * DRAWS);
  });
  const changed = away > 0 ? Math.round((away / (away + row[label]!)) * DRAWS) : 0;
  return { changed, others, until };
}

/** The first place whose bound lies above a draw. */
function placeOf(what: number, until: Float64Array): number {
  let [low, high] = [0, until.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (what < until[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
