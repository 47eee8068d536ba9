/** Tables drawn with lines: Markdown's, those of tabulate and rich, psql's. */
import type { LogFormat } from '../format.ts';
import { UNNAMED } from '../names.ts';
import { LogRows } from '../rows.ts';
import { logLines, textHead } from '../source.ts';
import { lastState } from '../text/plain-line.ts';

/** What lines are drawn with. */
const BARS = /[│┃║|]/;
const RULE = /^[\s|+=:\-─━═│┃║┌┐└┘├┤┬┴┼╭╮╰╯╞╡╪╤╧┏┓┗┛┡┩╇┳┻╋╈┠┨┯┷┿]+$/;

/** A table drawn with lines. */
export const drawnFormat: LogFormat = {
  id: 'drawn',
  isHeaded: true,
  namesIn(file) {
    const lines = textHead(file)?.split('\n') ?? [];
    const table = lines.map(lastState).filter((line) => line.trim() !== '');
    const first = table.findIndex((line) => BARS.test(line) && !RULE.test(line));
    const names = first < 0 ? [] : cellsOf(table[first]!);
    // A rule below or above the names; without one it may be any text with a bar in it.
    const isRuled = [table[first - 1], table[first + 1]].some((line) => line && RULE.test(line));
    return isRuled && names.length > 1 && names.some((name) => /[a-z]/i.test(name)) ? names : null;
  },
  async read([file], { wanted, growing }) {
    const rows = new LogRows(file.path, wanted, { container: () => 'Table drawn with lines' });
    for await (const raw of logLines(file, growing)) {
      const line = lastState(raw);
      if (BARS.test(line) && !RULE.test(line)) rows.take(cellsOf(line), '|');
    }
    return rows.table();
  },
};

function cellsOf(line: string): string[] {
  const inside = line
    .trim()
    .replace(/^[│┃║|]/, '')
    .replace(/[│┃║|]$/, '');
  return inside
    .split(/[│┃║|]/)
    .map((cell, i) => cell.trim().replace(/\*\*/g, '') || (i === 0 ? UNNAMED : ''));
}
