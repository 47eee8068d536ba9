/** Where the command line writes: results to stdout, progress to stderr. */
import cliProgress from 'cli-progress';
import { percent } from '../contract/words/numbers.ts';
import { plain, printable } from '../contract/words/plain.ts';
import type { EpochRecord, RunRow } from '../contract/messages/records.ts';
import { t } from './language.ts';
import { writeOut } from './streams.ts';

/** Prints a result: as one JSON object, exact, or as text that steers no terminal. */
export function printResult(json: boolean, value: unknown, text: () => string): void {
  writeOut(`${json ? JSON.stringify(value) : printable(text())}\n`);
}

/** Prints a line about what is going on. */
export function printNote(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/**
 * A table with aligned columns, a line a row; numbers to the right.
 * @param clean what makes a cell harmless; `printable` where words of ours hold marks of direction,
 * and what is from outside is `plain` already
 */
export function table(
  titles: readonly string[],
  cells: readonly (readonly string[])[],
  clean: (cell: string) => string = plain,
): string {
  const rows = [titles, ...cells].map((row) => row.map(clean));
  const widths = titles.map((_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ''))));
  const isNumber = (text: string) => /^[\d.,–-]+%?$/.test(text);
  const padded = (cell: string, width: number) => {
    const room = ' '.repeat(width - widthOf(cell));
    return isNumber(cell) ? room + cell : cell + room;
  };
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, i) => padded(cell, widths[i]!))
      .join('  ')
      .trimEnd();
  return rows.map(lineOf).join('\n');
}

/** Signs that take room in a terminal: marks of direction take none. */
const widthOf = (text: string): number => text.replace(/\p{Bidi_Control}/gu, '').length;

/** Shows training: a bar on a terminal, a line an epoch elsewhere. */
export interface Progress {
  epoch(record: EpochRecord, secondsLeft: number | null): void;
  end(): void;
}

/** Starts showing the progress of a run. */
export function progressOf(epochs: number): Progress {
  if (!process.stderr.isTTY) {
    return {
      epoch: (record, left) =>
        printNote(
          `${t('cli.progress.epoch', { epoch: record.epoch, all: epochs })}  ${figures(record, left)}`,
        ),
      end: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar(
    { format: '{bar} {place}  {figures}', stream: process.stderr },
    cliProgress.Presets.shades_classic,
  );
  const place = (epoch: number) => t('cli.progress.bar', { epoch, all: epochs });
  bar.start(epochs, 0, { place: place(0), figures: '' });
  return {
    epoch: (record, left) =>
      bar.update(record.epoch, { place: place(record.epoch), figures: figures(record, left) }),
    end: () => bar.stop(),
  };
}

function figures(record: EpochRecord, secondsLeft: number | null): string {
  const { trainAccuracy, holdoutAccuracy, testAccuracy } = record;
  return [
    t('cli.progress.asGiven', { share: percent(trainAccuracy) }),
    holdoutAccuracy === undefined
      ? ''
      : t('cli.progress.holdout', { share: percent(holdoutAccuracy) }),
    testAccuracy === undefined ? '' : t('cli.progress.test', { share: percent(testAccuracy) }),
    secondsLeft ? t('cli.progress.left', { time: secondsWord(secondsLeft) }) : '',
  ]
    .filter(Boolean)
    .join('  ');
}

/** A time to come, in the unit that suits it. */
export function roughTime(seconds: number): string {
  if (seconds < 90) return secondsWord(seconds);
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? t('common.minutes', { n: minutes })
    : t('cli.hoursOnly', { n: Math.round(minutes / 60) });
}

const secondsWord = (seconds: number): string => t('common.seconds', { n: Math.ceil(seconds) });

/** How a run stands; one that ended early because the best was past says so. */
export function runStatus({
  status,
  savedEpochs,
}: {
  status: RunRow['status'] | 'not started';
  savedEpochs: number;
}): string {
  if (savedEpochs > 0) return t('cli.status.byItself');
  return t(`cli.status.${status === 'not started' ? 'notStarted' : status}`);
}
