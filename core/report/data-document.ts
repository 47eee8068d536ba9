/** What is told of a data set: its parts, classes, repeated samples and wrong labels as far as they are known. */
import type { DataView, DuplicatesView } from '../contract/messages/records.ts';
import { percent, withSeparators } from '../contract/words/numbers.ts';
import { inWords } from '../contract/words/phrase.ts';
import { plain } from '../contract/words/plain.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';
import { listPart, section } from './document.ts';
import type { ReportDocument, ReportPart, ReportTable } from './document.ts';

/** The whole report. */
export function dataDocument(
  data: DataView,
  duplicates: DuplicatesView,
  language: Language,
): ReportDocument {
  const t = textsIn(language);
  const guesses = data.inferred.map((guess) => inWords(guess, t));
  const columns = data.columns.map(plain);
  return {
    title: plain(data.name),
    subtitle: inWords(data.format, t),
    language,
    t,
    parts: [
      ...words([headOf(data, t), ...whatIsWrong(data, duplicates, t)]),
      ...section(t('report.classes'), [classTable(data, t)]),
      ...section(t('report.reading'), listPart(guesses)),
      ...section(t('report.dataColumns'), listPart(columns)),
    ],
  };
}

const words = (sentences: readonly string[]): ReportPart[] =>
  sentences.map((one) => ({ kind: 'words', words: one }));
/** Name, size and shape in a sentence. */
export function headOf(data: DataView, t: Translate): string {
  return t('cli.data.head', {
    name: plain(data.name),
    format: inWords(data.format, t),
    train: withSeparators(data.trainAvailable),
    test: withSeparators(data.testAvailable),
    shape: data.shape.join(' x '),
    classes: data.classes.length,
  });
}

/** Wrong labels, repeated samples and missing values, where there are any. */
export function whatIsWrong(
  { wrongLabels, trainAvailable, missing }: DataView,
  { exact, disagreeing }: DuplicatesView,
  t: Translate,
): string[] {
  const share = wrongLabels === null ? null : wrongLabels / trainAvailable;
  return [
    ...(wrongLabels === null
      ? []
      : [t('cli.data.wrong', { n: withSeparators(wrongLabels), share: percent(share) })]),
    ...(exact === 0
      ? []
      : [t('cli.data.repeats', { n: withSeparators(exact), others: withSeparators(disagreeing) })]),
    ...missing.map(({ column, count }) =>
      t('cli.data.missing', { column: plain(column), n: withSeparators(count) }),
    ),
  ];
}

/** The classes with their counts: as given, true where that is known, and of the test part. */
export function classTable(
  { classes, classCounts, trueCounts, testCounts }: DataView,
  t: Translate,
): ReportTable {
  const columns: [string, number[] | null][] = [
    [t(trueCounts ? 'cli.columns.asGiven' : 'cli.columns.training'), classCounts],
    [t('cli.columns.true'), trueCounts],
    [t('cli.columns.test'), testCounts],
  ];
  const shown = columns.filter((column): column is [string, number[]] => column[1] !== null);
  return {
    kind: 'table',
    head: [t('cli.columns.class'), ...shown.map(([title]) => title)],
    rows: classes.map((name, i) => [
      plain(name),
      ...shown.map(([, counts]) => withSeparators(counts[i]!)),
    ]),
  };
}
