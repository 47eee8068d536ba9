/** Where the command line writes: results to stdout, progress to stderr. */
import cliProgress from 'cli-progress';
import { percent } from '../report/format.ts';
import { plain, printable } from '../protocol/plain.ts';
import type { EpochRecord } from '../protocol/records.ts';
import { writeOut } from './streams.ts';

/** Prints a result: as one JSON object, exact, or as text that steers no terminal. */
export function printResult(json: boolean, value: unknown, text: () => string): void {
  writeOut(`${json ? JSON.stringify(value) : printable(text())}\n`);
}

/** Prints a line about what is going on. */
export function say(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/**
 * A table with aligned columns, a line a row; numbers to the right.
 * @param clean what makes a cell harmless; `printable` where cells are words of ours in any language
 */
export function table(
  titles: readonly string[],
  cells: readonly (readonly string[])[],
  clean: (cell: string) => string = plain,
): string {
  const [head, ...rows] = [titles, ...cells].map((row) => row.map(clean)) as [
    string[],
    ...string[][],
  ];
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const isNumber = (text: string) => /^[\d.,–-]+( %)?$/.test(text);
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (isNumber(cell) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [lineOf(head), ...rows.map(lineOf)].join('\n');
}

/** Shows training: a bar on a terminal, a line an epoch elsewhere. */
export interface Progress {
  epoch(record: EpochRecord, secondsLeft: number | null): void;
  end(): void;
}

/** Starts showing the progress of a run. */
export function progressOf(epochs: number): Progress {
  if (!process.stderr.isTTY) {
    return {
      epoch: (record, left) => say(`Epoch ${record.epoch} of ${epochs}  ${figures(record, left)}`),
      end: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar(
    { format: '{bar} epoch {value} of {total}  {figures}', stream: process.stderr },
    cliProgress.Presets.shades_classic,
  );
  bar.start(epochs, 0, { figures: '' });
  return {
    epoch: (record, left) => bar.update(record.epoch, { figures: figures(record, left) }),
    end: () => bar.stop(),
  };
}

function figures(record: EpochRecord, secondsLeft: number | null): string {
  return [
    `as given ${percent(record.trainAccuracy)}`,
    record.holdoutAccuracy === undefined ? '' : `hold-out ${percent(record.holdoutAccuracy)}`,
    record.testAccuracy === undefined ? '' : `test ${percent(record.testAccuracy)}`,
    secondsLeft ? `${Math.ceil(secondsLeft)} s left` : '',
  ]
    .filter(Boolean)
    .join('  ');
}

/** A time to come, in the unit that suits it. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
