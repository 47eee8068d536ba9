/** `runs`, `show` and `report`: what is on disk. */
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../contract/words/errors.ts';
import { textFor } from '../contract/words/phrase.ts';
import { plain } from '../contract/words/plain.ts';
import { savedWords, verdictInWords } from '../contract/messages/verdict.ts';
import type { RunRow } from '../contract/messages/records.ts';
import { digits, percent } from '../contract/words/numbers.ts';
import { verdictSentence } from '../report/run-document.ts';
import { REPORTS, writeReport } from '../report/index.ts';
import type { ReportedRuns, ReportFormat } from '../report/format.ts';
import { listRuns, namesInRuns, rowOf } from '../run-folder/list.ts';
import { checkWhole } from '../run-folder/check.ts';
import { verdictOf } from '../run-folder/verdict.ts';
import { spoken, t, words } from '../terminal/language.ts';
import { printResult, printNote, runStatus, table } from '../terminal/output.ts';
import { formatList, formatsOf } from './listed.ts';
import { openPlace, openPlaces, runsFolder } from './places.ts';

/** Options that every command takes. */
export interface JsonOption {
  json?: boolean;
}

/** Gives `runs` its work. */
export function defineRuns(command: Command): void {
  command.action(runsCommand);
}

/** Gives `show` its work. */
export function defineShow(command: Command): void {
  command.action(showCommand);
}

/** Gives `report` its options and its work. */
export function defineReport(command: Command): void {
  command
    .option('--format <format>', formatsOf(REPORTS.ids), REPORTS.ids[0])
    .option('--out <file>', t('cli.options.outReport'))
    .addHelpText(
      'after',
      formatList(REPORTS.ids, (id) => textFor(t, `report.formats.${id}`)),
    )
    .action(reportCommand);
}

/** Lists the runs. @throws InputError where their folder cannot be read */
function runsCommand({ json = false }: JsonOption): void {
  const folder = runsFolder();
  namesInRuns(folder);
  const { rows, problem } = listRuns(folder);
  if (problem) printNote(words(problem));
  printResult(
    json,
    { runs: rows.map(rowInWords), problem: problem && words(problem), problemCode: problem },
    () => (rows.length === 0 ? t('cli.noRuns', { folder: plain(folder) }) : runTable(rows)),
  );
}

/** A row with its problem as a sentence, and its code beside it. */
const rowInWords = ({ problem, ...row }: RunRow) => ({
  ...row,
  problem: problem && words(problem),
  problemCode: problem,
});

function runTable(rows: readonly RunRow[]): string {
  return table(
    [
      ...[t('cli.columns.run'), t('cli.columns.name'), t('cli.columns.status')],
      ...[t('cli.columns.epochs'), t('cli.columns.stopAt'), t('cli.columns.testThere')],
      ...[t('cli.columns.best'), t('cli.columns.last')],
    ],
    rows.map((row) => [
      row.id,
      row.name,
      runStatus(row),
      String(Math.max(row.lastEpoch, 0)),
      digits(row.recommended),
      percent(row.testAtStop),
      percent(row.testBest),
      percent(row.testLast),
    ]),
  );
}

/** Shows one run: its state, its verdict and its epochs. */
async function showCommand(name: string, { json = false }: JsonOption): Promise<void> {
  const run = await openPlace(name);
  const checked = checkWhole(run);
  const { versions } = checked.stored;
  const { rows } = checked;
  const verdict = verdictOf(run, checked);
  const row = rowOf(run, checked);
  printResult(
    json,
    {
      run,
      row: rowInWords(row),
      verdict: verdict && verdictInWords(verdict, t),
      versions,
      epochs: rows,
    },
    () =>
      [
        t('cli.named', { name: plain(row.name), status: runStatus(row) }),
        ...(row.problem ? [words(row.problem)] : []),
        verdict ? verdictSentence(verdict, rows, t) : t('report.tooFew'),
        ...(row.savedEpochs > 0 ? [`${savedWords(row.savedEpochs, row.lastEpoch, t)}.`] : []),
        ...(verdict?.why ?? []).map((reason) => `- ${words(reason)}`),
        '',
        table(
          epochColumns(),
          rows.map((r) => [
            String(r.epoch),
            percent(r.trainAccuracy),
            percent(r.trainAccuracyTrue),
            percent(r.holdoutAccuracy),
            percent(r.testAccuracy),
            digits(r.relativeDistance),
          ]),
        ),
      ].join('\n'),
  );
}

const epochColumns = (): string[] => [
  t('cli.columns.epoch'),
  t('cli.columns.asGiven'),
  t('cli.columns.true'),
  t('cli.columns.holdout'),
  t('cli.columns.test'),
  t('cli.columns.relativeDistance'),
];

/** Writes a report of a run, or of several: each named, or all in a folder. */
async function reportCommand(
  names: readonly [string, ...string[]],
  options: JsonOption & { format: string; out?: string },
): Promise<void> {
  const format = REPORTS.all.find(({ id }) => id === options.format);
  if (!format) {
    throw new InputError('cli.format', { format: options.format, formats: REPORTS.ids });
  }
  const runs = await openPlaces(names);
  const path = resolve(options.out ?? defaultReport(runs, format));
  for (const run of runs) {
    const { damage } = checkWhole(run);
    if (damage) printNote(words(damage));
  }
  await writeReport(runs, format.id, path, spoken());
  printResult(options.json ?? false, { path }, () => path);
}

/** In the run, or beside several. */
function defaultReport([run, ...others]: ReportedRuns, { extension }: ReportFormat): string {
  if (others.length === 0) return join(run, `${basename(run)}.${extension}`);
  return join(dirname(run), `report.${extension}`);
}
