/** `data`: what a data set holds. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { duplicatesOf, openDataset } from '../data/index.ts';
import { applySettings, parseReading } from '../kinds/read.ts';
import { inferAll } from '../contract/config/schema.ts';
import { describeData } from '../data/describe.ts';
import { READERS } from '../data/readers/index.ts';
import { plain } from '../contract/words/plain.ts';
import type { DataView, DuplicatesView } from '../contract/messages/records.ts';
import type { JsonOption } from './inspect.ts';
import { spoken, t, words } from '../terminal/language.ts';
import { classTable, dataDocument, headOf, whatIsWrong } from '../report/data-document.ts';
import { documentFormat, writeDocument } from '../report/index.ts';
import { printResult, table } from '../terminal/output.ts';
import { listUnder } from './listed.ts';
import { dataPath, readingPaths } from './places.ts';
import type { DataOptions } from './places.ts';
import { collect } from './usage.ts';

/** What `data` is asked with. */
interface Options extends JsonOption, Pick<DataOptions, 'labels' | 'labelsField'> {
  /** `reading.field=value` changes. */
  set: string[];
  /** A file for a report. */
  report?: string;
}

/** Columns or classes that a line of text names before it only counts them. */
const NAMED = 12;

/** Gives `data` its options and its work. */
export function defineData(command: Command): void {
  const readers = READERS.all.map(({ format }) => words(format));
  command
    .option('--labels <file>', t('cli.options.labelsOf'))
    .option('--labels-field <name>', t('cli.options.labelsField'))
    .option('--set <reading.field=value>', t('cli.options.reading'), collect, [])
    .option('--report <file>', t('cli.options.reportFile'))
    .addHelpText('after', listUnder(t('cli.help.readers'), readers))
    .action(dataCommand);
}

/** Says what a data set holds, its labels taken from `--labels` where that is given. */
async function dataCommand(path: string, options: Options): Promise<void> {
  if (options.report !== undefined) documentFormat(options.report);
  const asked = applySettings({ reading: inferAll }, options.set) as { reading: object };
  const { labels: labelsFile, labelsField } = options;
  const reading = parseReading(
    {
      ...asked.reading,
      ...(labelsFile === undefined ? {} : { labelsFile: resolve(labelsFile) }),
      ...(labelsField === undefined ? {} : { labelsField }),
    },
    '--set reading',
  );
  const source = { source: dataPath(path), reading: readingPaths(reading) };
  const data = await describeData(source);
  const duplicates = await duplicatesOf(await openDataset(source));
  if (options.report !== undefined) {
    await writeDocument(dataDocument(data, duplicates, spoken()), resolve(options.report));
  }
  printResult(
    options.json ?? false,
    {
      ...data,
      inferred: data.inferred.map(words),
      inferredCodes: data.inferred,
      ...formatInWords(data),
      duplicates,
    },
    () => textOf(data, duplicates),
  );
}

const formatInWords = ({ format }: DataView) => ({ format: words(format), formatCode: format });

function textOf(data: DataView, duplicates: DuplicatesView): string {
  const { columns } = data;
  const { head, rows } = classTable(data, t);
  return [
    headOf(data, t),
    ...whatIsWrong(data, duplicates, t),
    ...(columns.length > 0 ? [t('cli.data.columns', { names: listed(columns) })] : []),
    ...data.inferred.map((line) => `- ${words(line)}`),
    '',
    table(
      [...head],
      rows.map((row) => [...row]),
    ),
  ].join('\n');
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  const shown = plain(names.slice(0, NAMED).join(', '));
  return more > 0 ? `${shown} ${t('common.andMore', { n: more })}` : shown;
}
