/** How several runs compare: their results, the mean and spread over seeds, and what sets them apart. */
import { deviation, mean } from 'd3-array';
import { compareChart, differences, MEASURES } from '../contract/drawing/epochs/compare.ts';
import type { Difference } from '../contract/drawing/epochs/compare.ts';
import { phrase } from '../contract/drawing/parts.ts';
import type { RunRow, RunView } from '../contract/messages/records.ts';
import { withCount } from '../contract/messages/verdict.ts';
import { digits, percent } from '../contract/words/numbers.ts';
import { plain } from '../contract/words/plain.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';
import { section } from './document.ts';
import type { ChartPart, ReportDocument, ReportPart, ReportTable } from './document.ts';

/** @param unit how many of it are one */
const inUnits =
  (unit: number, sign: string) =>
  (middle: number, wide: number | undefined): string => {
    const [about, around] = [middle, wide].map((value) => value && (value * unit).toFixed(1));
    return wide === undefined ? `${about}${sign}` : `${about}\u00a0±\u00a0${around}${sign}`;
  };

const inDigits = (middle: number, wide: number | undefined): string =>
  wide === undefined ? digits(middle) : `${digits(middle)}\u00a0±\u00a0${wide.toPrecision(2)}`;

/** What is told of each run, and of groups in the mean. */
const RESULTS = [
  { key: 'recommended', column: 'stop', words: digits, spread: inUnits(1, '') },
  { key: 'testAtStop', column: 'testAtStop', words: percent, spread: inUnits(100, '%') },
  { key: 'testBest', column: 'best', words: percent, spread: inUnits(100, '%') },
  { key: 'testLast', column: 'last', words: percent, spread: inUnits(100, '%') },
  { key: 'relativeDistance', column: 'distanceColumn', words: digits, spread: inDigits },
] as const;

/** What fits at a line's end. */
const LONGEST_LABEL = 18;
/** More lines are not told apart. */
const MOST_LINES = 12;

/** Fields that only draw other random numbers. */
const SEED = /(^|\.)seed$/;

/** The whole report. @param views of two runs or more */
export function comparisonDocument(views: readonly RunView[], language: Language): ReportDocument {
  const t = textsIn(language);
  const changed = differences(views);
  return {
    title: withCount(t, 'runs.comparing.title', views.length),
    subtitle: '',
    language,
    t,
    parts: [
      ...section(t('runs.comparing.results'), [resultTable(views, t)]),
      ...section(t('report.overSeeds'), spreadTable(views, changed, t)),
      ...section(t('report.charts'), chartParts(views, changed, t)),
      ...section(t('runs.comparing.settings'), [settingsPart(views, changed, t)]),
    ],
  };
}

/** Names may be the same: the number is what tables and charts share. */
const nameOf = ({ row }: RunView, place: number): string => `${place + 1}. ${plain(row.name)}`;

function resultTable(views: readonly RunView[], t: Translate): ReportTable {
  return {
    kind: 'table',
    head: [t('runs.comparing.run'), ...RESULTS.map(({ column }) => t(`runs.comparing.${column}`))],
    rows: views.map((view, i) => [
      nameOf(view, i),
      ...RESULTS.map(({ key, words }) => words(view.row[key])),
    ]),
  };
}

/** Runs that differ by their seeds alone, together; nothing where every run stands alone. */
function spreadTable(
  views: readonly RunView[],
  changed: readonly Difference[],
  t: Translate,
): ReportTable[] {
  const settings = changed.filter(({ field }) => !SEED.test(field));
  const groups = new Map<string, { words: string; rows: RunRow[] }>();
  views.forEach(({ row }, i) => {
    const words = settings.map(({ field, values }) => `${field} ${values[i]!}`).join(', ');
    const group = groups.get(words) ?? { words, rows: [] };
    group.rows.push(row);
    groups.set(words, group);
  });
  const found = [...groups.values()];
  if (found.every(({ rows }) => rows.length < 2)) return [];
  return [
    {
      kind: 'table',
      head: [
        t('runs.comparing.setting'),
        t('runs.comparing.runs'),
        ...RESULTS.map(({ column }) => t(`runs.comparing.${column}`)),
      ],
      rows: found.map(({ words, rows }) => [
        words === '' ? t('report.allAlike') : plain(words),
        String(rows.length),
        ...RESULTS.map((result) => spreadOf(rows, result)),
      ]),
    },
  ];
}

/** `91.2 ± 0.4%`: mean and standard deviation (of a sample) of those that are known. */
function spreadOf(rows: readonly RunRow[], { key, spread }: (typeof RESULTS)[number]): string {
  const known = rows.flatMap((row) => row[key] ?? []);
  const middle = mean(known);
  if (middle === undefined) return '–';
  const wide = deviation(known);
  return spread(middle, wide);
}

/** Charts of as many runs as can be told apart by colour and dash. */
function chartParts(
  views: readonly RunView[],
  changed: readonly Difference[],
  t: Translate,
): ChartPart[] {
  const drawn = views.slice(0, MOST_LINES).map((view, i) => ({
    ...view,
    row: { ...view.row, name: labelOf(view, i, changed) },
  }));
  const note = views.length > MOST_LINES ? t('report.firstRuns', { n: MOST_LINES }) : '';
  return MEASURES.flatMap((measure) => {
    const spec = compareChart(drawn, measure);
    if (spec.series.every(({ points }) => points.length < 2)) return [];
    const of = phrase(`runs.comparing.measures.${measure}`);
    const title =
      measure === 'relativeDistance'
        ? spec.title
        : phrase('report.measured', { title: spec.title, measure: of });
    return [{ kind: 'chart', spec: { ...spec, title, id: `compare-${measure}` }, note }];
  });
}

/** A line's name: the run's number, and in short what sets it apart, such as `2. rate 0.4, seed 1`. */
function labelOf(view: RunView, place: number, changed: readonly Difference[]): string {
  const settings = changed.map(
    ({ field, values }) => `${field.split('.').at(-1)!} ${values[place]!}`,
  );
  const short = settings.join(', ');
  return short.length > 0 && short.length <= LONGEST_LABEL
    ? `${place + 1}. ${plain(short)}`
    : nameOf(view, place);
}

function settingsPart(
  views: readonly RunView[],
  changed: readonly Difference[],
  t: Translate,
): ReportPart {
  if (changed.length === 0) return { kind: 'words', words: t('runs.comparing.settingsSame') };
  return {
    kind: 'table',
    head: [t('runs.comparing.run'), ...changed.map(({ field }) => plain(field))],
    rows: views.map((view, i) => [
      nameOf(view, i),
      ...changed.map(({ values }) => plain(values[i]!)),
    ]),
  };
}
