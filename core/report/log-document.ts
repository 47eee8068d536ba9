/** What is told of a log that another program wrote: its verdict, why, and what it was read from. */
import { logChart, picturesOf, unitOf } from '../contract/drawing/log.ts';
import type { LogView } from '../contract/messages/logs.ts';
import { allAlikeWords, ruleNameIn, verdictWords } from '../contract/messages/verdict.ts';
import { shownEpoch, wholePercent } from '../contract/words/numbers.ts';
import { inWords } from '../contract/words/phrase.ts';
import { plain } from '../contract/words/plain.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';
import { listPart, section } from './document.ts';
import type { ReportDocument, ReportPart, ReportTable } from './document.ts';

/** What of a log is told. */
export type ToldLog = Pick<LogView, 'format' | 'byStep' | 'rows' | 'columns' | 'notes' | 'verdict'>;

/** The whole report. @param name of the log's file */
export function logDocument(log: ToldLog, name: string, language: Language): ReportDocument {
  const t = textsIn(language);
  const pictures = picturesOf(log).map((picture) => ({
    kind: 'chart' as const,
    spec: logChart(log, picture),
    note: '',
  }));
  const notes = log.notes.map((note) => inWords(note, t));
  return {
    title: plain(name),
    subtitle: plain(log.format),
    language,
    t,
    parts: [
      ...verdictParts(log, t),
      ...section(t('report.charts'), pictures),
      ...section(t('report.reading'), [columnFacts(log), ...listPart(notes)]),
      ...section(t('report.epochs'), [rowTable(log, t)]),
    ],
  };
}

function verdictParts(log: ToldLog, t: Translate): ReportPart[] {
  const { verdict, rows } = log;
  if (!verdict) return [{ kind: 'verdict', words: [t('report.tooFew')], note: '' }];
  const counting = { unit: unitOf(log), write: shownEpoch };
  const share = wholePercent(verdict.confidence);
  const sure = allAlikeWords(verdict, t, counting) ?? t('report.sure', { share });
  const others = verdict.candidates.map(
    ({ rule, epoch }) => [ruleNameIn(rule, t), shownEpoch(epoch)] as const,
  );
  return [
    { kind: 'verdict', words: [verdictWords(verdict, rows.at(-1)!.at, t, counting)], note: sure },
    ...listPart(verdict.why.map((reason) => inWords(reason, t))),
    ...section(t('report.otherRules'), [{ kind: 'facts', facts: others }]),
  ];
}

/** Which columns were taken for what, by the names that `--columns` takes. */
function columnFacts({ columns }: ToldLog): ReportPart {
  const facts = Object.entries(columns).map(
    ([role, names]) => [role, plain((names ?? []).join(' + '))] as const,
  );
  return { kind: 'facts', facts };
}

function rowTable(log: ToldLog, t: Translate): ReportTable {
  const pictures = picturesOf(log);
  const columns = pictures.flatMap(({ id, lines, write }) =>
    lines.map(({ signal, name }) => ({
      signal,
      write,
      title: t('report.measured', { title: t(`log.pictures.${id}`), measure: t(name) }),
    })),
  );
  return {
    kind: 'table',
    head: [t(`chart.${unitOf(log)}`), ...columns.map(({ title }) => title)],
    rows: log.rows.map((row) => [
      shownEpoch(row.at),
      ...columns.map(({ signal, write }) => {
        const value = row[signal];
        return value === null ? '–' : write(value);
      }),
    ]),
    marked: log.rows.findIndex(({ at }) => at === log.verdict?.epoch),
  };
}
