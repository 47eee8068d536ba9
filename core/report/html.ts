/** A run as one HTML file that needs nothing else: no script, no image, no network. */
import type { EpochRecord, RunView, Verdict } from '../protocol/records.ts';
import { inWords } from '../protocol/phrase.ts';
import { inEnglish } from '../protocol/texts.ts';
import { ruleName, savedWords, verdictWords } from '../protocol/words.ts';
import { lineChart, stackedChart } from './charts.ts';
import type { ChartSpec } from './charts.ts';
import { noiseSection } from './noise.ts';
import { digits, escape, percent } from './format.ts';
import { STYLE } from './style.ts';

/** What the report says beyond the run itself. */
export interface ReportFacts {
  created: string;
  versions: Record<string, string>;
}

/** The whole document. */
export function reportHtml(view: RunView, facts: ReportFacts): string {
  const { name } = view.row.config;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escape(name)} · Label Noise Lab</title><style>${STYLE}</style></head><body>`,
    `<h1>${escape(name)}</h1><p class="sub">${escape(subtitle(view, facts))}</p>`,
    ...(view.row.problem
      ? [`<p class="problem">${escape(inWords(view.row.problem, inEnglish))}</p>`]
      : []),
    verdictSection(view),
    charts(view),
    noiseSection(view),
    readingSection(view),
    `<h2>Epochs</h2>${epochTable(view)}`,
    `<h2>Config</h2>${list(flatten(view.row.config))}`,
    `<h2>Versions</h2>${list(Object.entries(facts.versions))}`,
    '</body></html>\n',
  ].join('\n');
}

function subtitle(view: RunView, { created }: ReportFacts): string {
  const { trainCount, holdoutCount, testCount, wrongLabels } = view;
  const wrong =
    wrongLabels === null
      ? 'true labels unknown'
      : `${wrongLabels.toLocaleString('en')} labels wrong`;
  const parts = [
    `${trainCount.toLocaleString('en')} training samples, ${wrong}`,
    `${holdoutCount.toLocaleString('en')} hold-out`,
    `${testCount.toLocaleString('en')} test`,
    `${inWords(view.network.title, inEnglish)}, ${view.network.parameters.toLocaleString('en')} parameters`,
    created.slice(0, 10),
  ];
  return parts.join(' · ');
}

/** The verdict as a person would say it, with what test data say of it in hindsight. */
export function verdictSentence(verdict: Verdict, rows: readonly EpochRecord[]): string {
  const last = rows.at(-1);
  const at = rows.find((row) => row.epoch === verdict.epoch);
  const tested =
    at?.testAccuracy !== undefined && last?.testAccuracy !== undefined
      ? ` Test accuracy is ${percent(at.testAccuracy)} at this epoch and ${percent(last.testAccuracy)} at the end.`
      : '';
  return `${verdictWords(verdict, last?.epoch ?? 0)}${tested}`;
}

function verdictSection({ row, verdict, epochs }: RunView): string {
  if (!verdict) return '<div class="verdict"><p>Too few epochs for a recommendation.</p></div>';
  const sure = `${Math.round(100 * verdict.confidence)}% sure that the best epoch lies in the range.`;
  const basis =
    'Uses only the noisy hold-out and training signals; test data and true labels are never read.';
  const reasons = verdict.why
    .map((reason) => `<li>${escape(inWords(reason, inEnglish))}</li>`)
    .join('');
  const rules = verdict.candidates.map(
    ({ rule, epoch }) => [ruleName(rule, inEnglish), String(epoch)] as const,
  );
  const { savedEpochs, lastEpoch } = row;
  const saved = savedEpochs > 0 ? `<p>${savedWords(savedEpochs, lastEpoch)}.</p>` : '';
  const sentence = verdictSentence(
    verdict,
    epochs.map(({ record }) => record),
  );
  return (
    `<div class="verdict"><p>${escape(sentence)}</p>${saved}` +
    `<p class="sub">${sure} ${basis}</p></div><ul>${reasons}</ul>` +
    `<h2>What other rules would say</h2>${list(rules)}`
  );
}

/** What was guessed as the data were read. */
function readingSection({ inferred }: RunView): string {
  if (inferred.length === 0) return '';
  const guesses = inferred.map((guess) => `<li>${escape(inWords(guess, inEnglish))}</li>`).join('');
  return `<h2>How the data were read</h2><ul>${guesses}</ul>`;
}

function charts({ verdict, epochs }: RunView): string {
  const rows = epochs.map(({ record }) => record);
  if (rows.length < 2) return '';
  const numbers = rows.map((row) => row.epoch);
  const spec = (title: string, yTitle: string, tick: ChartSpec['tick']): ChartSpec => ({
    title,
    yTitle,
    epochs: numbers,
    stop: verdict,
    tick,
  });
  const of = (key: keyof EpochRecord) =>
    rows.map((row) => (row[key] as number | undefined) ?? null);
  const accuracies = lineChart(
    {
      ...spec('Accuracy while training', 'Accuracy (%)', (y) => String(Math.round(100 * y))),
      top: 1,
    },
    [
      { label: 'Given labels', style: 'given', values: of('trainAccuracy') },
      { label: 'True labels', style: 'true', values: of('trainAccuracyTrue') },
      { label: 'Noisy hold-out', style: 'holdout', values: of('holdoutAccuracy') },
      { label: 'Test', style: 'test', values: of('testAccuracy') },
    ],
  );
  return `<h2>Charts</h2>${accuracies}${outcomeChart(epochs, spec)}${distanceChart(rows, spec)}`;
}

type Spec = (title: string, yTitle: string, tick: ChartSpec['tick']) => ChartSpec;

function outcomeChart(epochs: RunView['epochs'], spec: Spec): string {
  if (epochs.some(({ outcomes }) => outcomes === null)) return '';
  const of = (key: 'recovered' | 'memorized' | 'other') =>
    epochs.map(({ outcomes }) => outcomes![key]);
  const tick = (y: number) => y.toLocaleString('en');
  return stackedChart(spec('What became of the wrong labels', 'Training samples', tick), [
    { label: 'Recovered: true label', style: 'true', values: of('recovered') },
    { label: 'Something else', style: 'other', values: of('other') },
    { label: 'Memorized: wrong label', style: 'given', values: of('memorized') },
  ]);
}

function distanceChart(rows: readonly EpochRecord[], spec: Spec): string {
  const layers = Object.keys(rows[0]?.distanceByLayer ?? {});
  return lineChart(spec('Distance from initialization', 'Frobenius norm', digits), [
    { label: 'All weights', style: 'total', values: rows.map((row) => row.distance) },
    ...layers.map((layer, i) => ({
      label: layer,
      style: `layer${i % 5}`,
      values: rows.map((row) => row.distanceByLayer[layer] ?? null),
    })),
  ]);
}

function epochTable({ epochs, verdict }: RunView): string {
  const columns: [string, (row: EpochRecord) => string][] = [
    ['Epoch', (row) => String(row.epoch)],
    ['As given', (row) => percent(row.trainAccuracy)],
    ['True', (row) => percent(row.trainAccuracyTrue)],
    ['Hold-out', (row) => percent(row.holdoutAccuracy)],
    ['Test', (row) => percent(row.testAccuracy)],
    ['Training loss', (row) => digits(row.trainLoss)],
    ['Relative distance', (row) => digits(row.relativeDistance)],
    ['Changed predictions', (row) => digits(row.predictionChanges)],
  ];
  const head = columns.map(([title]) => `<th scope="col">${title}</th>`).join('');
  const body = epochs.map(({ record }) => {
    const mark = record.epoch === verdict?.epoch ? ' class="stopped"' : '';
    return `<tr${mark}>${columns.map(([, cell]) => `<td>${cell(record)}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function list(entries: readonly (readonly [string, string])[]): string {
  const items = entries.map(([key, value]) => `<dt>${escape(key)}</dt><dd>${escape(value)}</dd>`);
  return `<dl>${items.join('')}</dl>`;
}

/** `{a: {b: 1}}` as `a.b: 1`, the form that `--set` takes; lists stay as they are. */
function flatten(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, part]): [string, string][] => {
    const isGroup = typeof part === 'object' && part !== null && !Array.isArray(part);
    if (isGroup) return flatten(part as object, `${prefix}${key}.`);
    return [[`${prefix}${key}`, typeof part === 'object' ? JSON.stringify(part) : String(part)]];
  });
}
