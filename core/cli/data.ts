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
import { percent } from '../contract/words/numbers.ts';
import type { JsonOption } from './inspect.ts';
import { t, words } from '../terminal/language.ts';
import { printResult, table } from '../terminal/output.ts';
import { listUnder } from './listed.ts';
import { dataPath, readingPaths } from './places.ts';
import type { DataOptions } from './places.ts';
import { collect } from './usage.ts';

/** What `data` is asked with. */
interface Options extends JsonOption, Pick<DataOptions, 'labels' | 'labelsField'> {
  /** `reading.field=value` changes. */
  set: string[];
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
    .addHelpText('after', listUnder(t('cli.help.readers'), readers))
    .action(dataCommand);
}

/** Says what a data set holds, its labels taken from `--labels` where that is given. */
async function dataCommand(path: string, options: Options): Promise<void> {
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

function textOf(data: DataView, { exact, disagreeing }: DuplicatesView): string {
  const count = (value: number) => value.toLocaleString('en');
  const { wrongLabels, trainAvailable, columns, missing } = data;
  const share = wrongLabels === null ? null : wrongLabels / trainAvailable;
  return [
    t('cli.data.head', {
      name: plain(data.name),
      format: words(data.format),
      train: count(trainAvailable),
      test: count(data.testAvailable),
      shape: data.shape.join(' x '),
      classes: data.classes.length,
    }),
    ...(wrongLabels === null
      ? []
      : [t('cli.data.wrong', { n: count(wrongLabels), share: percent(share) })]),
    ...(exact === 0
      ? []
      : [t('cli.data.repeats', { n: count(exact), others: count(disagreeing) })]),
    ...(columns.length > 0 ? [t('cli.data.columns', { names: listed(columns) })] : []),
    ...missing.map(({ column, count: n }) =>
      t('cli.data.missing', { column: plain(column), n: count(n) }),
    ),
    ...data.inferred.map((line) => `- ${words(line)}`),
    '',
    classTable(data),
  ].join('\n');
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  const shown = plain(names.slice(0, NAMED).join(', '));
  return more > 0 ? `${shown} ${t('common.andMore', { n: more })}` : shown;
}

/** The classes with their counts: as given, true where that is known, and of the test part. */
function classTable({ classes, classCounts, trueCounts, testCounts }: DataView): string {
  const columns: [string, number[] | null][] = [
    [t(trueCounts ? 'cli.columns.asGiven' : 'cli.columns.training'), classCounts],
    [t('cli.columns.true'), trueCounts],
    [t('cli.columns.test'), testCounts],
  ];
  const shown = columns.filter((column): column is [string, number[]] => column[1] !== null);
  return table(
    [t('cli.columns.class'), ...shown.map(([title]) => title)],
    classes.map((name, i) => [name, ...shown.map(([, counts]) => counts[i]!.toLocaleString('en'))]),
  );
}
