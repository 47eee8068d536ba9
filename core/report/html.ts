/** A run as one HTML file that needs nothing else: no script, no image, no network. */
import type { EpochRecord, RunView, Verdict } from '../contract/messages/records.ts';
import { inWords } from '../contract/words/phrase.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';
import {
  allAlikeWords,
  withCount,
  ruleNameIn,
  savedWords,
  verdictWords,
} from '../contract/messages/verdict.ts';
import { noiseSection } from './noise.ts';
import { digits, percent, wholePercent } from '../contract/words/numbers.ts';
import { escapeWords } from './escape.ts';
import { factList, heading, isolated, reportPage } from './page.ts';
import { runCharts } from './run-charts.ts';

/** What the report says beyond the run itself. */
export interface ReportFacts {
  created: string;
  versions: Record<string, string>;
}

/** The whole document. */
export function reportHtml(view: RunView, facts: ReportFacts, language: Language): string {
  const { name, config, recorded } = view.row;
  const t = textsIn(language);
  const { problem } = view.row;
  return reportPage(name, language, [
    `<h1>${isolated(name)}</h1><p class="sub">${escapeWords(subtitle(view, facts, t))}</p>`,
    ...(problem ? [`<p class="problem">${escapeWords(inWords(problem, t))}</p>`] : []),
    verdictSection(view, t),
    charts(view, t),
    noiseSection(view, t),
    readingSection(view, t),
    `${heading(t('report.epochs'))}${epochTable(view, t)}`,
    ...(config ? [`${heading(t('report.config'))}${factList(flatten(config))}`] : []),
    ...(recorded ? [`${heading(t('report.record'))}${factList(flatten(recorded))}`] : []),
    ...(Object.keys(facts.versions).length > 0
      ? [`${heading(t('report.versions'))}${factList(Object.entries(facts.versions))}`]
      : []),
  ]);
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

function verdictSection(view: RunView, t: Translate): string {
  const { row, verdict, epochs, holdoutCount } = view;
  if (!verdict) return `<div class="verdict"><p>${escapeWords(t('report.tooFew'))}</p></div>`;
  const share = wholePercent(verdict.confidence);
  const sure = allAlikeWords(verdict, t) ?? t('report.sure', { share });
  const basis = t(holdoutCount > 0 ? 'lab.story.blind' : 'lab.story.blindWithoutHoldout');
  const reasons = verdict.why.map((reason) => `<li>${escapeWords(inWords(reason, t))}</li>`);
  const rules = verdict.candidates.map(
    ({ rule, epoch }) => [ruleNameIn(rule, t), String(epoch)] as const,
  );
  const { savedEpochs, lastEpoch } = row;
  const saved = savedEpochs > 0 ? `${savedWords(savedEpochs, lastEpoch, t)}.` : '';
  const records = epochs.map(({ record }) => record);
  return (
    `<div class="verdict"><p>${escapeWords(verdictSentence(verdict, records, t))}</p>` +
    (saved === '' ? '' : `<p>${escapeWords(saved)}</p>`) +
    `<p class="sub">${escapeWords(`${sure} ${basis}`)}</p></div><ul>${reasons.join('')}</ul>` +
    `${heading(t('report.otherRules'))}${factList(rules)}`
  );
}

/** What was guessed as the data were read. */
function readingSection({ inferred }: RunView, t: Translate): string {
  if (inferred.length === 0) return '';
  const guesses = inferred.map((guess) => `<li>${escapeWords(inWords(guess, t))}</li>`).join('');
  return `${heading(t('report.reading'))}<ul>${guesses}</ul>`;
}

function charts(view: RunView, t: Translate): string {
  const drawn = runCharts(view, t);
  return drawn === '' ? '' : heading(t('report.charts')) + drawn;
}

function epochTable({ epochs, verdict }: RunView, t: Translate): string {
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
  const head = columns.map(([title]) => `<th scope="col">${escapeWords(title)}</th>`).join('');
  const body = epochs.map(({ record }) => {
    const mark = record.epoch === verdict?.epoch ? ' class="stopped"' : '';
    return `<tr${mark}>${columns.map(([, cell]) => `<td>${cell(record)}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** `{a: {b: 1}}` as `a.b: 1`, the form that `--set` takes; lists stay as they are. */
function flatten(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, part]): [string, string][] => {
    const isGroup = typeof part === 'object' && part !== null && !Array.isArray(part);
    if (isGroup) return flatten(part as object, `${prefix}${key}.`);
    return [[`${prefix}${key}`, typeof part === 'object' ? JSON.stringify(part) : String(part)]];
  });
}
