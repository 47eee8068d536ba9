/** Tables whose values are separated by one or more spaces. */

/** Lines that are looked at. */
const LOOK = 20;

/** Whether text is such a table: numbers for the most part, as many on every line, nothing else between. */
export function isSpaced(start: string): boolean {
  const lines = start
    .split(/\r?\n/)
    .slice(0, LOOK + 1)
    .map((line) => line.trim());
  // The last may be cut.
  if (lines.length > 1) lines.pop();
  const full = lines.filter((line) => line !== '');
  // A path may hold commas: "images/1,2.jpg 5".
  if (full.length > 1 && full.every((line) => /^[^\s"]*[./][^\s"]*[^\s",;] +-?\d+$/.test(line)))
    return true;
  if (full.length < 2 || full.some((line) => /[,;|\t]/.test(line))) return false;
  const [first, ...others] = full.map(cellsOf);
  const width = others[0]!.length;
  if (width < 2 || ![width, width - 1].includes(first!.length)) return false;
  const cells = others.flat();
  const numbers = cells.filter((cell) => !Number.isNaN(+cell.replaceAll('"', '')));
  return others.every(({ length }) => length === width) && numbers.length * 2 >= cells.length;
}

const cellsOf = (line: string): string[] => line.match(/"[^"]*"|\S+/g) ?? [];

/** The same text with one space where there are several, and none at the ends of lines. */
export function* oneSpace(pieces: Iterable<string>): Generator<string> {
  let rest = '';
  for (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    if (lines.length > 0) yield `${lines.map(plainLine).join('\n')}\n`;
  }
  if (rest.trim() !== '') yield plainLine(rest);
}

const plainLine = (line: string): string => line.trim().replace(/ +/g, ' ');
