/** Marks for lines that colour alone would tell apart. */
import { DASHES } from '../messages/charts.ts';
import type { ChartSpec, Series } from '../messages/charts.ts';

const MARKS = ['dot', 'square', 'ring', 'cross'] as const;
/** Pixels between two marks of a line. */
const APART = 72;

/** The mark of each line whose dash another line has too; lines of one name share theirs. */
export function marksOfLines(panel: ChartSpec): Map<Series, Series['mark']> {
  const lines = panel.series.filter(({ draw, fill }) => draw === 'line' && fill === undefined);
  const marks = new Map<Series, Series['mark']>();
  for (const dash of DASHES) {
    const alike = lines.filter((series) => series.dash === dash);
    const names = [...new Set(alike.map(nameOf))];
    if (names.length < 2) continue;
    for (const series of alike) {
      marks.set(series, MARKS[names.indexOf(nameOf(series)) % MARKS.length]!);
    }
  }
  return marks;
}

const nameOf = ({ name }: Series): string => JSON.stringify(name);

/** Of a line's places those that carry a mark: far enough apart, and shifted from line to line. */
export function markedPlaces<T extends { left: number }>(places: readonly T[], line: number): T[] {
  const marked: T[] = [];
  const first = places[0]?.left ?? 0;
  let next = first + APART * (0.3 + ((line * 0.37) % 0.7));
  for (const place of places) {
    if (place.left < next) continue;
    marked.push(place);
    next = place.left + APART;
  }
  // A short line has one at its end.
  return marked.length > 0 ? marked : places.slice(-1);
}
