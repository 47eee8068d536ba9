/** What a run's report says, in every format. */
import type { EpochRecord, RunView, Verdict } from '../contract/messages/records.ts';
import { inWords } from '../contract/words/phrase.ts';
import { plain } from '../contract/words/plain.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';
import {
  allAlikeWords,
  withCount,
  ruleNameIn,
  savedWords,
  verdictWords,
} from '../contract/messages/verdict.ts';
import { digits, percent, wholePercent } from '../contract/words/numbers.ts';
import { listPart, section } from './document.ts';
import type { FactsPart, ReportPart, ReportDocument, ReportTable } from './document.ts';
import { noiseParts } from './noise.ts';
import { runCharts } from './run-charts.ts';

/** What the report says beyond the run itself. */
export interface ReportFacts {
  created: string;
  versions: Record<string, string>;
}

/** The whole report. */
export function runDocument(view: RunView, facts: ReportFacts, language: Language): ReportDocument {
  const { name, config, recorded, problem } = view.row;
  const t = textsIn(language);
  const guesses = view.inferred.map((guess) => inWords(guess, t));
  return {
    title: plain(name),
    subtitle: subtitle(view, facts, t),
    language,
    t,
    parts: [
      ...(problem ? [{ kind: 'words', words: inWords(problem, t), tone: 'problem' } as const] : []),
      ...verdictParts(view, t),
      ...section(t('report.charts'), runCharts(view, t)),
      ...section(t('lab.noise.title'), noiseParts(view, t)),
      ...section(t('report.reading'), listPart(guesses)),
      ...section(t('report.epochs'), [epochTable(view, t)]),
      ...section(t('report.config'), factsOf(config ? flatten(config) : [])),
      ...section(t('report.record'), factsOf(recorded ? flatten(recorded) : [])),
      ...section(t('report.versions'), factsOf(Object.entries(facts.versions))),
    ],
  };
}

function subtitle(view: RunView, { created }: ReportFacts, t: Translate): string {
  const { trainCount, holdoutCount, testCount, wrongLabels, network } = view;
  const wrong =
    wrongLabels === null ? t('report.trueUnknown') : withCount(t, 'report.wrong', wrongLabels);
  const parts = [
    `${withCount(t, 'report.training', trainCount)}, ${wrong}`,
    t('report.holdout', { n: holdoutCount.toLocaleString('en') }),
    t('report.test', { n: testCount.toLocaleString('en') }),
    ...(network
      ? [
          t('report.network', {
            network: inWords(network.title, t),
            n: network.parameters.toLocaleString('en'),
          }),
        ]
      : []),
    created.slice(0, 10),
  ];
  return parts.join(' · ');
}

/** The verdict as a person would say it, with what test data say of it in hindsight. */
export function verdictSentence(
  verdict: Verdict,
  rows: readonly EpochRecord[],
  t: Translate,
): string {
  const last = rows.at(-1);
  const at = rows.find((row) => row.epoch === verdict.epoch);
  const words = verdictWords(verdict, last?.epoch ?? 0, t);
  if (at?.testAccuracy === undefined || last?.testAccuracy === undefined) return words;
  const [here, later] = [percent(at.testAccuracy), percent(last.testAccuracy)];
  return `${words} ${t('report.tested', { here, later })}`;
}

function verdictParts(view: RunView, t: Translate): ReportPart[] {
  const { row, verdict, epochs, holdoutCount } = view;
  if (!verdict) return [{ kind: 'verdict', words: [t('report.tooFew')], note: '' }];
  const share = wholePercent(verdict.confidence);
  const sure = allAlikeWords(verdict, t) ?? t('report.sure', { share });
  const basis = t(holdoutCount > 0 ? 'lab.story.blind' : 'lab.story.blindWithoutHoldout');
  const { savedEpochs, lastEpoch } = row;
  const records = epochs.map(({ record }) => record);
  const words = [
    verdictSentence(verdict, records, t),
    ...(savedEpochs > 0 ? [`${savedWords(savedEpochs, lastEpoch, t)}.`] : []),
  ];
  return [
    { kind: 'verdict', words, note: `${sure} ${basis}` },
    ...listPart(verdict.why.map((reason) => inWords(reason, t))),
    ...section(
      t('report.otherRules'),
      factsOf(verdict.candidates.map(({ rule, epoch }) => [ruleNameIn(rule, t), String(epoch)])),
    ),
  ];
}

function epochTable({ epochs, verdict }: RunView, t: Translate): ReportTable {
  const columns: [string, (row: EpochRecord) => string][] = [
    [t('report.columns.epoch'), (row) => String(row.epoch)],
    [t('report.columns.asGiven'), (row) => percent(row.trainAccuracy)],
    [t('report.columns.true'), (row) => percent(row.trainAccuracyTrue)],
    [t('report.columns.holdout'), (row) => percent(row.holdoutAccuracy)],
    [t('report.columns.test'), (row) => percent(row.testAccuracy)],
    [t('report.columns.trainLoss'), (row) => digits(row.trainLoss)],
    [t('report.columns.relativeDistance'), (row) => digits(row.relativeDistance)],
    [t('report.columns.changes'), (row) => digits(row.predictionChanges)],
  ];
  return {
    kind: 'table',
    head: columns.map(([title]) => title),
    rows: epochs.map(({ record }) => columns.map(([, cell]) => cell(record))),
    marked: epochs.findIndex(({ record }) => record.epoch === verdict?.epoch),
  };
}

function factsOf(entries: readonly (readonly [string, string])[]): FactsPart[] {
  if (entries.length === 0) return [];
  return [{ kind: 'facts', facts: entries.map(([name, value]) => [plain(name), plain(value)]) }];
}

/** `{a: {b: 1}}` as `a.b: 1`, the form that `--set` takes; lists stay as they are. */
function flatten(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, part]): [string, string][] => {
    const isGroup = typeof part === 'object' && part !== null && !Array.isArray(part);
    if (isGroup) return flatten(part as object, `${prefix}${key}.`);
    return [[`${prefix}${key}`, typeof part === 'object' ? JSON.stringify(part) : String(part)]];
  });
}
